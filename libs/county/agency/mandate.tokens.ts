import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type MandateCommand } from './mandate.commands.js';
import { type MandateEvent } from './mandate.events.js';
import { type MandateState } from './mandate.state.js';

export type MandateRunner = DeciderRunner<MandateState, MandateCommand, MandateEvent>;

export const MANDATE_RUNNER = Symbol('MandateRunner');
export const MANDATE_STREAM = 'mandate-';
