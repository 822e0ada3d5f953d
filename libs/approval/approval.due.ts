import {
  dayOf,
  dueDates as clockDueDates,
  type Instant,
  startOfDay,
  type WorkingCalendar,
} from '#libs/calendar';
import { type DueDates, type Terms } from './approval.events.js';
import { type Facts } from './approval.state.js';

/**
 * Due dates of an application: null for a limit that starts with acceptance, until then. An end promised by an
 * imported log stands in place of the computed one from the start, and its yellow begins with its own day.
 */
export function dueDates(
  calendar: WorkingCalendar,
  { statutory, promised }: Terms,
  promisedEnd: Instant | null,
  times: { readonly receivedAt: Instant; readonly acceptedAt: Instant | null },
): DueDates {
  const due = clockDueDates({ calendar, statutory, promised, ...times });
  if (promisedEnd === null) return due;
  return { ...due, promised: promisedEnd, yellow: startOfDay(dayOf(promisedEnd)) };
}

/** Due dates of a case under a calendar, from its ledger: what was stored was derived with the calendar of its day. */
export function presentDue(
  calendar: WorkingCalendar,
  {
    terms,
    promisedEnd,
    receivedAt,
    acceptedAt,
  }: Pick<Facts, 'terms' | 'promisedEnd' | 'receivedAt' | 'acceptedAt'>,
): DueDates {
  return dueDates(calendar, terms, promisedEnd, { receivedAt, acceptedAt });
}

/** Number of the dated receipt (受理通知书): the legal day of acceptance and the application, so that it needs no counter. */
export const receiptNumber = (application: string, acceptedAt: Instant): string =>
  `SL${dayOf(acceptedAt).replaceAll('-', '')}-${application}`;
