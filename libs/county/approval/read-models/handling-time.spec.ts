import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Counts, handlingCounters, handlingTimes, stretchCounters } from './handling-time.js';

const TEN_YEARS = 10 * 366 * 24 * 3600;

function histogram(seconds: readonly number[]): Counts {
  const counts: Record<string, number> = {};
  for (const stretch of seconds)
    for (const [counter, by] of stretchCounters(stretch)) counts[counter] = (counts[counter] ?? 0) + by;
  return counts;
}

/** As a spreadsheet's PERCENTILE.INC and a data frame's quantile compute it. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [low = NaN, high = NaN] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place % 1);
}

/** Figures are shown to one decimal. */
const ROUNDING = 0.05 + 1e-9;

describe('handling times', () => {
  test('F11 the median of two is their mean, that of few is exact', () => {
    const minutes = (...stretches: number[]) => handlingTimes(histogram(stretches.map((one) => one * 60)));
    expect([
      minutes(40, 20).quantile(0.5),
      minutes(1440, 1500).quantile(0.5),
      minutes(1440, 1441).quantile(0.5),
      minutes(3000, 1440, 1500).quantile(0.5),
      minutes(10, 20, 30, 40).quantile(0.9),
      minutes(1440).quantile(0.9),
      minutes(40, 20, 1440, 1440, 30, 30).mean,
      minutes(0, 0.5).mean,
    ]).toEqual([30, 1470, 1440.5, 1500, 37, 1440, 500, 0.3]);
  });

  test('F11 the mean is exact to the second, whatever the number', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(TEN_YEARS), { minLength: 1, maxLength: 300 }), (seconds) => {
        const mean = seconds.reduce((sum, one) => sum + one, 0) / seconds.length / 60;
        const { mean: read } = handlingTimes(histogram(seconds));
        expect(Math.abs((read ?? NaN) - mean)).toBeLessThanOrEqual(ROUNDING + mean * 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  test('F11 median and p90 of many are less than 1 % off, below 50 minutes less than a minute', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(200 * 60), fc.nat(TEN_YEARS)), { minLength: 1, maxLength: 300 }),
        fc.constantFrom(0.5, 0.9),
        (seconds, share) => {
          const exact = percentile(seconds, share) / 60;
          const read = handlingTimes(histogram(seconds)).quantile(share);
          const bound = Math.max(1, exact * 0.01);
          expect(Math.abs((read ?? NaN) - exact)).toBeLessThanOrEqual(bound + ROUNDING);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('other counters do not count, and nothing counted has no median', () => {
    const nothing = handlingTimes({ events: 12, open: 3, sendBacks: 9 });
    expect([nothing.count, nothing.mean, nothing.quantile(0.5)]).toEqual([0, null, null]);
    const some = handlingTimes({ events: 12, ...histogram([7 * 60, 62 * 60, 62 * 60]) });
    expect([some.count, some.quantile(0.5), some.quantile(0.9)]).toEqual([3, 62, 62]);
  });

  test('a histogram of ten years stays small; a stretch that ends before it begins took no time', () => {
    expect(stretchCounters(TEN_YEARS).map(([counter]) => counter)).toEqual(['h1212', 's1212']);
    expect(handlingCounters('2026-03-02T01:00:00.000Z', '2026-03-02T00:00:00.000Z')).toEqual([['h0', 1]]);
  });
});
