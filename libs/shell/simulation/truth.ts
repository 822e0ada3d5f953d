import { type Holder } from '#libs/county/approval';
import { type StallCause } from '#libs/reports';

/** One project that was made to stand still. */
export interface StalledTruth {
  readonly project: string;
  readonly cause: StallCause;
  /** Who has had the application since. */
  readonly holder: Holder;
}

/** Acts of one person that were typed in together, by night and weeks later (补录). */
export interface BackEntryTruth {
  readonly person: string;
  readonly entries: number;
  /** Instants of the first and the last entry. */
  readonly from: string;
  readonly to: string;
}

/** What the generator planted. It says nothing of what any detector found. */
export interface CountyTruth {
  readonly keyProjects: readonly string[];
  readonly stalled: readonly StalledTruth[];
  /** Empty unless it was asked for. */
  readonly backEntries: readonly BackEntryTruth[];
}
