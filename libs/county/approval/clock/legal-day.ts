const DAY_MS = 86_400_000;

/**
 * The legal day (Asia/Shanghai, UTC+8 all year) of an ISO instant in UTC with milliseconds, as YYYY-MM-DD: what
 * `dayOf` of the calendar says, without parsing, since a projection asks it several times an event.
 */
export function legalDay(instant: string): string {
  const day = instant.slice(0, 10);
  // From 16:00 UTC on it is already the next day.
  if (instant.slice(11, 13) < '16') return day;
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The last legal day of a term that ends at an instant: midnight belongs to the day it ends (民法典 Art. 203). */
export function legalDayBefore(end: string): string {
  return end.endsWith('T16:00:00.000Z') ? end.slice(0, 10) : legalDay(end);
}
