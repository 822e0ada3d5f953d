import {
  type Day,
  dayOf,
  type DayUnit,
  lastDayOf,
  millisecondsOf,
  StatutoryClock,
  startClock,
  workingDaysBetween,
  type WorkingCalendar,
} from '#libs/law/calendar';
import { excluded, noticeTermOf, submissionOf } from '../clock/due.js';
import { noticeRule } from '../core/kind.js';
import { type ApplicationDocument } from './application.document.js';

/** 剩余天数: of the promised term (承诺时限) where there is one, else of the statutory term (法定时限). */
export type DaysLeft = {
  /** 0 on the last day, negative after it: 逾期. While the clock is suspended it stays what it was. */
  readonly days: number;
  readonly unit: DayUnit;
  readonly kind: 'promised' | 'statutory';
};

type Clocked = Pick<
  ApplicationDocument,
  | 'open'
  | 'terms'
  | 'promisedEnd'
  | 'acceptedAt'
  | 'submittedAt'
  | 'counter'
  | 'suspensions'
  | 'supplementPeriod'
  | 'extensions'
>;

/** Null for an application that is over, without a term, or whose term has not begun. */
export function daysLeft(document: Clocked, calendar: WorkingCalendar, now: string): DaysLeft | null {
  const { open, terms, promisedEnd, acceptedAt, extensions } = document;
  if (!open) return null;
  if (promisedEnd !== null) return untilPromisedEnd(promisedEnd, calendar, now);
  const limit = terms.promised ?? terms.statutory;
  const start = limit?.start === 'receipt' ? submissionOf(calendar, document) : acceptedAt;
  if (limit === null || start === null) return null;
  const ledger = { ...startClock(limit, start), suspensions: excluded(document), extensions };
  const days = new StatutoryClock(ledger, calendar).daysLeft(now);
  return { days, unit: limit.unit, kind: terms.promised === null ? 'statutory' : 'promised' };
}

/** An imported log may promise an end without saying how it was counted: what is left is in working days. */
function untilPromisedEnd(promisedEnd: string, calendar: WorkingCalendar, now: string): DaysLeft {
  const [today, last] = [dayOf(now), lastDayOf(promisedEnd)];
  const inTime = millisecondsOf(now) <= millisecondsOf(promisedEnd);
  const days = workingDaysBetween(calendar, today, last);
  return { days: inTime ? Math.max(0, days) : days, unit: 'working-day', kind: 'promised' };
}

/**
 * The last legal day on which an application may be accepted, or everything that is missing be asked for, before the law accepts
 * it (视为受理, 行政许可法 Art. 32(4)). Null where no law says so, once it was accepted or returned, and while departments
 * dispute whose it is.
 */
export function acceptBy(document: ApplicationDocument, calendar: WorkingCalendar): Day | null {
  if (document.stage !== 'submitted' || document.dispute !== undefined) return null;
  const by = noticeDueAt(document, calendar);
  return by === null ? null : lastDayOf(by);
}

/** The end of the term of the one-time notice; null where none runs: an imported end replaces all that is computed. */
export function noticeDueAt(document: ApplicationDocument, calendar: WorkingCalendar): string | null {
  const { terms, promisedEnd } = document;
  const rule = promisedEnd === null ? noticeRule(terms) : null;
  return rule && noticeTermOf(document, calendar, rule).dueAt;
}
