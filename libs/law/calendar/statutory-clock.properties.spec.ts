import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { explain } from './clock-explanation.js';
import {
  dayNumberAt,
  dayOf,
  dayOfNumber,
  endOfDay,
  instantOf,
  numberOfDay,
  startOfDay,
  lastDayNumber,
} from './day.js';
import { type ClockLedger, StatutoryClock } from './statutory-clock.js';
import { calendars, instants, ledgers, settledLedgers } from './testing/calendar.arbitraries.js';
import { type WorkingCalendar } from './working-calendar.js';

/** Whether a day counts, from the words of the rules alone. */
function counts(
  { limit, startedAt, suspensions }: ClockLedger,
  calendar: WorkingCalendar,
  day: number,
): boolean {
  const text = dayOfNumber(day);
  if (text <= dayOf(startedAt)) return false;
  if (limit.unit === 'working-day' && !calendar.kindOf(text).working) return false;
  return !suspensions.some(
    ({ from, to }) => dayOf(from) < text && (to === null || text <= dayOfNumber(lastDayNumber(to))),
  );
}

describe('over random calendars, limits, suspensions and extensions', () => {
  test('the parts of the clock sum to its number', () => {
    fc.assert(
      fc.property(ledgers, calendars, instants, fc.nat(30), (ledger, calendar, at, waited) => {
        const clock = new StatutoryClock(ledger, calendar);
        const received = instantOf(Date.parse(ledger.startedAt) - waited * 86_400_000);
        const { days, parts, total } = explain(ledger, calendar, at, received);
        const used = days.reduce((sum, { counted }) => sum + counted, 0);
        expect(used).toBe(clock.daysUsed(at));
        expect([total.used, total.left]).toEqual([used, clock.daysLeft(at)]);
        const first = numberOfDay(dayOf(received));
        const stop = ledger.stoppedAt === null ? Infinity : dayNumberAt(ledger.stoppedAt);
        expect(days.map(({ day, counted }) => [day, counted])).toEqual(
          days.map((_, index) => {
            const number = first + index;
            return [dayOfNumber(number), number <= stop && counts(ledger, calendar, number) ? 1 : 0];
          }),
        );
        expect(days.length).toBe(Math.max(1, dayNumberAt(at) - first + 1));
        expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(days.length);
        const {
          'working-day': working,
          'make-up-workday': madeUp,
          'calendar-day': calendarDays,
          extension,
        } = parts;
        expect(working + madeUp + calendarDays + extension).toBe(used);
        expect(extension).toBe(Math.min(total.extended, Math.max(0, used - total.limit)));
        expect(parts['before-start']).toBe(days.filter(({ day }) => day < dayOf(ledger.startedAt)).length);
      }),
    );
  });

  test('the due day is the first on which the days used equal the budget', () => {
    fc.assert(
      fc.property(settledLedgers, calendars, (ledger, calendar) => {
        const clock = new StatutoryClock(ledger, calendar);
        let day = numberOfDay(dayOf(ledger.startedAt));
        for (let used = 0; used < clock.budget;) if (counts(ledger, calendar, ++day)) used++;
        const reached = day;
        const { unit, endsOnRestDay } = ledger.limit;
        const mayRest = unit === 'calendar-day' && endsOnRestDay !== 'moves';
        while (!mayRest && !calendar.kindOfNumber(day).working) day++;
        expect([clock.dueDay, clock.dueAt]).toEqual([dayOfNumber(day), endOfDay(dayOfNumber(day))]);
        const [used, due] = [reached, day].map((number) => startOfDay(dayOfNumber(number)));
        expect([clock.daysUsed(used ?? ''), clock.daysLeft(due ?? '')]).toEqual([clock.budget, 0]);
        if (clock.budget > 0)
          expect(clock.daysUsed(startOfDay(dayOfNumber(reached - 1)))).toBe(clock.budget - 1);
      }),
    );
  });

  test('yellow is the 90 % day or the last working day, whichever is first', () => {
    fc.assert(
      fc.property(settledLedgers, calendars, (ledger, calendar) => {
        const clock = new StatutoryClock(ledger, calendar);
        const start = numberOfDay(dayOf(ledger.startedAt));
        const due = numberOfDay(clock.dueDay ?? '');
        const span = Array.from({ length: due - start + 1 }, (_, index) => start + index);
        const warning = span.find((n) => clock.daysUsed(startOfDay(dayOfNumber(n))) * 10 >= clock.budget * 9);
        const working = span.findLast((n) => calendar.kindOfNumber(n).working) ?? start;
        const yellow = startOfDay(dayOfNumber(Math.min(warning ?? Infinity, working)));
        expect(clock.yellowAt).toBe(yellow < ledger.startedAt ? ledger.startedAt : yellow);
      }),
    );
  });

  test('an open suspension hides the due day exactly when the budget is not used up before', () => {
    fc.assert(
      fc.property(ledgers, calendars, (ledger, calendar) => {
        const far = instantOf(Date.parse('2045-01-01T00:00:00.000Z'));
        const clock = new StatutoryClock({ ...ledger, stoppedAt: null }, calendar);
        expect(clock.dueDay === null).toBe(clock.daysUsed(far) < clock.budget);
      }),
    );
  });
});
