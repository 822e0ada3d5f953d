import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calendarFrom } from './chinese-calendar.js';
import { endOfDay, instantOf, startOfDay } from './day.js';
import { dueDates, lampAt, oneTimeNotice } from './due-dates.js';
import { calendars, instants, settledLedgers, timeLimits } from './testing/calendar.arbitraries.js';
import { type TimeLimit } from './time-limit.js';
import { calendarOf } from './working-calendar.js';

const calendar = calendarFrom();
const licence: TimeLimit = { days: 20, unit: 'working-day', start: 'acceptance' };
const noon = (day: string) => `${day}T12:00:00+08:00`;

describe('due dates', () => {
  const receivedAt = noon('2026-09-18');

  test('a limit from acceptance has no date before acceptance', () => {
    const terms = { statutory: licence, promised: { ...licence, days: 12 }, receivedAt, calendar };
    expect(dueDates({ ...terms, acceptedAt: null })).toEqual({
      promised: null,
      statutory: null,
      yellow: null,
      provisional: false,
    });
    expect(dueDates({ ...terms, acceptedAt: noon('2026-09-21') })).toEqual({
      promised: endOfDay('2026-10-14'),
      statutory: endOfDay('2026-10-26'),
      yellow: startOfDay('2026-10-13'),
      provisional: false,
    });
  });

  test('a limit from receipt counts at once, and replaces a missing promise', () => {
    const statutory: TimeLimit = { days: 60, unit: 'calendar-day', start: 'receipt' };
    expect(dueDates({ statutory, promised: null, receivedAt, acceptedAt: null, calendar })).toEqual({
      promised: endOfDay('2026-11-17'),
      statutory: endOfDay('2026-11-17'),
      yellow: startOfDay('2026-11-11'),
      provisional: false,
    });
  });

  test('no limits, no dates; a date past the known calendar is provisional', () => {
    expect(
      dueDates({ statutory: null, promised: null, receivedAt, acceptedAt: receivedAt, calendar }),
    ).toEqual({
      promised: null,
      statutory: null,
      yellow: null,
      provisional: false,
    });
    const late = { statutory: licence, promised: { ...licence, days: 3 }, receivedAt, calendar };
    expect(dueDates({ ...late, acceptedAt: noon('2026-12-10') })).toEqual({
      promised: endOfDay('2026-12-15'),
      // 2027-01-01 is off, though the notice of 2027 is not known.
      statutory: endOfDay('2027-01-08'),
      yellow: startOfDay('2026-12-15'),
      provisional: true,
    });
  });

  test('a suspension and an extension move the end', () => {
    const promised: TimeLimit = { days: 1, unit: 'working-day', start: 'receipt' };
    const terms = { statutory: null, promised, acceptedAt: null, calendar: calendarOf() };
    const evening = { ...terms, receivedAt: '2026-11-23T18:00:00+08:00' };
    const suspensions = [{ from: noon('2026-11-23'), to: noon('2026-11-25'), cause: '鉴定', article: 'x' }];
    const extensions = [{ days: 1, article: 'x', by: 'y' }];
    expect(
      [evening, { ...evening, suspensions }, { ...evening, extensions }].map(
        (input) => dueDates(input).promised,
      ),
    ).toEqual([endOfDay('2026-11-24'), endOfDay('2026-11-26'), endOfDay('2026-11-25')]);
  });
});

describe('lamp', () => {
  const due = { promised: '2026-11-24T16:00:00.000Z', yellow: '2026-11-23T16:00:00.000Z' };

  test('changes at its instants, and 24:00 is still in time', () => {
    const lamps = ['23T15:59:59.999Z', '23T16:00:00.000Z', '24T16:00:00.000Z', '24T16:00:00.001Z'];
    expect(lamps.map((text) => lampAt(due, `2026-11-${text}`))).toEqual(['green', 'yellow', 'yellow', 'red']);
    expect(lampAt({ promised: null, yellow: null }, '2026-11-24T16:00:00.001Z')).toBe('green');
  });

  test('goes only from green to yellow to red as time passes', () => {
    const order = { green: 0, yellow: 1, red: 2 };
    fc.assert(
      fc.property(
        fc.record({ statutory: timeLimits, promised: fc.option(timeLimits) }),
        settledLedgers,
        calendars,
        fc.array(instants, { minLength: 2, maxLength: 20 }),
        (limits, { startedAt, suspensions, extensions }, random, times) => {
          const dates = dueDates({
            ...limits,
            receivedAt: startedAt,
            acceptedAt: startedAt,
            calendar: random,
            suspensions,
            extensions,
          });
          const end = Date.parse(dates.promised ?? '');
          const near = [dates.yellow ?? '', instantOf(end - 1), instantOf(end), instantOf(end + 1)];
          const lamps = [...times, ...near].sort().map((at) => order[lampAt(dates, at)]);
          expect(lamps).toEqual([...lamps].sort());
          expect(near.map((at) => lampAt(dates, at))).toEqual(['yellow', 'yellow', 'yellow', 'red']);
        },
      ),
    );
  });
});

test('a one-time notice is due within five working days', () => {
  // Received on Thursday 24 Sep 2026: 28 29 30 Sep, 8 and 9 Oct.
  const notice = (at: string) => oneTimeNotice(noon('2026-09-24'), at, calendar, { days: 5 });
  const term = { dueDay: '2026-10-09', dueAt: '2026-10-09T16:00:00.000Z', provisional: false };
  expect(
    ['2026-09-24T05:00:00.000Z', '2026-10-09T16:00:00.000Z', '2026-10-09T16:00:00.001Z'].map(notice),
  ).toEqual([
    { ...term, inTime: true },
    { ...term, inTime: true },
    { ...term, inTime: false },
  ]);
});
