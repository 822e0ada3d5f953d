import { expect, test } from '@jest/globals';
import { calendarOf } from '#libs/law/calendar';
import { daysUsed } from './days-used.js';

/** Weekends only. Accepted on Tuesday 3 March 2026. */
const calendar = calendarOf();
const at = (day: string) => `${day}T02:00:00.000Z`;
const accepted = {
  submittedAt: at('2026-03-02'),
  acceptedAt: at('2026-03-03'),
  endedAt: null,
  suspensions: [],
  extensions: [],
};
const hearing = (from: string, to: string | null) => ({
  from: at(from),
  to: to && at(to),
  cause: 'hearing',
  article: '行政许可法 Art. 45',
});

test('days are counted from acceptance, before it from receipt, and up to the end of the case', () => {
  expect(daysUsed(accepted, calendar, at('2026-03-03'))).toBe(0);
  expect(daysUsed(accepted, calendar, at('2026-03-10'))).toBe(5);
  expect(daysUsed({ ...accepted, acceptedAt: null }, calendar, at('2026-03-10'))).toBe(6);
  expect(daysUsed({ ...accepted, endedAt: at('2026-03-05') }, calendar, at('2026-03-10'))).toBe(2);
});

test('before acceptance, what the applicant took to complete the materials is not used', () => {
  const supplementPeriod = { ...hearing('2026-03-03', '2026-03-05'), cause: 'supplement' };
  expect(daysUsed({ ...accepted, acceptedAt: null, supplementPeriod }, calendar, at('2026-03-10'))).toBe(4);
  expect(
    daysUsed({ ...accepted, acceptedAt: at('2026-03-05'), supplementPeriod }, calendar, at('2026-03-10')),
  ).toBe(3);
});

test('what a suspension takes out of the term is not used, while it lasts and afterwards', () => {
  const suspended = { ...accepted, suspensions: [hearing('2026-03-04', null)] };
  expect(daysUsed(suspended, calendar, at('2026-03-10'))).toBe(1);
  const resumed = { ...accepted, suspensions: [hearing('2026-03-04', '2026-03-06')] };
  expect(daysUsed(resumed, calendar, at('2026-03-10'))).toBe(3);
});
