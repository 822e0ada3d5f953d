import { describe, expect, test } from '@jest/globals';
import { dayOfNumber, numberOfDay } from '#libs/calendar';
import fc from 'fast-check';
import { monthsOf } from './periods.js';

describe('monthsOf', () => {
  test('the first and the last month in part', () => {
    expect(monthsOf({ from: '2023-12-31', to: '2024-02-02' })).toEqual([
      { month: '2023-12', from: '31', to: '31' },
      { month: '2024-01', from: '01', to: '31' },
      { month: '2024-02', from: '01', to: '02' },
    ]);
    expect(monthsOf({ from: '2024-02-02', to: '2024-02-02' })).toEqual([
      { month: '2024-02', from: '02', to: '02' },
    ]);
  });

  test('a span that ends before it begins has no part, and a day that does not exist is refused', () => {
    expect(monthsOf({ from: '2024-02-02', to: '2024-02-01' })).toEqual([]);
    expect(() => monthsOf({ from: '2024-02-30', to: '2024-03-01' })).toThrow(RangeError);
  });

  test('every day of the span lies in one part, and its neighbours in none', () => {
    const first = numberOfDay('2019-11-20');
    fc.assert(
      fc.property(fc.nat(900), fc.nat(900), (offset, length) => {
        const days = Array.from({ length: length + 3 }, (_, day) => dayOfNumber(first + offset + day - 1));
        const parts = monthsOf({ from: days[1] ?? '', to: days.at(-2) ?? '' });
        const timesCovered = days.map(
          (day) =>
            parts.filter(
              ({ month, from, to }) => day.startsWith(month) && day.slice(8) >= from && day.slice(8) <= to,
            ).length,
        );
        expect(timesCovered).toEqual([0, ...Array.from({ length: length + 1 }, () => 1), 0]);
      }),
    );
  });
});
