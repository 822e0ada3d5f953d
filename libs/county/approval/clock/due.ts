import {
  type ClockLedger,
  dayOf,
  dueDates as clockDueDates,
  type Instant,
  startOfDay,
  type Suspension,
  type WorkingCalendar,
} from '#libs/law/calendar';
import { type ApplicationFacts } from '../core/facts.js';
import { type DueDates, type Terms } from '../core/terms.js';

/**
 * Due dates of an application: null for a limit that starts with acceptance, until then. An end promised by an imported log
 * replaces the computed one from the start, and its yellow begins with its own day.
 */
export function applicationDueDates(
  calendar: WorkingCalendar,
  { statutory, promised }: Terms,
  promisedEnd: Instant | null,
  times: { readonly receivedAt: Instant; readonly acceptedAt: Instant | null },
  ledger: Partial<Pick<ClockLedger, 'suspensions' | 'extensions'>> & {
    readonly supplementPeriod?: Suspension;
  } = {},
): DueDates {
  const { extensions = [] } = ledger;
  const suspensions = excluded(ledger);
  const due = clockDueDates({ calendar, statutory, promised, ...times, suspensions, extensions });
  if (promisedEnd === null) return due;
  return { ...due, promised: promisedEnd, yellow: startOfDay(dayOf(promisedEnd)) };
}

/** All time that does not count. */
export const excluded = ({
  suspensions = [],
  supplementPeriod,
}: {
  readonly suspensions?: readonly Suspension[];
  readonly supplementPeriod?: Suspension;
}): readonly Suspension[] =>
  supplementPeriod === undefined ? suspensions : [supplementPeriod, ...suspensions];

/** What the due dates of an application follow from, in addition to the calendar. */
type Ledger = Pick<ApplicationFacts, 'terms' | 'promisedEnd' | 'receivedAt' | 'clock'>;

/** Due dates of an application under a calendar, from its ledger: what was stored was derived with the calendar of its day. */
export function presentDue(
  calendar: WorkingCalendar,
  { terms, promisedEnd, receivedAt, clock }: Ledger,
): DueDates {
  return applicationDueDates(
    calendar,
    terms,
    promisedEnd,
    { receivedAt, acceptedAt: clock.acceptedAt },
    clock,
  );
}

/** Number of the dated receipt (受理通知书): the legal day of acceptance and the application, so that it needs no counter. */
export const receiptNumber = (application: string, acceptedAt: Instant): string =>
  `SL${dayOf(acceptedAt).replaceAll('-', '')}-${application}`;
