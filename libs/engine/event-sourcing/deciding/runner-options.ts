import { type Upcasters } from '../log/upcasters.js';

/** Versions of the tables a decider was made with, written into each event it makes. */
export interface TableVersions {
  readonly calendarVersion: string | null;
  readonly catalogueVersion: string | null;
}

export interface DeciderRunnerOptions {
  /** How many streams are remembered with their state, at least; at most twice as many. Default 5,000. */
  readonly cacheSize?: number;
  /** How often an append is tried, at a lost race and at an unavailable store. Default 5. */
  readonly attempts?: number;
  /** Milliseconds before the first repetition at an unavailable store; doubled each time. Default 50. */
  readonly backOffMs?: number;
  readonly upcasters?: Upcasters;
  readonly versions?: () => TableVersions;
  /** Fields that digests did not cover once: the retry of a command that was stored then is known without them. */
  readonly formerlyNotDigested?: readonly string[];
}
