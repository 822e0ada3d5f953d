import { type Holder } from '#libs/county/approval';
import { type StallCause } from '#libs/reports';

/** One project that was made to stand still. */
export interface StalledTruth {
  readonly project: string;
  readonly cause: StallCause;
  /** Who has had the case since. */
  readonly holder: Holder;
}

/** What the generator planted. It says nothing of what any detector found. */
export interface CountyTruth {
  readonly keyProjects: readonly string[];
  readonly stalled: readonly StalledTruth[];
}
