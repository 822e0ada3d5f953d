import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type SelfInspectionCommand } from './self-inspection.commands.js';
import { type SelfInspectionState } from './self-inspection.decider.js';
import { type SelfInspectionEvent } from './self-inspection.events.js';

export type SelfInspectionRunner = DeciderRunner<
  SelfInspectionState,
  SelfInspectionCommand,
  SelfInspectionEvent
>;

export const SELF_INSPECTION_RUNNER = Symbol('SelfInspectionRunner');
export const SELF_INSPECTION_STREAM = 'self-inspection-';
