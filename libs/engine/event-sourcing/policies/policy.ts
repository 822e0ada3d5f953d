import { type Receipt } from '../deciding/decider.js';

/** Something that is due and that a policy has to bring about. */
export interface DueWork {
  /** What it is about: the works of one subject are done in order, and a fault of one holds up only its own subject. */
  readonly subject: string;
  /** ISO instant at which it fell due. */
  readonly at: string;
  /** The same for the same work in every process, at every try: the command's id is made of it. */
  readonly id: string;
}

/** The earliest due works, in order: nothing due lies before the last of them and is missing, pages before left out. */
export interface DuePage<Work extends DueWork> {
  readonly works: readonly Work[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/**
 * A rule over time: what is due, from an index, and the command that brings it about. It may run in several processes
 * and be cut off anywhere: `act` sends a command whose id comes from the work, so that it is done once. What was done
 * shows in the log and nowhere else, and takes the work out of the index.
 */
export interface Policy<Work extends DueWork = DueWork> {
  readonly name: string;
  due(now: string, cursor: string | null): Promise<DuePage<Work>>;
  /** @throws whatever the command is refused with: a fault of this subject. StoreUnavailable is everybody's. */
  act(work: Work, now: string): Promise<Receipt>;
}

/** A subject that a policy could not act on, and when it will try again. */
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
  /** Works done by this process. */
  readonly acted: number;
  readonly faults: readonly PolicyFault[];
  /** What it waits for: a store that is away, or read models that lag; null when it runs. */
  readonly waitingFor: string | null;
}
