import { type Application, isAnnounced, later, type Timer } from '#libs/county/approval';
import { matterOfApplication } from '#libs/county/project';
import {
  addMonths,
  type Day,
  dayOf,
  dayOfNumber,
  type Instant,
  nextWorkingDay,
  numberOfDay,
  startOfDay,
  type WorkingCalendar,
} from '#libs/law/calendar';
import { type PermitTerms } from './permit-terms.js';

/** A renewal is applied for before the permit ends. */
const RENEWAL_ARTICLE = '行政许可法 Art. 50';

type PermitTimer = Extract<Timer, { name: 'permit' }>;

/** Ends of a delivered permit of which its holder has not been notified yet. */
export function permitTimers(
  state: Application,
  calendar: WorkingCalendar,
  { noticeWorkingDays, useWithin }: PermitTerms,
): readonly Timer[] {
  if (state.at !== 'delivered' || state.outcome !== 'granted') return [];
  const { since, validUntil, usedOn } = state;
  const ends: Pick<PermitTimer, 'cause' | 'lastDay' | 'article'>[] = [];
  if (validUntil !== undefined)
    ends.push({ cause: 'validity', lastDay: validUntil, article: RENEWAL_ARTICLE });
  const matter = matterOfApplication(state.application);
  const use = useWithin.find((one) => one.matter === matter);
  if (use !== undefined && usedOn === undefined) {
    ends.push({ cause: 'use', lastDay: lastDayOfUse(calendar, since, use.months), article: use.article });
  }
  return ends
    .filter((end) => !isAnnounced(state, end))
    .map((end) => ({
      name: 'permit',
      ...end,
      since,
      at: later(since, startOfDay(workingDaysBefore(calendar, end.lastDay, noticeWorkingDays))),
    }));
}

/** Months run from delivery; a last day that is not a working day moves to the next one (民法典 Art. 202, 203). */
function lastDayOfUse(calendar: WorkingCalendar, delivered: Instant, months: number): Day {
  const end = numberOfDay(addMonths(dayOf(delivered), months));
  return dayOfNumber(calendar.kindOfNumber(end).working ? end : nextWorkingDay(calendar, end));
}

/** The latest day from which on `days` working days are left, the last day included. */
function workingDaysBefore(calendar: WorkingCalendar, lastDay: Day, days: number): Day {
  const last = numberOfDay(lastDay);
  let number = last - days;
  while (calendar.workingDaysAfter(number, last) < days) number--;
  return dayOfNumber(number);
}
