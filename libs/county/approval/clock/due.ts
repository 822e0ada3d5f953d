import {
  type ClockLedger,
  type Counter,
  dayOf,
  dueDates as clockDueDates,
  effectiveReceipt,
  type Instant,
  type NoticeTerm,
  oneTimeNotice,
  startOfDay,
  type Suspension,
  type WorkingCalendar,
} from '#libs/law/calendar';
import { type NoticeRule } from '#libs/law/catalogue';
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

/** From when the first receipt of an application counts. */
export const receiptOf = (
  calendar: WorkingCalendar,
  { receivedAt, counter }: { readonly receivedAt: Instant; readonly counter?: Counter },
): Instant => effectiveReceipt(receivedAt, calendar, counter);

/** The same of its document. */
export const submissionOf = (
  calendar: WorkingCalendar,
  { submittedAt, counter }: { readonly submittedAt: Instant; readonly counter?: Counter },
): Instant => effectiveReceipt(submittedAt, calendar, counter);

/** From when the receipt of what was handed in last counts: the term of the one-time notice runs from it. */
export const materialsReceiptOf = (
  calendar: WorkingCalendar,
  { materialsAt, materialsCounter }: { readonly materialsAt: Instant; readonly materialsCounter?: Counter },
): Instant => effectiveReceipt(materialsAt, calendar, materialsCounter);

/** The term of the one-time notice for what was handed in last. */
export function noticeTermOf(
  clock: Parameters<typeof materialsReceiptOf>[1],
  calendar: WorkingCalendar,
  rule: NoticeRule,
  at: Instant = clock.materialsAt,
): NoticeTerm {
  return oneTimeNotice(materialsReceiptOf(calendar, clock), at, calendar, rule);
}

/** What the due dates of an application follow from, in addition to the calendar. */
type Ledger = Pick<ApplicationFacts, 'terms' | 'promisedEnd' | 'receivedAt' | 'counter' | 'clock'>;

/** Due dates of an application under a calendar, from its ledger: what was stored was derived with the calendar of its day. */
export function presentDue(calendar: WorkingCalendar, ledger: Ledger): DueDates {
  const { terms, promisedEnd, clock } = ledger;
  const times = { receivedAt: receiptOf(calendar, ledger), acceptedAt: clock.acceptedAt };
  return applicationDueDates(calendar, terms, promisedEnd, times, clock);
}

/** Number of the dated receipt (受理通知书): the legal day of acceptance and the application, so that it needs no counter. */
export const receiptNumber = (application: string, acceptedAt: Instant): string =>
  `SL${dayOf(acceptedAt).replaceAll('-', '')}-${application}`;
