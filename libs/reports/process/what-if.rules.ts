import { type ProposedMatter } from '#libs/law/catalogue';

/** One matter as it went, in working days since the project's registration. */
export type PastMatter = {
  readonly code: string;
  readonly prerequisites: readonly string[];
  /** When it was handed in, and when it ended; `begun` <= `ended`. */
  readonly begun: number;
  readonly ended: number;
  /** Days that its clock counted. */
  readonly clockDays: number;
};

type ReplayedMatter = {
  readonly code: string;
  /** Null where the past process did not have it. */
  readonly actual: { readonly begun: number; readonly ended: number } | null;
  /** Null where the proposed process leaves it out. */
  readonly replayed: { readonly begun: number; readonly ended: number } | null;
};

/** A past project as the proposed process would have let it go, in working days. */
export type Replay = {
  readonly actualDays: number;
  readonly replayedDays: number;
  /** Negative where the proposal would have taken longer. */
  readonly savedDays: number;
  readonly matters: readonly ReplayedMatter[];
};

/**
 * Replays a past project under a proposed process. Each matter begins as long after (or before) the last of its
 * prerequisites as it did, and takes as long as it did; only where the proposed term is shorter than the days its clock
 * counted, the difference is gone: the new promise is kept. A matter that the past did not have takes its whole term.
 *
 * @param proposed in an order in which each comes after its prerequisites
 * @param termOf promised term in working days of a matter that the past did not have
 */
export function replay(
  past: readonly PastMatter[],
  proposed: readonly ProposedMatter[],
  termOf: (code: string) => number,
): Replay {
  const was = new Map(past.map((matter) => [matter.code, matter]));
  const replayed = new Map<string, { readonly begun: number; readonly ended: number }>();
  const endOf = (ends: ReadonlyMap<string, { readonly ended: number }>, codes: readonly string[]): number =>
    codes.reduce((last, code) => Math.max(last, ends.get(code)?.ended ?? 0), 0);
  for (const { code, prerequisites, termDays } of proposed) {
    const ready = endOf(replayed, prerequisites);
    const actual = was.get(code);
    if (!actual) {
      replayed.set(code, { begun: ready, ended: ready + (termDays ?? termOf(code)) });
      continue;
    }
    const begun = Math.max(0, ready + actual.begun - endOf(was, actual.prerequisites));
    const saved = termDays === null ? 0 : Math.max(0, actual.clockDays - termDays);
    const days = Math.max(0, actual.ended - actual.begun - saved);
    // What was handed in early still ends no sooner than what it waits for.
    replayed.set(code, { begun, ended: Math.max(begun + days, waited(actual, was) ? ready : 0) });
  }
  const actualDays = endOf(was, [...was.keys()]);
  const replayedDays = endOf(replayed, [...replayed.keys()]);
  const codes = [...new Set([...was.keys(), ...replayed.keys()])];
  return {
    actualDays,
    replayedDays,
    savedDays: actualDays - replayedDays,
    matters: codes.map((code) => {
      const actual = was.get(code);
      return {
        code,
        actual: actual ? { begun: actual.begun, ended: actual.ended } : null,
        replayed: replayed.get(code) ?? null,
      };
    }),
  };
}

/** Whether a matter did end after its prerequisites: a history may hold one that did not. */
function waited({ ended, prerequisites }: PastMatter, was: ReadonlyMap<string, PastMatter>): boolean {
  return prerequisites.every((code) => (was.get(code)?.ended ?? 0) <= ended);
}
