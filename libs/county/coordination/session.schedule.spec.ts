import { describe, expect, test } from '@jest/globals';
import { calendarOf, dayOfNumber, numberOfDay } from '#libs/law/calendar';
import fc from 'fast-check';
import { firstDue, heldOn, nextDue, type SessionSchedule, SHIFTS } from './session.schedule.js';

const schedule: SessionSchedule = {
  version: '2026.1',
  days: [1, 16],
  shift: 'next-working-day',
  agendaLimit: 100,
};
// 1 and 2 October are a holiday; Saturday the 10th is worked for it.
const calendar = calendarOf({
  version: 'county',
  holidays: { '2026-10-01': '国庆节', '2026-10-02': '国庆节' },
  makeUpDays: { '2026-10-10': '国庆节' },
});

describe('the half-monthly schedule', () => {
  test('goes from day to day, over the ends of months and years', () => {
    expect(nextDue(schedule, '2026-11-24')).toBe('2026-12-01');
    expect(nextDue(schedule, '2026-12-01')).toBe('2026-12-16');
    expect(nextDue(schedule, '2026-12-16')).toBe('2027-01-01');
    expect(nextDue({ ...schedule, days: [28] }, '2027-01-31')).toBe('2027-02-28');
  });

  test('a session on a day of rest is moved as the rule says, one on a worked Saturday is not', () => {
    const earlier: SessionSchedule = { ...schedule, shift: 'previous-working-day' };
    expect(heldOn(schedule, calendar, '2026-10-01')).toBe('2026-10-05');
    expect(heldOn(earlier, calendar, '2026-10-01')).toBe('2026-09-30');
    expect(heldOn(schedule, calendar, '2026-10-10')).toBe('2026-10-10');
    expect(heldOn(schedule, calendar, '2026-08-16')).toBe('2026-08-17');
    expect(heldOn(earlier, calendar, '2026-08-16')).toBe('2026-08-14');
  });

  test('the first session is the next that can still be held', () => {
    expect(firstDue(schedule, calendar, '2026-11-24')).toBe('2026-12-01');
    expect(firstDue(schedule, calendar, '2026-12-01')).toBe('2026-12-01');
    // The 1st was moved to the 5th, which is still to come.
    expect(firstDue(schedule, calendar, '2026-10-03')).toBe('2026-10-01');
    expect(firstDue(schedule, calendar, '2026-10-06')).toBe('2026-10-16');
  });

  test('on any day and rule: worked, never passed over, and the first is held no earlier than today', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(days, fc.constantFrom(...SHIFTS), fc.nat(4000), (given, shift, offset) => {
        const rule = { ...schedule, days: [...given].sort((a, b) => a - b), shift };
        const today = dayOfNumber(numberOfDay('2026-01-01') + offset);
        const first = firstDue(rule, calendar, today);
        expect(heldOn(rule, calendar, first) >= today).toBe(true);
        expect(calendar.kindOf(heldOn(rule, calendar, first)).working).toBe(true);
        for (let number = numberOfDay(first) + 1; number < numberOfDay(nextDue(rule, first)); number++) {
          expect(rule.days).not.toContain(Number(dayOfNumber(number).slice(8)));
        }
      }),
    );
  });
});
