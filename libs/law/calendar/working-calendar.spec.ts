import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Day, dayOfNumber, numberOfDay } from './day.js';
import { calendars, days } from './testing/calendar.arbitraries.js';
import {
  addDays,
  addWorkingDays,
  calendarOf,
  nextWorkingDay,
  type WorkingCalendar,
  workingDaysBetween,
} from './working-calendar.js';

const nationalDay = calendarOf({
  holidays: { '2026-10-01': '国庆节', '2026-10-02': '国庆节', '2026-10-03': '国庆节' },
  makeUpDays: { '2026-10-10': '国庆节' },
  knownUntil: '2026-10-12',
});

test('every kind of day, with its name', () => {
  const day = (text: Day) => ({ day: text, ...nationalDay.kindOf(text) });
  const known = { provisional: false };
  expect(
    ['2026-09-30', '2026-10-01', '2026-10-03', '2026-10-04', '2026-10-10', '2026-10-13', '2026-10-17'].map(
      day,
    ),
  ).toEqual([
    { day: '2026-09-30', working: true, reason: 'workday', name: null, ...known },
    { day: '2026-10-01', working: false, reason: 'holiday', name: '国庆节', ...known },
    { day: '2026-10-03', working: false, reason: 'holiday', name: '国庆节', ...known },
    { day: '2026-10-04', working: false, reason: 'weekend', name: null, ...known },
    { day: '2026-10-10', working: true, reason: 'make-up-workday', name: '国庆节', ...known },
    { day: '2026-10-13', working: true, reason: 'workday', name: null, provisional: true },
    { day: '2026-10-17', working: false, reason: 'weekend', name: null, provisional: true },
  ]);
  expect(() => nationalDay.kindOf('2026-02-30')).toThrow(RangeError);
});

test('the first and the last known day are known, their neighbours provisional', () => {
  const calendar = calendarOf({ knownFrom: '2026-10-06', knownUntil: '2026-10-08' });
  const around = ['2026-10-05', '2026-10-06', '2026-10-08', '2026-10-09'];
  expect(around.map((day) => calendar.kindOf(day).provisional)).toEqual([true, false, false, true]);
});

test('the later entry for a day holds', () => {
  const calendar = calendarOf({ holidays: { '2026-10-10': 'x' }, makeUpDays: { '2026-10-10': 'y' } });
  expect(calendar.kindOf('2026-10-10')).toEqual({
    working: true,
    reason: 'make-up-workday',
    name: 'y',
    provisional: false,
  });
});

test('terms of working and of calendar days', () => {
  // Wed 30 Sep; 1–3 Oct holiday; 5–9 Oct work; Sat 10 Oct make-up; Mon 12 Oct.
  expect([0, 1, 5, 6, 7].map((n) => addWorkingDays(nationalDay, '2026-09-30', n))).toEqual([
    '2026-09-30',
    '2026-10-05',
    '2026-10-09',
    '2026-10-10',
    '2026-10-12',
  ]);
  expect(addDays(nationalDay, '2026-09-30', 4, 'calendar-day')).toBe('2026-10-04');
  expect(workingDaysBetween(nationalDay, '2026-10-12', '2026-09-30')).toBe(-7);
  for (const wrong of [-1, 1.5, NaN, Infinity]) {
    expect(() => addWorkingDays(nationalDay, '2026-09-30', wrong)).toThrow(
      new RangeError(`not a number of days: ${wrong}`),
    );
  }
  expect(() => calendarOf({ knownFrom: '2026-01-02', knownUntil: '2026-01-01' })).toThrow(RangeError);
});

/** Counts by looking at every day. */
function countOneByOne(calendar: WorkingCalendar, from: Day, to: Day): number {
  let count = 0;
  for (let n = numberOfDay(from) + 1; n <= numberOfDay(to); n++)
    if (calendar.kindOfNumber(n).working) count++;
  return count;
}

test('counting agrees with looking at every day, before 1970 too', () => {
  fc.assert(
    fc.property(calendars, days, days, (calendar, a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      expect(workingDaysBetween(calendar, from, to)).toBe(countOneByOne(calendar, from, to));
      expect(workingDaysBetween(calendar, to, from)).toBe(-countOneByOne(calendar, from, to) || 0);
    }),
  );
  expect(workingDaysBetween(calendarOf(), '1969-12-01', '1970-02-01')).toBe(
    countOneByOne(calendarOf(), '1969-12-01', '1970-02-01'),
  );
});

test('adding working days is the inverse of counting them, and monotone', () => {
  const terms = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(calendars, days, terms, (calendar, day, term) => {
      const end = addWorkingDays(calendar, day, term);
      expect(workingDaysBetween(calendar, day, end)).toBe(term);
      if (term > 0) expect(calendar.kindOf(end).working).toBe(true);
      expect(addWorkingDays(calendar, day, term + 1) > end).toBe(true);
      expect(addWorkingDays(calendar, dayOfNumber(numberOfDay(day) + 1), term) >= end).toBe(true);
      expect(dayOfNumber(nextWorkingDay(calendar, numberOfDay(day)))).toBe(addWorkingDays(calendar, day, 1));
    }),
  );
});
