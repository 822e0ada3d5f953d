/**
 * A legal day, `YYYY-MM-DD` in Asia/Shanghai. China has kept one offset, UTC+8, since 1991-09-15; older summer-time days
 * (1986–1991) are counted as UTC+8 too.
 */
export type Day = string;

/** An instant, ISO 8601 with a zone; what this library returns is UTC with milliseconds. */
export type Instant = string;

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
const MINUTES_A_DAY = 1440;

export const OFFSET_MS = 8 * 60 * MINUTE_MS;
const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;
const ZONED = /T.*(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds since the epoch.
 *
 * @throws RangeError if `instant` is not a date and time with a zone: without one it would mean another instant on
 * each machine.
 */
export function millisecondsOf(instant: Instant): number {
  // What this system writes itself ends in Z; only for what others write the expression has to look.
  const zoned = (instant.endsWith('Z') && instant.includes('T')) || ZONED.test(instant);
  const ms = zoned ? Date.parse(instant) : NaN;
  if (Number.isNaN(ms)) throw new RangeError(`not an instant with a zone: ${instant}`);
  return ms;
}

export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString();
}

/** Whether a text names a day that exists. */
export function isDay(text: string): boolean {
  const ms = DAY_PATTERN.test(text) ? Date.parse(text) : NaN;
  // Date.parse may take 2026-02-30 for 2 March; the way back shows it.
  return !Number.isNaN(ms) && dayOfNumber(ms / DAY_MS) === text;
}

/**
 * Number of a day, 1970-01-01 = 0, so that days can be added and compared.
 *
 * @throws RangeError if there is no such day.
 */
export function numberOfDay(day: Day): number {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
  return Date.parse(day) / DAY_MS;
}

/** @throws RangeError outside the years 0000 to 9999, which have no `YYYY-MM-DD`. */
export function dayOfNumber(number: number): Day {
  const day = new Date(number * DAY_MS).toISOString().slice(0, 10);
  if (!DAY_PATTERN.test(day)) throw new RangeError(`day ${number} is outside the years 0000 to 9999`);
  return day;
}

/** Number of the legal day on which an instant lies, see {@link numberOfDay}. */
export function dayNumberAt(instant: Instant): number {
  return Math.floor((millisecondsOf(instant) + OFFSET_MS) / DAY_MS);
}

/** Number of the last day of a term that ends at an instant: midnight belongs to the day it ends, see {@link endOfDay}. */
export function lastDayNumber(end: Instant): number {
  return Math.floor((millisecondsOf(end) - 1 + OFFSET_MS) / DAY_MS);
}

/** First instant of a day given by its number. */
export function startOfDayNumber(number: number): Instant {
  return instantOf(number * DAY_MS - OFFSET_MS);
}

/** The legal day on which an instant lies. */
export function dayOf(instant: Instant): Day {
  return dayOfNumber(dayNumberAt(instant));
}

/** The last legal day of a term that ends at an instant, see {@link lastDayNumber}. */
export function lastDayOf(end: Instant): Day {
  return dayOfNumber(lastDayNumber(end));
}

/** First instant of a day. */
export function startOfDay(day: Day): Instant {
  return startOfDayNumber(numberOfDay(day));
}

/**
 * 24:00 of a day, which is the first instant of the next: a term ends there (民法典 Art. 203(2), first half). Its second half
 * has it end when business ends, where there are business hours: it is applied to what is handed in at a counter, see
 * `effectiveReceipt`. Whether it also shortens the terms of the organ itself no text says (未核实); they run until 24:00.
 */
export function endOfDay(day: Day): Instant {
  return startOfDayNumber(numberOfDay(day) + 1);
}

/** Legal day and minute within it (0–1439) of an instant; seconds are dropped. */
export function wallClockAt(instant: Instant): { readonly day: number; readonly minute: number } {
  const minutes = Math.floor((millisecondsOf(instant) + OFFSET_MS) / MINUTE_MS);
  const day = Math.floor(minutes / MINUTES_A_DAY);
  return { day, minute: minutes - day * MINUTES_A_DAY };
}

/** The day of the same number `months` later, or the last day of that month if it has no such day (民法典 Art. 202). */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const first = numberOfDay(day) - date + 1;
  const target = new Date(first * DAY_MS);
  target.setUTCFullYear(year, month - 1 + months, 1);
  const end = new Date(target);
  end.setUTCMonth(end.getUTCMonth() + 1, 0);
  return dayOfNumber(target.getTime() / DAY_MS + Math.min(date, end.getUTCDate()) - 1);
}
