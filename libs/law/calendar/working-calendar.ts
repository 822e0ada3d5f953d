import { addMonths, type Day, dayOfNumber, numberOfDay } from './day.js';
import { type DayUnit } from './time-limit.js';

export type DayKind = {
  readonly working: boolean;
  /** `make-up-workday` is 调休上班: a weekend day worked in exchange for a longer holiday. */
  readonly reason: 'workday' | 'weekend' | 'holiday' | 'make-up-workday';
  /** Name of the holiday, also on the day worked in exchange for it (国庆节). */
  readonly name: string | null;
  /** True outside the years whose notice (放假通知) is known: only weekends and the fixed holidays are known there. */
  readonly provisional: boolean;
};

/** A day that is not what its weekday says, or has a name. */
export type SpecialDay = { readonly day: Day; readonly working: boolean; readonly name: string | null };

export type CalendarTable = {
  /** What the dates were computed with; it goes into each event. */
  readonly version: string;
  /** First and last day for which the table is complete. */
  readonly knownFrom: Day;
  readonly knownUntil: Day;
  /** In any order; of two entries for one day the later one holds. */
  readonly days: readonly SpecialDay[];
};

type Entry = { readonly kind: DayKind; readonly working: boolean };

const WORKDAY: DayKind = Object.freeze({ working: true, reason: 'workday', name: null, provisional: false });
const WEEKEND: DayKind = Object.freeze({ working: false, reason: 'weekend', name: null, provisional: false });
const PERHAPS_WORKDAY: DayKind = Object.freeze({ ...WORKDAY, provisional: true });
const PERHAPS_WEEKEND: DayKind = Object.freeze({ ...WEEKEND, provisional: true });

/** Day 0, 1970-01-01, was a Thursday; Monday is 0. */
function weekdayOf(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

/** Days from Monday to Friday among the days up to and including `number`, up to a constant. */
function weekdaysUpTo(number: number): number {
  const weeks = Math.floor((number + 3) / 7);
  return weeks * 5 + Math.min(weekdayOf(number) + 1, 5);
}

/**
 * Which days are worked. Immutable. A count over any span costs one binary search in the table: nothing grows with the
 * span, and nothing is cached that a caller could blow up.
 */
export class WorkingCalendar {
  readonly version: string;
  readonly knownFrom: Day;
  readonly knownUntil: Day;
  private readonly firstKnown: number;
  private readonly lastKnown: number;
  private readonly special: ReadonlyMap<number, Entry>;
  /** Days on which the table differs from the weekday, sorted, and the sum of the differences up to each. */
  private readonly shifts: readonly number[];
  private readonly shiftSums: readonly number[];

  /** @throws RangeError if a day does not exist or the known span is empty. */
  constructor(readonly table: CalendarTable) {
    this.version = table.version;
    this.knownFrom = table.knownFrom;
    this.knownUntil = table.knownUntil;
    this.firstKnown = numberOfDay(table.knownFrom);
    this.lastKnown = numberOfDay(table.knownUntil);
    if (this.firstKnown > this.lastKnown) {
      throw new RangeError(`calendar known from ${table.knownFrom} until ${table.knownUntil}`);
    }
    const special = new Map<number, Entry>();
    for (const { day, working, name } of table.days) {
      const number = numberOfDay(day);
      special.set(number, { working, kind: this.kindOfSpecial(number, working, name) });
    }
    this.special = special;
    this.shifts = [...special]
      .filter(([number, { working }]) => working !== weekdayOf(number) < 5)
      .map(([number]) => number)
      .sort((a, b) => a - b);
    let sum = 0;
    this.shiftSums = this.shifts.map((number) => (sum += weekdayOf(number) < 5 ? -1 : 1));
  }

  /** @throws RangeError if there is no such day. */
  kindOf(day: Day): DayKind {
    return this.kindOfNumber(numberOfDay(day));
  }

  kindOfNumber(number: number): DayKind {
    const entry = this.special.get(number);
    if (entry !== undefined) return entry.kind;
    const weekday = weekdayOf(number) < 5;
    if (this.isProvisional(number)) return weekday ? PERHAPS_WORKDAY : PERHAPS_WEEKEND;
    return weekday ? WORKDAY : WEEKEND;
  }

  /** True outside the known span, see {@link DayKind.provisional}. */
  isProvisional(number: number): boolean {
    return number < this.firstKnown || number > this.lastKnown;
  }

  /** Working days after day `from` up to and including day `to`; negative when `to` is before `from`. */
  workingDaysAfter(from: number, to: number): number {
    return this.workingDaysUpTo(to) - this.workingDaysUpTo(from);
  }

  private workingDaysUpTo(number: number): number {
    let low = 0;
    let high = this.shifts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.shifts[middle] ?? Infinity) <= number) low = middle + 1;
      else high = middle;
    }
    return weekdaysUpTo(number) + (low === 0 ? 0 : (this.shiftSums[low - 1] ?? 0));
  }

  private kindOfSpecial(number: number, working: boolean, name: string | null): DayKind {
    const weekday = weekdayOf(number) < 5;
    const reason = working ? (weekday ? 'workday' : 'make-up-workday') : 'holiday';
    return Object.freeze({ working, reason, name, provisional: this.isProvisional(number) });
  }
}

