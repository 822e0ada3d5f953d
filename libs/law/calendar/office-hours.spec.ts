import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, wallClockAt } from './day.js';
import { effectiveReceipt, minutesBetween, OfficeHours, workingMinutes } from './office-hours.js';
import { calendars, instants, officeHours } from './testing/calendar.arbitraries.js';
import { calendarOf, type WorkingCalendar } from './working-calendar.js';

const plain = calendarOf();
/** Local time in Shanghai. */
const at = (text: string) => `${text}:00+08:00`;

test('a working day has eight hours, cut to whole minutes', () => {
  const minutes = (from: string, to: string) => workingMinutes(at(from), at(to), plain);
  // 2026-11-20 is a Friday.
  expect([
    minutes('2026-11-20T00:00', '2026-11-21T00:00'),
    minutes('2026-11-20T08:00', '2026-11-20T09:00'),
    minutes('2026-11-20T11:30', '2026-11-20T13:30'),
    minutes('2026-11-20T17:00', '2026-11-23T09:00'),
    minutes('2026-11-21T10:00', '2026-11-22T10:00'),
    minutes('2026-11-20T09:00', '2026-11-20T08:00'),
    minutes('2010-01-01T00:00', '2020-01-01T00:00'),
  ]).toEqual([480, 30, 60, 60, 0, -30, 2608 * 480]);
  expect(workingMinutes('2026-11-20T01:00:59.999Z', '2026-11-20T01:01:00.000Z', plain)).toBe(1);
  expect(minutesBetween('2026-11-20T01:00:59.999Z', '2026-11-20T01:02:00.000Z')).toBe(2);
});

test('hours that make no day are refused', () => {
  const hours = (...sessions: [string, string][]) =>
    new OfficeHours(sessions.map(([from, to]) => ({ from, to })));
  expect(hours(['00:00', '24:00']).minutesADay).toBe(1440);
  const follow = new RangeError('office hours: sessions must follow each other');
  expect(() => hours(['09:00', '12:00'], ['11:59', '17:00'])).toThrow(follow);
  expect(() => hours(['09:00', '09:00'])).toThrow(follow);
  expect(() => hours()).toThrow(new RangeError('office hours: at least one session is needed'));
  expect(() => hours(['9:00', '12:00'])).toThrow(new RangeError('not a time of day: 9:00'));
  expect(() => hours(['09:00', '24:01'])).toThrow(new RangeError('not a time of day: 24:01'));
});

/** Looks at every minute. */
function oneByOne(from: string, to: string, calendar: WorkingCalendar, hours: OfficeHours): number {
  const open = hours.sessions.map((session) =>
    [session.from, session.to].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))),
  );
  let count = 0;
  for (let m = Math.floor(Date.parse(from) / 60_000); m < Math.floor(Date.parse(to) / 60_000); m++) {
    const { day, minute } = wallClockAt(instantOf(m * 60_000));
    const inside = open.some(([begin = 0, end = 0]) => minute >= begin && minute < end);
    if (inside && calendar.kindOfNumber(day).working) count++;
  }
  return count;
}

test('working minutes agree with looking at every minute', () => {
  fc.assert(
    fc.property(calendars, officeHours, instants, fc.nat(4 * 86_400_000), (calendar, hours, from, length) => {
      const to = instantOf(Date.parse(from) + length);
      expect(workingMinutes(from, to, calendar, hours)).toBe(oneByOne(from, to, calendar, hours));
    }),
    { numRuns: 60 },
  );
});

test('minutes are additive, in whatever order the instants come', () => {
  fc.assert(
    fc.property(calendars, officeHours, instants, instants, instants, (calendar, hours, a, b, c) => {
      const working = (from: string, to: string) => workingMinutes(from, to, calendar, hours);
      expect(working(a, b) + working(b, c)).toBe(working(a, c));
      expect(minutesBetween(a, b) + minutesBetween(b, c)).toBe(minutesBetween(a, c));
    }),
  );
});

test('A receipt at a counter after closing or on a day of rest counts from the next opening', () => {
  const hours = [{ from: '08:30', to: '17:30' }];
  const friday = ['2026-11-20T07:00', '2026-11-20T17:29', '2026-11-20T17:30', '2026-11-21T10:00'].map(at);
  expect(friday.map((instant) => effectiveReceipt(instant, plain, hours))).toEqual([
    friday[0],
    friday[1],
    '2026-11-23T00:30:00.000Z',
    '2026-11-23T00:30:00.000Z',
  ]);
  expect(friday.map((instant) => effectiveReceipt(instant, plain))).toEqual(friday);
});
