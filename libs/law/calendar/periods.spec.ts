import { describe, expect, test } from '@jest/globals';
import { dayOfNumber, numberOfDay } from '#libs/law/calendar';
import fc from 'fast-check';
import { halfMonthOf, monthsOf, spanBefore } from './periods.js';

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

  test('every day of the span is in one part, and its neighbours in none', () => {
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

describe('spans that are compared', () => {
  test('a day is in one half of its month', () => {
    expect(['2024-02-01', '2024-02-15', '2024-02-16', '2023-12-31'].map(halfMonthOf)).toEqual([
      { from: '2024-02-01', to: '2024-02-15' },
      { from: '2024-02-01', to: '2024-02-15' },
      { from: '2024-02-16', to: '2024-02-29' },
      { from: '2023-12-16', to: '2023-12-31' },
    ]);
  });

  test('a month with the month before, a half with the half before, days with as many days', () => {
    const before = (from: string, to: string) => {
      const span = spanBefore({ from, to });
      return `${span.from}/${span.to}`;
    };
    expect(before('2024-03-01', '2024-03-31')).toBe('2024-02-01/2024-02-29');
    expect(before('2024-01-01', '2024-01-31')).toBe('2023-12-01/2023-12-31');
    expect(before('2024-03-16', '2024-03-31')).toBe('2024-03-01/2024-03-15');
    expect(before('2024-03-01', '2024-03-15')).toBe('2024-02-16/2024-02-29');
    expect(before('2024-03-05', '2024-03-11')).toBe('2024-02-27/2024-03-04');
    expect(before('2024-03-01', '2024-03-01')).toBe('2024-02-29/2024-02-29');
  });
});
