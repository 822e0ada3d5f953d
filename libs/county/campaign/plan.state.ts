import { type PlanPublished, type TaskDischarged } from './plan.events.js';

/** A version as it was published. ISO instant. */
export type PlanVersion = PlanPublished['data'] & { readonly publishedAt: string };

/** What discharges a task, as it was said. */
export type Discharge = Pick<
  TaskDischarged['data'],
  'task' | 'planVersion' | 'evidence' | 'late' | 'note'
> & {
  /** ISO instant. */
  readonly at: string;
  readonly by: string;
};

/** State of one plan: all its versions, the last of which is in force. */
export type PlanState =
  | { readonly at: 'absent' }
  | {
      readonly at: 'published';
      readonly versions: readonly PlanVersion[];
      readonly current: PlanVersion;
      readonly discharges: readonly Discharge[];
    };
