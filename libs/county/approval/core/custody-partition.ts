import { by } from '#libs/engine/event-sourcing';
import { instantOf, millisecondsOf } from '#libs/law/calendar';
import { custodyRank, type Held, heldUntil, type Holder, type Holding, sameHolder } from './holder.js';

/** Custody of one application: its stretches in any order, and the one that runs now. */
export type ApplicationCustody = {
  readonly application: string;
  readonly ended: readonly Held[];
  readonly running: Holding | null;
};

/** A stretch of a project's time. `application` is null when none was running. */
export type CustodyInterval = {
  readonly from: string;
  readonly to: string;
  readonly by: Holder;
  readonly application: string | null;
};

/** A holder's unbroken time with one application, in milliseconds. */
type Run = { readonly application: string; readonly by: Holder; readonly from: number; to: number };

/**
 * Divides the time of a project among its holders: the intervals follow each other from `from` to `to` without hole or overlap,
 * whatever the stretches are, so their minutes (each instant cut to its whole minute) sum to those of the whole.
 *
 * Applications of a project run concurrently, but every moment has exactly one holder:
 * 1. The government goes before an excluded procedure, and both before the applicant.
 * 2. Among equals, the one who has held their application longest without a break.
 * 3. Then the application whose id sorts first.
 * 4. While no application runs (before the next is submitted), the applicant, with no application.
 *
 * Neighbours with the same holder and application are one interval. A span of zero length has no intervals.
 *
 * @throws RangeError if `to` is before `from`, or a time is not an instant.
 */
export function partitionCustody(project: {
  readonly from: string;
  readonly to: string;
  readonly applicant: Holder;
  readonly applications: readonly ApplicationCustody[];
}): CustodyInterval[] {
  const start = millisecondsOf(project.from);
  const end = millisecondsOf(project.to);
  if (end < start) throw new RangeError(`custody from ${project.from} until ${project.to}`);

  const runs = project.applications
    .flatMap(({ application, ended, running }) => runsOf(application, heldUntil(ended, running, project.to)))
    .sort(by(({ from }) => from));
  const intervals: CustodyInterval[] = [];
  let from = start;
  let fromText = instantOf(start);
  let next = 0;
  let current: Run[] = [];
  for (const to of cuts(runs, start, end)) {
    // Between two cuts no holder changes, so the holder of the first moment is the holder of all.
    for (let run = runs[next]; run !== undefined && run.from <= from; run = runs[++next]) current.push(run);
    current = current.filter((run) => run.to > from);
    const run = current.length === 0 ? null : current.reduce((a, b) => (beforeInAnswer(a, b) <= 0 ? a : b));
    const toText = instantOf(to);
    append(intervals, {
      from: fromText,
      to: toText,
      by: run?.by ?? project.applicant,
      application: run?.application ?? null,
    });
    from = to;
    fromText = toText;
  }
  return intervals;
}

/** Joins the stretches of one holder that touch or overlap: only a break starts a new run. */
function runsOf(application: string, stretches: readonly Held[]): Run[] {
  const sorted = stretches
    .map(({ by, from, to }) => ({ application, by, from: millisecondsOf(from), to: millisecondsOf(to) }))
    .filter(({ from, to }) => to > from)
    .sort(
      by(
        ({ from }) => from,
        ({ to }) => to,
      ),
    );
  const runs: Run[] = [];
  const latest = new Map<string, Run>();
  for (const stretch of sorted) {
    const key = holderKey(stretch.by);
    const run = latest.get(key);
    if (run !== undefined && run.to >= stretch.from) {
      run.to = Math.max(run.to, stretch.to);
    } else {
      latest.set(key, stretch);
      runs.push(stretch);
    }
  }
  return runs;
}

/** Which of two runs counts for a moment that they share: negative for the first. */
const beforeInAnswer = by<Run>(
  (run) => custodyRank(run.by),
  ({ from }) => from,
  ({ application }) => application,
  (run) => holderKey(run.by),
);

const holderKey = ({ party, department, post, person }: Holder): string =>
  JSON.stringify([party, department, post, person]);

/** The moments after `start` at which the holder may change, and `end`. */
function cuts(runs: readonly Run[], start: number, end: number): number[] {
  const inside = runs.flatMap(({ from, to }) => [from, to]).filter((cut) => cut > start && cut < end);
  return [...new Set(end > start ? [...inside, end] : [])].sort((a, b) => a - b);
}

function append(intervals: CustodyInterval[], next: CustodyInterval): void {
  const last = intervals.at(-1);
  if (last !== undefined && last.application === next.application && sameHolder(last.by, next.by)) {
    intervals[intervals.length - 1] = { ...last, to: next.to };
  } else {
    intervals.push(next);
  }
}
