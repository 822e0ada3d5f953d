import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type ImprovementCommand } from './improvement.commands.js';
import { type ImprovementState } from './improvement.decider.js';
import { type ImprovementEvent } from './improvement.events.js';

export type ImprovementRunner = DeciderRunner<ImprovementState, ImprovementCommand, ImprovementEvent>;

export const IMPROVEMENT_RUNNER = Symbol('ImprovementRunner');
export const IMPROVEMENT_STREAM = 'improvement-';