/** Days after day `from` up to and including day `to`, in the unit of a limit. Numbers as of {@link numberOfDay}. */
export function countDays(calendar: WorkingCalendar, unit: DayUnit, from: number, to: number): number {
  return unit === 'calendar-day' ? to - from : calendar.workingDaysAfter(from, to);
}

/** The same by day. @throws RangeError if there is no such day. */
export function daysBetween(calendar: WorkingCalendar, unit: DayUnit, from: Day, to: Day): number {
  return countDays(calendar, unit, numberOfDay(from), numberOfDay(to));
}

/** @throws RangeError if `days` is not a whole number of days, zero or more. */
export function assertDays(days: number): void {
  if (!Number.isSafeInteger(days) || days < 0) throw new RangeError(`not a number of days: ${days}`);
}

/**
 * The day on which a term of `days` ends that began on `day`; that first day is not counted (民法典 Art. 201). A term of
 * 0 days ends on its first day (当日办结). What becomes of an end on a day of rest is said by the limit, see `StatutoryClock.dueNumber`.
 *
 * @throws RangeError if there is no such day, or `days` is negative or not whole.
 */
export function addDays(calendar: WorkingCalendar, day: Day, days: number, unit: DayUnit): Day {
  return dayOfNumber(addDaysToNumber(calendar, numberOfDay(day), days, unit));
}

/** The same by number of the day, see {@link numberOfDay}. @throws RangeError if `days` is negative or not whole. */
export function addDaysToNumber(
  calendar: WorkingCalendar,
  from: number,
  days: number,
  unit: DayUnit,
): number {
  assertDays(days);
  let number = from;
  // A jump by what is missing never passes the end, since no span holds more working days than days.
  for (let missing = days; missing > 0;) {
    const next = number + missing;
    missing -= countDays(calendar, unit, number, next);
    number = next;
  }
  return number;
}

/** The `days`-th working day after `day`; with 0 the day itself, worked or not. Throws as {@link addDays}. */
export function addWorkingDays(calendar: WorkingCalendar, day: Day, days: number): Day {
  return addDays(calendar, day, days, 'working-day');
}

/**
 * Working days after `from` up to and including `to`; negative when `to` is before `from`.
 *
 * @throws RangeError if there is no such day.
 */
export function workingDaysBetween(calendar: WorkingCalendar, from: Day, to: Day): number {
  return calendar.workingDaysAfter(numberOfDay(from), numberOfDay(to));
}

/** The next day that is worked after `number`. */
export function nextWorkingDay(calendar: WorkingCalendar, number: number): number {
  let next = number + 1;
  while (!calendar.kindOfNumber(next).working) next++;
  return next;
}

/** The day `number` itself, or the next one that is worked where it is not. */
export function workingDayFrom(calendar: WorkingCalendar, number: number): number {
  return calendar.kindOfNumber(number).working ? number : nextWorkingDay(calendar, number);
}

/** The last day of a term of months; one on which nobody works moves to the next working day (民法典 Art. 202, 203(1)). */
export function monthsAfter(calendar: WorkingCalendar, day: Day, months: number): Day {
  return dayOfNumber(workingDayFrom(calendar, numberOfDay(addMonths(day, months))));
}

/** A calendar from its special days alone, for tests and other countries. Default: weekends only, known forever. */
export function calendarOf(
  table: {
    readonly version?: string;
    /** Names by day. */
    readonly holidays?: Readonly<Record<Day, string>>;
    readonly makeUpDays?: Readonly<Record<Day, string>>;
    readonly knownFrom?: Day;
    readonly knownUntil?: Day;
  } = {},
): WorkingCalendar {
  const special = (days: Readonly<Record<Day, string>>, working: boolean): SpecialDay[] =>
    Object.entries(days).map(([day, name]) => ({ day, working, name }));
  return new WorkingCalendar({
    version: table.version ?? 'plain',
    knownFrom: table.knownFrom ?? '0000-01-01',
    knownUntil: table.knownUntil ?? '9999-12-31',
    days: [...special(table.holidays ?? {}, false), ...special(table.makeUpDays ?? {}, true)],
  });
}
