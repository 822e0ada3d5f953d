import { type ApplicationDocument, excluded, submissionOf } from '#libs/county/approval';
import { startClock, StatutoryClock, type WorkingCalendar } from '#libs/law/calendar';

type Clocked = Pick<
  ApplicationDocument,
  'acceptedAt' | 'submittedAt' | 'counter' | 'endedAt' | 'suspensions' | 'supplementPeriod' | 'extensions'
>;

/**
 * Working days that an application has used by an instant, as its clock counts them: from acceptance, before it from receipt, up to
 * its end, without what suspensions exclude (行政许可法 Art. 45), nor the time in which the applicant completed the materials.
 */
export function daysUsed(document: Clocked, calendar: WorkingCalendar, at: string): number {
  const { acceptedAt, endedAt, extensions } = document;
  const suspensions = excluded(document);
  const limit = {
    days: 0,
    unit: 'working-day',
    start: acceptedAt === null ? 'receipt' : 'acceptance',
  } as const;
  const ledger = startClock(limit, acceptedAt ?? submissionOf(calendar, document));
  return new StatutoryClock({ ...ledger, suspensions, extensions, stoppedAt: endedAt }, calendar).daysUsed(
    at,
  );
}
