/**
 * Handling times as counted buckets, so that the histograms of days, posts and departments can be added and a median
 * still be read from the sum. Up to 50 minutes a bucket is one minute; above, each is 2 % wider than the one before.
 * A value read back is the middle of its bucket: exact up to 50 minutes, at most 1 % off above.
 * Ten years of minutes need 635 buckets, so a histogram stays small however many cases it counts.
 */
const EXACT_MINUTES = 50;

const GROWTH = Math.log(1.02);

const PREFIX = 'h';

/** Name of the counter that holds a stretch of so many minutes (whole minutes, not negative). */
export function handlingBucket(minutes: number): string {
  const whole = Math.max(0, Math.floor(minutes));
  if (whole < EXACT_MINUTES) return `${PREFIX}${whole}`;
  return `${PREFIX}${EXACT_MINUTES + Math.floor(Math.log(whole / EXACT_MINUTES) / GROWTH)}`;
}

function middleOf(bucket: number): number {
  if (bucket < EXACT_MINUTES) return bucket;
  const low = EXACT_MINUTES * Math.exp((bucket - EXACT_MINUTES) * GROWTH);
  return low * 1.01;
}

/** Counters by name, as a tally keeps them. */
export type Counts = { readonly [counter: string]: number };

/** A histogram read back. */
export type HandlingTimes = {
  /** Stretches counted. */
  readonly count: number;
  /**
   * The value below which so great a share (0 to 1) of them lies: 0.5 is the median, 0.9 the p90. Nearest rank, in
   * whole minutes; null when nothing was counted.
   */
  readonly quantile: (share: number) => number | null;
};

/** Reads the histogram among the counters of a tally; other counters do not matter. */
export function handlingTimes(counts: Counts): HandlingTimes {
  const buckets: (readonly [bucket: number, count: number])[] = [];
  let total = 0;
  for (const counter in counts) {
    if (!counter.startsWith(PREFIX)) continue;
    const bucket = Number(counter.slice(PREFIX.length));
    if (Number.isNaN(bucket)) continue;
    const count = counts[counter] ?? 0;
    buckets.push([bucket, count]);
    total += count;
  }
  buckets.sort((a, b) => a[0] - b[0]);
  return {
    count: total,
    quantile(share) {
      let rank = Math.max(1, Math.ceil(share * total));
      for (const [bucket, count] of buckets) {
        rank -= count;
        if (rank <= 0) return Math.round(middleOf(bucket));
      }
      return null;
    },
  };
}
