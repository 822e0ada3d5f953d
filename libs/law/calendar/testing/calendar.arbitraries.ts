import fc from 'fast-check';
import { type Day, dayOfNumber, type Instant, instantOf, numberOfDay } from '../day.js';
import { type OfficeHours, OfficeHours as Hours } from '../office-hours.js';
import { type ClockLedger, type Suspension } from '../statutory-clock.js';
import { type TimeLimit } from '../time-limit.js';
import { calendarOf, type WorkingCalendar } from '../working-calendar.js';

const FIRST = numberOfDay('2024-01-01');
const SPAN = 500;
const FIRST_MS = Date.parse('2024-01-01T00:00:00.000Z');
const SPAN_MS = SPAN * 86_400_000;

export const days: fc.Arbitrary<Day> = fc.integer({ min: FIRST, max: FIRST + SPAN }).map(dayOfNumber);

export const instants: fc.Arbitrary<Instant> = fc
  .integer({ min: FIRST_MS, max: FIRST_MS + SPAN_MS })
  .map(instantOf);

/** Holidays and make-up days anywhere, in clusters or alone, on weekdays or weekends. */
export const calendars: fc.Arbitrary<WorkingCalendar> = fc
  .record({
    holidays: fc.array(fc.tuple(days, fc.integer({ min: 1, max: 12 })), { maxLength: 20 }),
    makeUpDays: fc.array(days, { maxLength: 20 }),
    knownUntil: days,
  })
  .map(({ holidays, makeUpDays, knownUntil }) =>
    calendarOf({
      holidays: Object.fromEntries(
        holidays.flatMap(([day, length]) =>
          Array.from({ length }, (_, index) => [dayOfNumber(numberOfDay(day) + index), '节']),
        ),
      ),
      makeUpDays: Object.fromEntries(makeUpDays.map((day) => [day, '调休'])),
      knownUntil,
    }),
  );

export const timeLimits: fc.Arbitrary<TimeLimit> = fc.record({
  days: fc.integer({ min: 0, max: 90 }),
  unit: fc.constantFrom('working-day', 'calendar-day'),
  start: fc.constantFrom('receipt', 'acceptance'),
  endsOnRestDay: fc.constantFrom('stays', 'moves'),
});

const suspension = (from: Instant, to: Instant | null): Suspension => ({
  from,
  to,
  cause: '专家评审',
  article: '行政许可法 Art. 45',
});

const closedSuspensions: fc.Arbitrary<Suspension> = fc
  .tuple(instants, fc.integer({ min: 0, max: 40 * 86_400_000 }))
  .map(([from, length]) => suspension(from, instantOf(Date.parse(from) + length)));

const extensions = fc.array(
  fc.record({
    days: fc.integer({ min: 0, max: 15 }),
    article: fc.constant('行政许可法 Art. 42'),
    by: fc.constant('县政府'),
  }),
  { maxLength: 2 },
);

/** Ledgers whose suspensions are all over, so that a due day exists. */
export const settledLedgers: fc.Arbitrary<ClockLedger> = fc.record({
  limit: timeLimits,
  startedAt: instants,
  suspensions: fc.array(closedSuspensions, { maxLength: 4 }),
  extensions,
  stoppedAt: fc.constant(null),
});

/** Ledgers with open suspensions and stops too. */
export const ledgers: fc.Arbitrary<ClockLedger> = fc.record({
  limit: timeLimits,
  startedAt: instants,
  suspensions: fc.array(
    fc.oneof(
      closedSuspensions,
      instants.map((from) => suspension(from, null)),
    ),
    { maxLength: 4 },
  ),
  extensions,
  stoppedAt: fc.option(instants),
});

const time = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** One to three sessions a day. */
export const officeHours: fc.Arbitrary<OfficeHours> = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 6 })
  .map((minutes) => {
    const sorted = minutes.sort((a, b) => a - b);
    const pairs = Array.from({ length: Math.floor(sorted.length / 2) }, (_, index) => index * 2);
    return new Hours(
      pairs.map((index) => ({ from: time(sorted[index] ?? 0), to: time(sorted[index + 1] ?? 0) })),
    );
  });
