import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type DisputeCommand } from './dispute.commands.js';
import { type DisputeEvent } from './dispute.events.js';
import { type DisputeState } from './dispute.state.js';

export type DisputeRunner = DeciderRunner<DisputeState, DisputeCommand, DisputeEvent>;

export const DISPUTE_RUNNER = Symbol('DisputeRunner');
export const DISPUTE_STREAM = 'dispute-';
