import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type RosterCommand } from './roster.commands.js';
import { type RosterEvent } from './roster.events.js';
import { type RosterState } from './roster.state.js';

export type RosterRunner = DeciderRunner<RosterState, RosterCommand, RosterEvent>;

export const ROSTER_RUNNER = Symbol('RosterRunner');
/** By department. */
export const ROSTER_STREAM = 'roster-';
