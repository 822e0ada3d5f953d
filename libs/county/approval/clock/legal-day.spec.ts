import { dayOf } from '#libs/law/calendar';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { legalDay, legalDayBefore } from './legal-day.js';

const instants = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const midnights = instants.map((instant) => `${instant.slice(0, 10)}T16:00:00.000Z`);

describe('legal days', () => {
  test('are those of the calendar', () => {
    fc.assert(
      fc.property(fc.oneof(instants, midnights), (instant) => {
        expect(legalDay(instant)).toBe(dayOf(instant));
      }),
    );
  });

  test('a term that ends at an instant has its last day one millisecond before', () => {
    fc.assert(
      fc.property(fc.oneof(instants, midnights), (end) => {
        expect(legalDayBefore(end)).toBe(dayOf(new Date(Date.parse(end) - 1).toISOString()));
      }),
    );
  });
});
