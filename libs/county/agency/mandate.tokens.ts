import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type MandateCommand } from './mandate.commands.js';
import { type MandateEvent, type MandateState } from './mandate.events.js';

export type MandateRunner = DeciderRunner<MandateState, MandateCommand, MandateEvent>;

export const MANDATE_RUNNER = Symbol('MandateRunner');
export const MANDATE_STREAM = 'mandate-';
