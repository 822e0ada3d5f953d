import {
  type Day,
  dayNumberAt,
  dayOf,
  dayOfNumber,
  endOfDay,
  type Instant,
  instantOf,
  lastDayNumber,
  millisecondsOf,
  startOfDayNumber,
} from './day.js';
import { type DayUnit, type TimeLimit } from './time-limit.js';
import { addDays, assertDays, countDays, workingDayFrom, type WorkingCalendar } from './working-calendar.js';

/**
 * Time that does not count: hearing, testing, expert review (行政许可法 Art. 45). `to` null = it still runs.
 *
 * A suspension is a period of its own, so its first day is not part of it (民法典 Art. 201 by analogy): excluded are the days
 * after the one on which it began, up to and including the one on which it ended; 24:00 belongs to the day it ends. One that begins and ends on one day excludes nothing.
 */
export type Suspension = {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly cause: string;
  readonly article: string;
  /** How long the procedure was announced to take; left out where nothing was announced. */
  readonly planned?: PlannedDays;
};

/** How long a procedure takes, as announced. */
type PlannedDays = { readonly days: number; readonly unit: DayUnit };

/** The end of the time announced for a suspension: 24:00 of its last day; null where none was announced. */
export function plannedEnd(calendar: WorkingCalendar, { from, planned }: Suspension): Instant | null {
  return planned === undefined ? null : endOfDay(addDays(calendar, dayOf(from), planned.days, planned.unit));
}

/** More days in the unit of the limit, e.g. ten by leave of the head of the organ (行政许可法 Art. 42). */
export type Extension = { readonly days: number; readonly article: string; readonly by: string };

/** The statutory clock of one limit. The ledger is the truth; everything else here is derived from it. */
export type ClockLedger = {
  readonly limit: TimeLimit;
  /** The instant of receipt or acceptance, as `limit.start` says. Its day is not counted. */
  readonly startedAt: Instant;
  /** In any order; they may overlap, and a day is excluded once. */
  readonly suspensions: readonly Suspension[];
  readonly extensions: readonly Extension[];
  /** The decision; later days are not counted. */
  readonly stoppedAt: Instant | null;
};

/** A ledger on which nothing but the start is written. */
export function startClock(limit: TimeLimit, startedAt: Instant): ClockLedger {
  return { limit, startedAt, suspensions: [], extensions: [], stoppedAt: null };
}

/** Days that may be used: the limit and its extensions. */
function budgetOf({ limit, extensions }: ClockLedger): number {
  return extensions.reduce((sum, { days }) => sum + days, limit.days);
}

/** Days of a suspension, by number: after `after`, up to and including `upTo` (Infinity while it runs). */
type ExcludedDays = { readonly after: number; readonly upTo: number; readonly suspension: Suspension };

/** Reads one ledger against one calendar. */
export class StatutoryClock {
  readonly budget: number;
  /** Number of the first day, which is not counted. */
  readonly startDay: number;
  /** Sorted, and every pair apart: the union of all suspensions. */
  private readonly excluded: readonly { readonly after: number; readonly upTo: number }[];
  private readonly bySuspension: readonly ExcludedDays[];

  /** @throws RangeError if a number of days is negative or not whole, or a suspension ends before it begins. */
  constructor(
    readonly ledger: ClockLedger,
    readonly calendar: WorkingCalendar,
  ) {
    assertDays(ledger.limit.days);
    for (const { days } of ledger.extensions) assertDays(days);
    this.budget = budgetOf(ledger);
    this.startDay = dayNumberAt(ledger.startedAt);
    this.bySuspension = ledger.suspensions.map((suspension) => excludedDays(suspension));
    this.excluded = merged(this.bySuspension);
  }

  /**
   * Number of the last day of the term: the first on which the days used equal the budget, and where that is a day of rest the
   * next working day, unless it is a term in calendar days that stays. Null while an open suspension leaves it undetermined.
   */
  get dueNumber(): number | null {
    const number = this.dayWithUsed(this.budget);
    return number === null || !this.mayNotEndOnRestDay ? number : workingDayFrom(this.calendar, number);
  }

  get dueDay(): Day | null {
    const number = this.dueNumber;
    return number === null ? null : dayOfNumber(number);
  }

  /** 24:00 of the due day, see `endOfDay`. An act at that very instant is in time, one after it is late. */
  get dueAt(): Instant | null {
    const number = this.dueNumber;
    return number === null ? null : startOfDayNumber(number + 1);
  }

