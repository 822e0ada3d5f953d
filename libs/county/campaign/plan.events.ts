import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Proof } from './proof.js';

/** One task of a plan. `task` names it in every version of the plan. */
export type PlanTask = {
  readonly task: string;
  readonly title: string;
  /** Who owes it. */
  readonly department: string;
  /** Last legal day, YYYY-MM-DD, and the instant at which that day ends. */
  readonly dueOn: string;
  readonly dueAt: string;
};

/** 实施方案: one version of it, whole. Earlier versions stay as they were published. */
export type PlanPublished = DomainEvent<
  'PlanPublished',
  1,
  {
    readonly plan: string;
    /** Counted from 1. */
    readonly planVersion: number;
    readonly title: string;
    readonly summary: string | null;
    readonly tasks: readonly PlanTask[];
    /** Why it was revised; null for the first. */
    readonly reason: string | null;
  }
>;

/** 任务落实: these events of the log discharge a task. `late`: the last of them happened after the deadline. */
export type TaskDischarged = DomainEvent<
  'TaskDischarged',
  1,
  {
    readonly plan: string;
    /** The version in force when it was said. */
    readonly planVersion: number;
    readonly task: string;
    readonly department: string;
    readonly evidence: readonly Proof[];
    readonly late: boolean;
    readonly note: string | null;
  }
>;

export type PlanEvent = PlanPublished | TaskDischarged;
