import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type DisputeCommand } from './dispute.commands.js';
import { type DisputeEvent, type DisputeState } from './dispute.events.js';

export type DisputeRunner = DeciderRunner<DisputeState, DisputeCommand, DisputeEvent>;

export const DISPUTE_RUNNER = Symbol('DisputeRunner');
export const DISPUTE_STREAM = 'dispute-';
