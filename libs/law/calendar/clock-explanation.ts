import { type Day, dayNumberAt, dayOfNumber, type Instant } from './day.js';
import { type ClockLedger, StatutoryClock, type Suspension } from './statutory-clock.js';
import { type DayUnit, type TimeLimit } from './time-limit.js';
import { type WorkingCalendar } from './working-calendar.js';

/**
 * Why a day counts or not. `before-start`: received, and the limit begins later. `start-day`: the first day is not counted
 * (民法典 Art. 201). `calendar-day`: the limit counts days as written, so every day counts. `extension`: it counts, and only
 * the extension pays for it. `stopped`: after the decision. A day of rest inside a suspension is named as day of rest:
 * it would not have counted anyway.
 */
const DAY_REASONS = [
  'before-start',
  'start-day',
  'working-day',
  'make-up-workday',
  'calendar-day',
  'extension',
  'weekend',
  'holiday',
  'suspended',
  'stopped',
] as const;
/** Why a day counts against the term, or does not. */
type DayReason = (typeof DAY_REASONS)[number];

type ExplainedDay = {
  readonly day: Day;
  readonly counted: 0 | 1;
  readonly reason: DayReason;
  /** Name of the holiday, or of the one a make-up day (调休) was exchanged for. */
  readonly name: string | null;
  /** Cause and article of the suspension on a suspended day. */
  readonly cause: string | null;
  readonly article: string | null;
  /** Days used up to and including this day. */
  readonly used: number;
  /** True once the budget was used up before this day. */
  readonly overdue: boolean;
  readonly provisional: boolean;
};

/**
 * 办理时限计算说明: the days from the receipt or the start to `at`, what they come to by reason, and their total. The parts sum
 * to the number of days, and those that count to `total.used`.
 */
export type ClockExplanation = {
  readonly unit: DayUnit;
  readonly days: readonly ExplainedDay[];
  readonly parts: { readonly [Reason in DayReason]: number };
  readonly total: {
    readonly limit: number;
    readonly extended: number;
    readonly budget: number;
    readonly used: number;
    /** Negative when overdue. */
    readonly left: number;
    readonly dueDay: Day | null;
    readonly dueAt: Instant | null;
    readonly yellowAt: Instant | null;
    readonly provisional: boolean;
  };
};

type Reading = {
  readonly counted: 0 | 1;
  readonly reason: DayReason;
  readonly name: string | null;
  readonly suspension: Suspension | null;
};

/** What one day is to the clock, whatever came before it. */
function readingOf(clock: StatutoryClock, number: number): Reading {
  const kind = clock.calendar.kindOfNumber(number);
  const { name } = kind;
  const { stoppedAt, limit } = clock.ledger;
  const uncounted = (reason: DayReason): Reading => ({ counted: 0, reason, name, suspension: null });
  if (number < clock.startDay) return uncounted('before-start');
  if (number === clock.startDay) return uncounted('start-day');
  if (stoppedAt !== null && number > dayNumberAt(stoppedAt)) return uncounted('stopped');
  const byCalendar = limit.unit === 'calendar-day';
  if (!byCalendar && (kind.reason === 'weekend' || kind.reason === 'holiday')) return uncounted(kind.reason);
  const suspension = clock.suspensionOn(number);
  if (suspension !== null) return { counted: 0, reason: 'suspended', name, suspension };
  if (byCalendar) return { counted: 1, reason: 'calendar-day', name, suspension: null };
  const reason = kind.reason === 'make-up-workday' ? 'make-up-workday' : 'working-day';
  return { counted: 1, reason, name, suspension: null };
}

/**
 * Explains a reading of the clock day by day. With `receivedAt` the days before the start are in it too; from the stop
 * on days are listed and count no more.
 */
export function explain(
  ledger: ClockLedger,
  calendar: WorkingCalendar,
  at: Instant,
  receivedAt: Instant = ledger.startedAt,
): ClockExplanation {
  const clock = new StatutoryClock(ledger, calendar);
  const first = Math.min(dayNumberAt(receivedAt), clock.startDay);
  const days: ExplainedDay[] = [];
  let used = 0;
  const last = Math.max(first, dayNumberAt(at));
  const due = clock.dueNumber ?? Infinity;
  for (let number = first; number <= last; number++) {
    const { counted, reason, name, suspension } = readingOf(clock, number);
    used += counted;
    const extended = counted === 1 && used > ledger.limit.days && used <= clock.budget;
    days.push({
      day: dayOfNumber(number),
      counted,
      reason: extended ? 'extension' : reason,
      name,
      cause: suspension?.cause ?? null,
      article: suspension?.article ?? null,
      used,
      overdue: used > clock.budget && number > due,
      provisional: calendar.isProvisional(number),
    });
  }
  return {
    unit: ledger.limit.unit,
    days,
    parts: partsOf(days),
    total: {
      limit: ledger.limit.days,
      extended: clock.budget - ledger.limit.days,
      budget: clock.budget,
      used,
      left: clock.daysLeft(at),
      dueDay: clock.dueDay,
      dueAt: clock.dueAt,
      yellowAt: clock.yellowAt,
      provisional: clock.provisional,
    },
  };
}

/** Explains a clock that has not begun: it waits for acceptance, and no day counts. */
export function explainWaiting(
  limit: TimeLimit,
  calendar: WorkingCalendar,
  receivedAt: Instant,
  at: Instant,
): ClockExplanation {
  const first = dayNumberAt(receivedAt);
  const length = Math.max(1, dayNumberAt(at) - first + 1);
  const days = Array.from({ length }, (_, index): ExplainedDay => ({
    day: dayOfNumber(first + index),
    counted: 0,
    reason: 'before-start',
    name: calendar.kindOfNumber(first + index).name,
    cause: null,
    article: null,
    used: 0,
    overdue: false,
    provisional: calendar.isProvisional(first + index),
  }));
  return {
    unit: limit.unit,
    days,
    parts: partsOf(days),
    total: {
      limit: limit.days,
      extended: 0,
      budget: limit.days,
      used: 0,
      left: limit.days,
      dueDay: null,
      dueAt: null,
      yellowAt: null,
      provisional: false,
    },
  };
}

function partsOf(days: readonly ExplainedDay[]): ClockExplanation['parts'] {
  const parts = Object.fromEntries(DAY_REASONS.map((reason) => [reason, 0])) as Record<DayReason, number>;
  for (const { reason } of days) parts[reason]++;
  return parts;
}
