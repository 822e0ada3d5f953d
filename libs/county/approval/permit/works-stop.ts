import { addMonths, type Day, endOfDay, monthsAfter, type WorkingCalendar } from '#libs/law/calendar';
import { cited, construction } from '#libs/law/citations';
import { type SubmittedApplication } from '../core/facts.js';

export const STOP_ARTICLE = cited(construction(10));

const MONTHS_TO_REPORT = 1;
const MONTHS_TO_VERIFICATION = 12;

/** Works that stand still. Days are legal days. */
export type Stop = {
  readonly on: Day;
  /** Whether the developer reported it; else the organ found it. */
  readonly isReported: boolean;
  readonly reportBy: Day;
  /** That the report is missing, or that a verification is owed, was put on record. */
  readonly isFlagged?: true;
  readonly isAnnounced?: true;
  /** The day on which the permit was last verified and its conditions were met. */
  readonly verifiedOn?: Day;
};

/** Works under a permit that have stopped, or did. */
export type WithStop = {
  /** Left out before the first stop, null once the works were resumed. */
  readonly stop?: Stop | null;
  /** The day on which they were last resumed. */
  readonly resumedOn?: Day;
};

/** What time alone brings about while works stand still. `since` is the day of the stop. */
export type WorksTimer = {
  readonly name: 'works-report' | 'works-verification';
  readonly since: string;
  readonly at: string;
};

/** The last day of the month in which a stop is to be reported. */
export const lastDayToReport = (calendar: WorkingCalendar, on: Day): Day =>
  monthsAfter(calendar, on, MONTHS_TO_REPORT);

/** The last day of the year of a stop: on a later one the works are resumed only after a verification (满一年). */
export const yearOf = ({ on }: Pick<Stop, 'on'>): Day => addMonths(on, MONTHS_TO_VERIFICATION);

/** Whether on a day the permit had been verified since the year was over. */
export const isVerified = (stop: Stop, on: Day): boolean =>
  stop.verifiedOn !== undefined && stop.verifiedOn > yearOf(stop) && stop.verifiedOn <= on;

/** That a stop that was found is not reported in its month, and that a year of it is over. */
export function worksTimers({ stop }: SubmittedApplication & WithStop): readonly WorksTimer[] {
  if (!stop) return [];
  const timers: WorksTimer[] = [];
  if (!stop.isReported && !stop.isFlagged) {
    timers.push({ name: 'works-report', since: stop.on, at: endOfDay(stop.reportBy) });
  }
  if (!stop.isAnnounced) {
    timers.push({ name: 'works-verification', since: stop.on, at: endOfDay(yearOf(stop)) });
  }
  return timers;
}
