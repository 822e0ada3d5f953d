import { type Day, dayOfNumber, type Instant } from './day.js';
import { type ClockLedger, StatutoryClock, type Suspension } from './statutory-clock.js';
import { type DayUnit } from './time-limit.js';
import { type WorkingCalendar } from './working-calendar.js';

/**
 * Why a day counts or not. `start-day`: the first day is not counted (民法典 Art. 201). `calendar-day`: the limit counts days as
 * written, so every day counts. A day of rest inside a suspension is named as day of rest: it would not have counted anyway.
 */
export type DayReason =
  'start-day' | 'working-day' | 'make-up-workday' | 'calendar-day' | 'weekend' | 'holiday' | 'suspended';

export type ExplainedDay = {
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

/** 可解释时限: the days from the start to `at` or the stop, and their total. `total.used` is the sum of `counted`. */
export type ClockExplanation = {
  readonly unit: DayUnit;
  readonly days: readonly ExplainedDay[];
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

/** What one day is to the clock, whatever came before it. */
function reasonOf(
  clock: StatutoryClock,
  number: number,
): { counted: 0 | 1; reason: DayReason; name: string | null; suspension: Suspension | null } {
  const kind = clock.calendar.kindOfNumber(number);
  const { name } = kind;
  if (number === clock.startDay) return { counted: 0, reason: 'start-day', name, suspension: null };
  const byCalendar = clock.ledger.limit.unit === 'calendar-day';
  if (!byCalendar && (kind.reason === 'weekend' || kind.reason === 'holiday')) {
    return { counted: 0, reason: kind.reason, name, suspension: null };
  }
  const suspension = clock.suspensionOn(number);
  if (suspension !== null) return { counted: 0, reason: 'suspended', name, suspension };
  if (byCalendar) return { counted: 1, reason: 'calendar-day', name, suspension: null };
  const reason = kind.reason === 'make-up-workday' ? 'make-up-workday' : 'working-day';
  return { counted: 1, reason, name, suspension: null };
}

/** Explains a reading of the clock day by day; the days sum to the days used. */
export function explain(ledger: ClockLedger, calendar: WorkingCalendar, at: Instant): ClockExplanation {
  const clock = new StatutoryClock(ledger, calendar);
  const days: ExplainedDay[] = [];
  let used = 0;
  for (let number = clock.startDay; number <= clock.lastDay(at); number++) {
    const { counted, reason, name, suspension } = reasonOf(clock, number);
    used += counted;
    days.push({
      day: dayOfNumber(number),
      counted,
      reason,
      name,
      cause: suspension?.cause ?? null,
      article: suspension?.article ?? null,
      used,
      overdue: used > clock.budget,
      provisional: calendar.isProvisional(number),
    });
  }
  return {
    unit: ledger.limit.unit,
    days,
    total: {
      limit: ledger.limit.days,
      extended: clock.budget - ledger.limit.days,
      budget: clock.budget,
      used,
      left: clock.budget - used,
      dueDay: clock.dueDay,
      dueAt: clock.dueAt,
      yellowAt: clock.yellowAt,
      provisional: clock.provisional,
    },
  };
}
