import { ESCALATION_LEVELS_ZH } from '#libs/law/terms';
import { chineseDateOf, lastDayOf, type WorkingCalendar } from '#libs/law/calendar';
import { type ApplicationWarned } from '../clock/clock.events.js';
import { procedureDue } from '../clock/clock.acts.js';
import { materialsReceiptOf, noticeTermOf, presentDue, receiptNumber } from '../clock/due.js';
import { consultationDue } from '../consultation/consultation.acts.js';
import { desk } from '../core/attribution.js';
import { isSuspended } from '../core/clock-facts.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import { noticeRule } from '../core/kind.js';
import { ESCALATION_LEVELS } from '../core/terms.js';
import { later } from '../core/times.rules.js';
import { announceEnd, permitEndDue } from '../permit/permit.acts.js';
import { worksDue } from '../permit/works.acts.js';
import { deficiencyDue } from '../ways/deficiency.acts.js';
import { type ApplicationEvent } from './application.events.js';
import { type Application } from './application.state.js';
import { type FireTimer, type Timer } from './timers.js';

/**
 * What a timer brings about, or nothing where it is void: not due yet, or what it was computed from has changed. So a
 * timer may come twice, late, or from a read model that lags behind.
 */
export function fireTimer(
  calendar: WorkingCalendar,
  state: Application,
  { timer, meta }: FireTimer,
): readonly ApplicationEvent[] {
  if (timer.at >= meta.now || timer.at !== meta.occurredAt) return [];
  switch (timer.name) {
    case 'notice':
      return deemAccepted(calendar, state, timer.since, timer.at);
    case 'yellow':
      return warnOfTerm(state, timer.at);
    case 'procedure':
      return procedureDue(calendar, state, timer.since, meta);
    case 'step':
      return warnOfStep(state, timer);
    case 'deficiency':
      return deficiencyDue(state, timer.at);
    case 'consultation':
      return state.clock.stoppedAt === null ? consultationDue(state, meta) : [];
    case 'permit':
      return announceEnd(state, timer);
    case 'renewal':
    case 'lapse':
      return permitEndDue(calendar, state, timer);
    case 'works-report':
    case 'works-verification':
      return worksDue(state, timer);
    case 'escalation':
      return escalateOnTime(state, timer);
  }
}

/** 视为受理, where a law says so. */
function deemAccepted(
  calendar: WorkingCalendar,
  state: SubmittedApplication,
  since: string,
  at: string,
): readonly ApplicationEvent[] {
  const { terms, clock } = state;
  const rule = noticeRule(terms);
  if (state.at !== 'submitted' || rule === null || clock.materialsAt !== since) return [];
  if (noticeTermOf(clock, calendar, rule).dueAt !== at) return [];
  const acceptedAt = materialsReceiptOf(calendar, clock);
  return [
    {
      type: 'ApplicationDeemedAccepted',
      version: 1,
      data: {
        ...idOf(state),
        receiptNumber: receiptNumber(state.application, acceptedAt),
        acceptedAt,
        article: rule.article,
        due: presentDue(calendar, { ...state, clock: { ...clock, acceptedAt } }),
      },
    },
  ];
}

const runs = (state: SubmittedApplication): boolean =>
  state.clock.stoppedAt === null && !isSuspended(state.clock);

function warnOfTerm(state: SubmittedApplication, at: string): readonly ApplicationEvent[] {
  if (!runs(state) || state.clock.yellowTold.includes(at) || state.due.yellow !== at) return [];
  return [warning(state, { cause: 'term', step: null, since: null })];
}

function warnOfStep(state: SubmittedApplication, { step, since }: Extract<Timer, { name: 'step' }>) {
  const running = state.clock.step;
  if (running?.name !== step || running.since !== since || running.warned) return [];
  return [warning(state, { cause: 'step', step, since })];
}

/** The warning goes to the holder of the application or, while that is the applicant, to the department's reviewer or desk. */
function warning(
  state: SubmittedApplication,
  what: Pick<ApplicationWarned['data'], 'cause' | 'step' | 'since'>,
): ApplicationWarned {
  const { holder, department, due } = state;
  const to = holder?.party === 'department' ? holder : (state.reviewer ?? desk(department));
  return { type: 'ApplicationWarned', version: 1, data: { ...idOf(state), ...what, to, due } };
}

/** A promise as short as the term of the notice is over when an application is deemed accepted: one fault, and the ladder names it. */
const firstCause = ({ clock }: SubmittedApplication): string =>
  clock.isDeemed ? '红灯：未在法定期限内一次告知，自收到之日起视为受理，' : '红灯：';

function escalateOnTime(
  state: SubmittedApplication,
  { level, since }: Extract<Timer, { name: 'escalation' }>,
): readonly ApplicationEvent[] {
  const { promised } = state.due;
  const next = ESCALATION_LEVELS[state.level === null ? 0 : ESCALATION_LEVELS.indexOf(state.level) + 1];
  if (!runs(state) || promised === null || level !== next) return [];
  if (since !== later(promised, state.clock.levelAt ?? promised)) return [];
  const before =
    state.level === null ? firstCause(state) : `提级至${ESCALATION_LEVELS_ZH[state.level]}后仍未办结，`;
  const reason = `${before}承诺时限已于${chineseDateOf(lastDayOf(promised))}届满`;
  return [
    { type: 'ApplicationEscalated', version: 1, data: { ...idOf(state), level, from: state.level, reason } },
  ];
}
