import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addMonths,
  dayOf,
  dayOfNumber,
  endOfDay,
  lastDayOf,
  millisecondsOf,
  numberOfDay,
  startOfDay,
} from './day.js';
import { days, instants } from './testing/calendar.arbitraries.js';

test('the legal day begins at 16:00 UTC', () => {
  expect([dayOf('2026-11-23T15:59:59.999Z'), dayOf('2026-11-23T16:00:00.000Z')]).toEqual([
    '2026-11-23',
    '2026-11-24',
  ]);
  expect(dayOf('2026-11-24T00:30:00+08:00')).toBe('2026-11-24');
  expect([startOfDay('2024-02-29'), endOfDay('2024-02-29')]).toEqual([
    '2024-02-28T16:00:00.000Z',
    '2024-02-29T16:00:00.000Z',
  ]);
});

test('text that is not a day or not an instant is refused', () => {
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00:00.000Z', '']) {
    expect(() => numberOfDay(text)).toThrow(new RangeError(`not a day: ${text}`));
  }
  for (const text of ['2026-01-01', '2026-01-01T00:00:00', 'yesterday', '2026-02-30T25:00:00Z', '']) {
    expect(() => millisecondsOf(text)).toThrow(new RangeError(`not an instant with a zone: ${text}`));
  }
  expect(() => dayOfNumber(numberOfDay('9999-12-31') + 1)).toThrow(RangeError);
});

test('an instant is in its day, and numbers name days one to one', () => {
  fc.assert(
    fc.property(instants, (at) => {
      const day = dayOf(at);
      expect(startOfDay(day) <= at && at < endOfDay(day)).toBe(true);
    }),
  );
  fc.assert(
    fc.property(days, (day) => {
      expect(dayOfNumber(numberOfDay(day))).toBe(day);
      expect(dayOf(endOfDay(day))).toBe(dayOfNumber(numberOfDay(day) + 1));
    }),
  );
});

test('a term that ends at midnight ends with the day before', () => {
  expect(
    ['2026-12-01T16:00:00.000Z', '2026-12-01T16:00:00.001Z', '2026-12-01T02:00:00.000Z'].map(lastDayOf),
  ).toEqual(['2026-12-01', '2026-12-02', '2026-12-01']);
});

test('a term that ends at an instant has its last day one millisecond before', () => {
  fc.assert(
    fc.property(fc.oneof(instants, days.map(endOfDay)), (end) => {
      expect(lastDayOf(end)).toBe(dayOf(new Date(Date.parse(end) - 1).toISOString()));
    }),
  );
});

test('months end on the day of the same number, or the last of a shorter month', () => {
  expect([
    addMonths('2026-11-24', 3),
    addMonths('2026-11-30', 3),
    addMonths('2027-11-30', 3),
    addMonths('2026-01-31', 1),
    addMonths('2026-01-31', 0),
    addMonths('2026-12-31', 12),
  ]).toEqual(['2027-02-24', '2027-02-28', '2028-02-29', '2026-02-28', '2026-01-31', '2027-12-31']);
});
