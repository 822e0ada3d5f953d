import { type ApplicationDocument } from '#libs/approval';
import { startClock, StatutoryClock, type WorkingCalendar } from '#libs/calendar';

type Clocked = Pick<
  ApplicationDocument,
  'acceptedAt' | 'submittedAt' | 'endedAt' | 'suspensions' | 'extensions'
>;

/**
 * Working days that a case has used by an instant, as its clock counts them: from acceptance, before it from receipt, up to
 * its end, without what suspensions exclude (行政许可法 Art. 45).
 */
export function daysUsed(
  { acceptedAt, submittedAt, endedAt, suspensions, extensions }: Clocked,
  calendar: WorkingCalendar,
  at: string,
): number {
  const limit = {
    days: 0,
    unit: 'working-day',
    start: acceptedAt === null ? 'receipt' : 'acceptance',
  } as const;
  const ledger = startClock(limit, acceptedAt ?? submittedAt);
  return new StatutoryClock({ ...ledger, suspensions, extensions, stoppedAt: endedAt }, calendar).daysUsed(
    at,
  );
}
