import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Counts, handlingBucket, handlingTimes } from './handling-time.js';

const TEN_YEARS = 10 * 366 * 24 * 60;

function histogram(minutes: readonly number[]): Counts {
  const counts: Record<string, number> = {};
  for (const value of minutes) {
    const bucket = handlingBucket(value);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

function nearestRank(minutes: readonly number[], share: number): number {
  const sorted = [...minutes].sort((a, b) => a - b);
  const value = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1];
  if (value === undefined) throw new Error('no minutes');
  return value;
}

describe('handling times', () => {
  test('short times are exact, long ones fall in buckets two percent wide', () => {
    expect([0, 0.9, 1, 49, 50, 51, 52, 10_000].map(handlingBucket)).toEqual([
      'h0',
      'h0',
      'h1',
      'h49',
      'h50',
      'h51',
      'h51',
      'h317',
    ]);
  });

  test('median and p90 are within one percent, rounding to the minute aside', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(200), fc.nat(TEN_YEARS)), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.9),
        (minutes, share) => {
          const exact = nearestRank(minutes, share);
          const read = handlingTimes(histogram(minutes)).quantile(share);
          expect(Math.abs((read ?? Number.NaN) - exact)).toBeLessThanOrEqual(
            exact < 50 ? 0 : exact * 0.01 + 0.5,
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('other counters do not count, and nothing counted has no median', () => {
    const nothing = handlingTimes({ events: 12, open: 3, handled: 9 });
    expect([nothing.count, nothing.quantile(0.5)]).toEqual([0, null]);
    const some = handlingTimes({ events: 12, h7: 1, h60: 2 });
    expect([some.count, some.quantile(0.3), some.quantile(0.9)]).toEqual([3, 7, 62]);
  });

  test('a histogram of ten years stays small', () => {
    expect(handlingBucket(TEN_YEARS)).toBe('h634');
  });
});
