import { type Receipt } from '../deciding/decider.js';

/** Something that is due and that a policy has to perform. */
export interface DueWork {
  /** What it is about: the tasks of one subject are done in order, and a fault holds up only its own subject. */
  readonly subject: string;
  /** ISO instant at which it fell due. */
  readonly at: string;
  /** The same for the same task in every process and at every attempt: the command's id is derived from it. */
  readonly id: string;
}

/** The earliest due tasks, in order: no due task before the last of them is missing, except those of earlier pages. */
export interface DuePage<Work extends DueWork> {
  readonly tasks: readonly Work[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/**
 * A rule over time: what is due, from an index, and the command that performs it. It may run in several processes
 * and be interrupted anywhere: `perform` sends a command whose id comes from the task, so that it is done once. What was
 * done shows only in the log, and removes the task from the index.
 */
export interface Policy<Work extends DueWork = DueWork> {
  readonly name: string;
  due(now: string, cursor: string | null): Promise<DuePage<Work>>;
  /** @throws the refusal of the command, which is a fault of this subject; StoreUnavailable concerns all subjects. */
  perform(work: Work, now: string): Promise<Receipt>;
}

/** A subject whose task failed, and when the policy will try again. */
export interface PolicyFault {
  readonly policy: string;
  readonly subject: string;
  readonly work: string;
  readonly message: string;
  readonly attempts: number;
  /** ISO instant. */
  readonly retryAt: string;
}

export interface PolicyStatus {
  readonly name: string;
  /** ISO instant at which it last found nothing left to do; null before. */
  readonly caughtUpAt: string | null;
  /** Tasks done by this process. */
  readonly acted: number;
  readonly faults: readonly PolicyFault[];
  /** What it is waiting for: an unavailable store, or read models that lag; null when it runs. */
  readonly waitingFor: string | null;
}
