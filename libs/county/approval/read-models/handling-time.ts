/**
 * Handling times as counted buckets, so that the histograms of days, posts and departments can be added and a median still
 * be read from the sum. A bucket is one minute wide up to 50 minutes; above, each is 1 % wider than the one before. Each
 * has two counters: how many stretches fell into it, and their seconds together. So a bucket with one stretch, or with
 * equal ones, gives the exact time back, which is the rule where few are counted; a bucket with several gives their mean,
 * which is off by less than its width: a minute below 50 minutes, 1 % above. The mean of all is exact to the second.
 * Ten years need 1,212 buckets, so a histogram stays small however many applications it counts.
 */
const FINE_MINUTES = 50;

const GROWTH = Math.log(1.01);

const COUNT = 'h';
const SECONDS = 's';

function bucketOf(seconds: number): number {
  const minutes = seconds / 60;
  if (minutes < FINE_MINUTES) return Math.floor(minutes);
  return FINE_MINUTES + Math.floor(Math.log(minutes / FINE_MINUTES) / GROWTH);
}

/** What a stretch between two instants adds to the counters of a tally; one that ends before it begins took no time. */
export function handlingCounters(from: string, to: string): [counter: string, by: number][] {
  return stretchCounters(Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}

/** The same of a time that is known in seconds. */
export function stretchCounters(seconds: number): [counter: string, by: number][] {
  const whole = Math.max(0, seconds);
  const bucket = bucketOf(whole);
  return [
    [`${COUNT}${bucket}`, 1],
    ...(whole === 0 ? [] : [[`${SECONDS}${bucket}`, whole] as [string, number]]),
  ];
}

/** Counters by name, as a tally keeps them. */
export type Counts = { readonly [counter: string]: number };

/** A histogram read back. Times are in minutes to one decimal, null when nothing was counted. */
export type HandlingTimes = {
  /** Stretches counted. */
  readonly count: number;
  readonly mean: number | null;
  /** See `quantileOf`: 0.5 is the median, 0.9 the p90. */
  readonly quantile: (share: number) => number | null;
};

/** A value, and how often it was counted. */
export type Counted = { readonly value: number; readonly count: number };

/**
 * The value below which so great a share (0 to 1) of the values lies, as spreadsheets and statistics compute it: between
 * two neighbours in proportion, so that the median of an even number is the mean of the middle two. Null for no values.
 * @param values in order
 */
export function quantileOf(values: readonly Counted[], share: number): number | null {
  const total = values.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const place = share * (total - 1);
  const low = valueAt(values, Math.floor(place));
  return low + (valueAt(values, Math.ceil(place)) - low) * (place - Math.floor(place));
}

/** The value at a place of the ordered list, from 0. */
function valueAt(values: readonly Counted[], place: number): number {
  let passed = 0;
  for (const { value, count } of values) {
    passed += count;
    if (place < passed) return value;
  }
  throw new RangeError(`there is no place ${place} among ${passed} values`);
}

const oneDecimal = (minutes: number | null) => minutes && Math.round(minutes * 10) / 10;

/** Reads the histogram among the counters of a tally; other counters do not matter. */
export function handlingTimes(counts: Counts): HandlingTimes {
  const buckets: (Counted & { readonly bucket: number })[] = [];
  let total = 0;
  let seconds = 0;
  for (const counter in counts) {
    if (!counter.startsWith(COUNT)) continue;
    const bucket = Number(counter.slice(COUNT.length));
    const count = counts[counter] ?? 0;
    if (Number.isNaN(bucket) || count === 0) continue;
    const sum = counts[SECONDS + bucket] ?? 0;
    buckets.push({ bucket, count, value: sum / count / 60 });
    total += count;
    seconds += sum;
  }
  buckets.sort((a, b) => a.bucket - b.bucket);
  return {
    count: total,
    mean: total === 0 ? null : oneDecimal(seconds / total / 60),
    quantile: (share) => oneDecimal(quantileOf(buckets, share)),
  };
}
