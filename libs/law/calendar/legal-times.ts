import { endOfDay, isDay, startOfDay } from './day.js';

/** Days of other centuries are slips of the pen, and what computes with them runs forever. */
export const FIRST_DAY = '1900-01-01';
export const LAST_DAY = '2199-12-31';

/** Whether it is a day of the calendar, YYYY-MM-DD, from 1900 to 2199. */
export function isLegalDay(value: unknown): value is string {
  return typeof value === 'string' && value.length === 10 && isDay(value) && isWithinYears(value);
}

function isWithinYears(value: string): boolean {
  return value >= FIRST_DAY && value <= LAST_DAY;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const EARLIEST = startOfDay(FIRST_DAY);
const LATEST = endOfDay(LAST_DAY);

/** An instant with a zone, in UTC with milliseconds; null if the text is not an instant, or is outside 1900 to 2199. */
export function instantIn(value: string): string | null {
  // Date.parse takes 30 February for 2 March.
  const milliseconds = INSTANT.test(value) && isLegalDay(value.slice(0, 10)) ? Date.parse(value) : NaN;
  if (Number.isNaN(milliseconds)) return null;
  const instant = new Date(milliseconds).toISOString();
  return instant >= EARLIEST && instant < LATEST ? instant : null;
}
