import { lastDayOf, dayOf } from '#libs/law/calendar';
import { type DueDates } from '../core/terms.js';
import { type Counts } from './handling-time.js';

/** The due date of an application without one, so that it comes last in a list by due date. */
export const NO_DUE_DATE = '9999-12-31T00:00:00.000Z';

/** Legal days of a term: its last one, and the one on which its lamp turns yellow. */
export type DeadlineDays = { readonly last: string; readonly yellow: string };

/**
 * Null if there is no term (neither promised nor, failing that, statutory), unless the lamp turns yellow for another
 * reason: then the term ends with the calendar.
 */
export function deadlineDays(due: DueDates): DeadlineDays | null {
  const end = due.promised ?? due.statutory ?? (due.yellow === null ? null : NO_DUE_DATE);
  if (end === null) return null;
  const last = lastDayOf(end);
  const yellow = due.yellow === null ? last : dayOf(due.yellow);
  return { last, yellow: yellow < last ? yellow : last };
}

/** The counters in which an open application stands: `open`, and with a term `due:{last day}` and `yellow:{day}`. */
export function openCounters({ deadline }: { readonly deadline: DeadlineDays | null }): readonly string[] {
  return deadline === null ? ['open'] : ['open', `due:${deadline.last}`, `yellow:${deadline.yellow}`];
}

/** Open applications by lamp. Those without a term are green. */
export type Lamps = { readonly green: number; readonly yellow: number; readonly red: number };

/**
 * The lamps at an instant, from counters of open applications. Counted by legal day: an application is red from the day after its
 * last one, and yellow from the beginning of the day on which it turns yellow.
 */
export function lampsAt(counts: Counts, now: string): Lamps {
  const today = dayOf(now);
  let red = 0;
  let notGreen = 0;
  for (const [counter, count] of Object.entries(counts)) {
    if (counter.startsWith('due:') && counter.slice(4) < today) red += count;
    if (counter.startsWith('yellow:') && counter.slice(7) <= today) notGreen += count;
  }
  return { green: (counts['open'] ?? 0) - notGreen, yellow: notGreen - red, red };
}
