import { type Day, dayNumberAt, dayOf, endOfDay, type Instant, millisecondsOf, numberOfDay } from './day.js';
import { type Extension, StatutoryClock, startClock, type Suspension } from './statutory-clock.js';
import { type Lamp, type TimeLimit } from './time-limit.js';
import { addWorkingDays, type WorkingCalendar } from './working-calendar.js';

/** Instants derived from the ledger; null if there is no limit, it has not begun, or an open suspension hides it. */
export type ClockDueDates = {
  /** End of the promised term (承诺时限), which drives the lamp. */
  readonly promised: Instant | null;
  /** End of the statutory term (法定时限). */
  readonly statutory: Instant | null;
  /** From here on the lamp is yellow, see {@link StatutoryClock.yellowAt}. */
  readonly yellow: Instant | null;
  /** True when a date rests on days outside the known calendar. */
  readonly provisional: boolean;
};

export type DueDatesInput = {
  readonly statutory: TimeLimit | null;
  /** Null: nothing shorter was promised, so the statutory term is the promise. */
  readonly promised: TimeLimit | null;
  /** 收到, from when it counts: see `effectiveReceipt`. */
  readonly receivedAt: Instant;
  /** 受理; null until then, and a limit that starts with it gives no date yet. */
  readonly acceptedAt: Instant | null;
  readonly calendar: WorkingCalendar;
  readonly suspensions?: readonly Suspension[];
  readonly extensions?: readonly Extension[];
};

/** The due dates of an application. An extension prolongs both terms. */
export function dueDates(input: DueDatesInput): ClockDueDates {
  const { calendar, statutory } = input;
  const promised = input.promised ?? statutory;
  const clockOf = (limit: TimeLimit | null): StatutoryClock | null => {
    const start = limit?.start === 'receipt' ? input.receivedAt : input.acceptedAt;
    if (limit === null || start === null) return null;
    const ledger = {
      ...startClock(limit, start),
      suspensions: input.suspensions ?? [],
      extensions: input.extensions ?? [],
    };
    return new StatutoryClock(ledger, calendar);
  };
  const statutoryClock = clockOf(statutory);
  const promisedClock = promised === statutory ? statutoryClock : clockOf(promised);
  return {
    promised: promisedClock?.dueAt ?? null,
    statutory: statutoryClock?.dueAt ?? null,
    yellow: promisedClock?.yellowAt ?? null,
    provisional: [promisedClock, statutoryClock].some((clock) => clock?.provisional === true),
  };
}

/**
 * The lamp of a running clock. Red after the promised end: at that very instant it is still in time (24:00, 民法典 Art. 203).
 * Without a promised end there is nothing to warn of, and it stays green.
 */
export function lampAt(
  due: { readonly promised: Instant | null; readonly yellow: Instant | null },
  at: Instant,
): Lamp {
  const now = millisecondsOf(at);
  if (due.promised !== null && now > millisecondsOf(due.promised)) return 'red';
  return due.yellow !== null && now >= millisecondsOf(due.yellow) ? 'yellow' : 'green';
}

/** Working days for the delivery of a decision (送达, 行政许可法 Art. 44, counted as Art. 82 says). */
const DELIVERY_DAYS = 10;

/** Until when what was decided at an instant must be delivered. */
export const deliveryDueAt = (calendar: WorkingCalendar, decidedAt: Instant): Instant =>
  endOfDay(addWorkingDays(calendar, dayOf(decidedAt), DELIVERY_DAYS));

export type NoticeTerm = {
  readonly dueDay: Day;
  /** After this instant, without a notice, the application counts as accepted from the day of receipt (视为受理). */
  readonly dueAt: Instant;
  readonly inTime: boolean;
  readonly provisional: boolean;
};

/** Whether a one-time notice given at `at` (or still not given then) is within its term of so many working days. */
export function oneTimeNotice(
  receivedAt: Instant,
  at: Instant,
  calendar: WorkingCalendar,
  { days }: { readonly days: number },
): NoticeTerm {
  const dueDay = addWorkingDays(calendar, dayOf(receivedAt), days);
  const dueAt = endOfDay(dueDay);
  return {
    dueDay,
    dueAt,
    inTime: millisecondsOf(at) <= millisecondsOf(dueAt),
    provisional:
      calendar.isProvisional(dayNumberAt(receivedAt)) || calendar.isProvisional(numberOfDay(dueDay)),
  };
}