  /**
   * From here on the lamp is yellow: 00:00 of the first day on which at least 90 % of the budget are used (that day included),
   * or 00:00 of the last working day up to the due day, whichever is first; never before the clock started.
   */
  get yellowAt(): Instant | null {
    const due = this.dueNumber;
    const warning = this.dayWithUsed(Math.ceil((this.budget * 9) / 10));
    if (due === null || warning === null) return null;
    let lastWorking = due;
    while (lastWorking > this.startDay && !this.calendar.kindOfNumber(lastWorking).working) lastWorking--;
    const yellow = millisecondsOf(startOfDayNumber(Math.min(warning, lastWorking)));
    return instantOf(Math.max(yellow, millisecondsOf(this.ledger.startedAt)));
  }

  /** Whether a derived date rests on days outside the known calendar. */
  get provisional(): boolean {
    const due = this.dueNumber;
    return this.calendar.isProvisional(this.startDay) || (due !== null && this.calendar.isProvisional(due));
  }

  /** Days used on the day of `at`, that day included; from the stop on it stays as it is. Zero before the start. */
  daysUsed(at: Instant): number {
    return this.counted(this.startDay, this.lastDay(at));
  }

  /**
   * Days left after the day of `at`; 0 on the due day up to its 24:00, and on days of rest that the end moved over; negative
   * after it.
   */
  daysLeft(at: Instant): number {
    const left = this.budget - this.daysUsed(at);
    return left < 0 && !this.isOver(at) ? 0 : left;
  }

  private isOver(at: Instant): boolean {
    const { dueAt } = this;
    const { stoppedAt } = this.ledger;
    const now = millisecondsOf(at);
    const read = stoppedAt === null ? now : Math.min(now, millisecondsOf(stoppedAt));
    return dueAt === null || read > millisecondsOf(dueAt);
  }

  /** Number of the last day that a reading at `at` counts, at least the start day. */
  lastDay(at: Instant): number {
    const { stoppedAt } = this.ledger;
    const stop = stoppedAt === null ? Infinity : dayNumberAt(stoppedAt);
    return Math.max(this.startDay, Math.min(dayNumberAt(at), stop));
  }

  /** The suspension that excludes a day: of several the first one written; null if none does. */
  suspensionOn(day: number): Suspension | null {
    return this.bySuspension.find(({ after, upTo }) => day > after && day <= upTo)?.suspension ?? null;
  }

  private get mayNotEndOnRestDay(): boolean {
    const { unit, endsOnRestDay } = this.ledger.limit;
    return unit === 'working-day' || endsOnRestDay === 'moves';
  }

  /** Days that count after day `from` up to and including day `to`. */
  private counted(from: number, to: number): number {
    let sum = countDays(this.calendar, this.ledger.limit.unit, from, to);
    for (const { after, upTo } of this.excluded) {
      const begin = Math.max(from, after);
      const end = Math.min(to, upTo);
      if (end > begin) sum -= countDays(this.calendar, this.ledger.limit.unit, begin, end);
    }
    return sum;
  }

  /** First day on which `used` days are used; null when an open suspension stands before it. */
  private dayWithUsed(used: number): number | null {
    let day = this.startDay;
    for (let missing = used; missing > 0;) {
      const pause = this.excluded.find(({ after, upTo }) => day >= after && day < upTo);
      if (pause !== undefined) {
        if (pause.upTo === Infinity) return null;
        day = pause.upTo;
        continue;
      }
      // No span holds more counted days than days, so a jump by what is missing never passes the end.
      const next = day + missing;
      missing -= this.counted(day, next);
      day = next;
    }
    return day;
  }
}

function excludedDays(suspension: Suspension): ExcludedDays {
  const { from, to } = suspension;
  if (to !== null && millisecondsOf(to) < millisecondsOf(from)) {
    throw new RangeError(`suspension from ${from} ends before it begins: ${to}`);
  }
  return { after: dayNumberAt(from), upTo: to === null ? Infinity : lastDayNumber(to), suspension };
}

function merged(days: readonly ExcludedDays[]): { after: number; upTo: number }[] {
  const union: { after: number; upTo: number }[] = [];
  for (const { after, upTo } of [...days].sort((a, b) => a.after - b.after)) {
    const last = union.at(-1);
    if (last !== undefined && after <= last.upTo) last.upTo = Math.max(last.upTo, upTo);
    else if (upTo > after) union.push({ after, upTo });
  }
  return union;
}
