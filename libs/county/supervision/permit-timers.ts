import {
  type Application,
  isAnnounced,
  lastDayOfUse,
  later,
  permitEndTimers,
  renewalRule,
  type Timer,
  worksTimers,
} from '#libs/county/approval';
import { matterOfApplication } from '#libs/county/project';
import { type Day, dayOfNumber, numberOfDay, startOfDay, type WorkingCalendar } from '#libs/law/calendar';
import { type PermitTerms } from './permit-terms.js';

/** Days between the notice and the last day to apply, where a law asks for an earlier application than others. */
const DAYS_TO_APPLY = 15;

type PermitTimer = Extract<Timer, { name: 'permit' }>;

/** Ends of a delivered permit of which its holder has not been notified yet. */
export function permitTimers(
  state: Application,
  calendar: WorkingCalendar,
  policy: PermitTerms,
): readonly Timer[] {
  if (state.at !== 'delivered' || state.outcome !== 'granted' || state.lapsedOn) return [];
  const ends = [...validityEnd(state, policy), ...endOfUse(state, calendar, policy)];
  return [
    ...permitEndTimers(calendar, state),
    ...worksTimers(state),
    ...ends
      .filter((end) => !isAnnounced(state, end))
      .map(({ from, ...end }) => ({
        name: 'permit' as const,
        ...end,
        since: state.since,
        at: later(state.since, startOfDay(from)),
      })),
  ];
}

/** An end, and the day from which on its holder is notified. */
type End = Pick<PermitTimer, 'cause' | 'lastDay' | 'article'> & { readonly from: Day };

/** Told so early that the holder can still apply for the renewal in time. */
function validityEnd(state: Application, { renewalNoticeDays }: PermitTerms): readonly End[] {
  const { validUntil: lastDay } = state;
  if (lastDay === undefined) return [];
  const { applyDaysBefore, article } = renewalRule(state);
  const days = Math.max(renewalNoticeDays, applyDaysBefore + DAYS_TO_APPLY);
  return [{ cause: 'validity', lastDay, article, from: dayOfNumber(numberOfDay(lastDay) - days) }];
}

/** Applications of before do not carry the rule: for them the policy has it. */
function endOfUse(
  state: Application,
  calendar: WorkingCalendar,
  { noticeWorkingDays, useWithin }: PermitTerms,
): readonly End[] {
  const matter = matterOfApplication(state.application);
  const rule = state.terms.use ?? useWithin.find((one) => one.matter === matter);
  if (rule === undefined || state.usedOn !== undefined) return [];
  const lastDay = lastDayOfUse(calendar, state, rule.months);
  const from = workingDaysBefore(calendar, lastDay, noticeWorkingDays);
  return [{ cause: 'use', lastDay, article: rule.article, from }];
}

/** The latest day from which on `days` working days are left, the last day included. */
function workingDaysBefore(calendar: WorkingCalendar, lastDay: Day, days: number): Day {
  const last = numberOfDay(lastDay);
  let number = last - days;
  while (calendar.workingDaysAfter(number, last) < days) number--;
  return dayOfNumber(number);
}
