import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayOf, effectiveReceipt, instantOf, lastDayOf, type TimeLimit } from '#libs/law/calendar';
import { calendars, instants, officeHours } from '#libs/law/calendar/testing';
import { STATUTORY_NOTICE } from '#libs/law/catalogue';
import { applicant, at, commands, opening, TERMS, window } from '../testing/cases.js';
import { playedUnder } from '../testing/timed-acts.js';
import { noticeTermOf, presentDue } from './due.js';

const limits: fc.Arbitrary<TimeLimit> = fc.record({
  days: fc.integer({ min: 1, max: 60 }),
  unit: fc.constantFrom('working-day', 'calendar-day'),
  start: fc.constantFrom('receipt', 'acceptance'),
  endsOnRestDay: fc.constant('moves'),
});

/** Submitted, at a counter or online, asked for a supplement or not, and accepted, each some days after the one before. */
const histories = fc.record({
  statutory: limits,
  promised: limits,
  receivedAt: instants,
  waits: fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)),
  counter: fc.option(officeHours.map(({ sessions }) => sessions)),
  isSupplemented: fc.boolean(),
});
type History = typeof histories extends fc.Arbitrary<infer One> ? One : never;

function actsOf({ statutory, promised, receivedAt, waits, counter, isSupplemented }: History) {
  const [asked, answered, accepted] = waits.map((_, index) =>
    instantOf(
      Date.parse(receivedAt) +
        waits.slice(0, index + 1).reduce((sum, days) => sum + days, 0) * 86_400_000 +
        1,
    ),
  ) as [string, string, string];
  const terms = { ...TERMS, statutory, promised };
  const submitted = commands.submit({
    opening: opening({ terms }),
    ...(counter !== null && { counter }),
    meta: at(counter === null ? applicant : window, receivedAt),
  });
  const supplemented = [
    commands.requestSupplement({ meta: at(window, asked) }),
    commands.supplement({ meta: at(applicant, answered) }),
  ];
  const acceptance = commands.accept({ meta: at(window, accepted) });
  return { before: [submitted, ...(isSupplemented ? supplemented : [])], acceptance };
}

test('C a holiday notice that comes at any moment moves due dates to what they are where it was known from the start', () => {
  fc.assert(
    fc.property(histories, calendars, calendars, (history, known, later) => {
      const { before, acceptance } = actsOf(history);
      for (const acts of [before, [...before, acceptance]]) {
        const { state } = playedUnder(known, ...acts);
        const fresh = playedUnder(later, ...acts).state;
        if (state.at === 'absent' || fresh.at === 'absent') throw new Error('it was submitted');
        expect(presentDue(later, state)).toEqual(presentDue(later, fresh));
        expect(noticeTermOf(state.clock, later, STATUTORY_NOTICE)).toEqual(
          noticeTermOf(fresh.clock, later, STATUTORY_NOTICE),
        );
      }
    }),
    { numRuns: 200 },
  );
});

test('C no term ends on a day of rest, unless it is of calendar days that stay; a receipt at a counter counts in its hours', () => {
  fc.assert(
    fc.property(histories, calendars, (history, calendar) => {
      const { before, acceptance } = actsOf(history);
      const { state } = playedUnder(calendar, ...before, acceptance);
      if (state.at === 'absent') throw new Error('it was submitted');
      const { promised, statutory } = presentDue(calendar, state);
      const ends = [promised, statutory, noticeTermOf(state.clock, calendar, STATUTORY_NOTICE).dueAt].map(
        (end) => end ?? '',
      );
      expect(ends.map((end) => [end, calendar.kindOf(lastDayOf(end)).working])).toEqual(
        ends.map((end) => [end, true]),
      );
      const { receivedAt, counter } = history;
      const from = effectiveReceipt(receivedAt, calendar, counter ?? undefined);
      if (counter === null) expect(from).toBe(receivedAt);
      else expect([from >= receivedAt, calendar.kindOf(dayOf(from)).working]).toEqual([true, true]);
    }),
    { numRuns: 200 },
  );
});
