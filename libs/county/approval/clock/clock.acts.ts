import { oneTimeNotice, type WorkingCalendar } from '#libs/law/calendar';
import { BETWEEN_DEPARTMENTS, desk, effectiveAt, passTo, reviewing } from '../core/attribution.js';
import {
  type ExtendTimeLimit,
  type FireTimer,
  type ResumeClock,
  type SendDownApplication,
  type SuspendClock,
  type Timer,
} from './clock.commands.js';
import {
  type ApplicationSentDown,
  type ApplicationWarned,
  type ClockResumed,
  type ClockSuspended,
  type SuspensionCause,
  type TimeLimitExtended,
} from './clock.events.js';
import * as rules from './clock.rules.js';
import { closed, isSuspended } from './clock.state.js';
import { presentDue, receiptNumber } from './due.js';
import { type ApplicationEvent, ESCALATION_LEVELS, type Holder } from '../application/application.events.js';
import { type Existing, later } from '../application/application.state.js';
import { consultationDue } from '../consultation/consultation.acts.js';
import { openConsultation } from '../consultation/consultation.state.js';
import { deficiencyDue } from '../ways/deficiency.acts.js';
import { legalDayBefore } from './legal-day.js';
import { announceEnd } from '../permit/permit.acts.js';

// What the acts on the clock do, and what falls due by time alone.

const idOf = ({ application, project }: Existing) => ({ application, project });

/** A procedure that the law excludes holds the case: neither the department nor the applicant. */
const procedure = ({ department }: Existing): Holder => ({
  party: 'excluded-procedure',
  department,
  post: null,
  person: null,
});

export function suspend(calendar: WorkingCalendar, state: Existing, command: SuspendClock): ClockSuspended {
  const { cause, notice, days, meta } = command;
  const article = rules.SUSPENSION_ARTICLE;
  rules.statutoryTerm(state, article);
  const from = effectiveAt(state, meta);
  const suspensions = [...state.clock.suspensions, { from, to: null, cause, article }];
  return {
    type: 'ClockSuspended',
    version: 1,
    data: {
      ...idOf(state),
      cause,
      article,
      notice,
      days,
      due: presentDue(calendar, { ...state, clock: { ...state.clock, suspensions } }),
      custody: passTo(state, meta, procedure(state)),
    },
  };
}

/** The case goes back to whoever was reviewing it, or between the departments while opinions are still awaited. */
export function resume(calendar: WorkingCalendar, state: Existing, command: ResumeClock): ClockResumed {
  rules.clockMustBeSuspended(state);
  const { result = null, meta } = command;
  const holder = openConsultation(state) === null ? reviewing(state) : BETWEEN_DEPARTMENTS;
  const suspensions = closed(state.clock.suspensions, effectiveAt(state, meta));
  return {
    type: 'ClockResumed',
    version: 1,
    data: {
      ...idOf(state),
      cause: suspensions.at(-1)?.cause as SuspensionCause,
      result,
      due: presentDue(calendar, { ...state, clock: { ...state.clock, suspensions } }),
      custody: passTo(state, meta, holder),
    },
  };
}

export function extend(
  calendar: WorkingCalendar,
  state: Existing,
  command: ExtendTimeLimit,
): TimeLimitExtended {
  const { days, reason, article: other = null, meta } = command;
  rules.extensionMustBeLawful(state, { days, article: other }, meta.occurredAt);
  const article = other ?? rules.EXTENSION_ARTICLE;
  const approvedBy = meta.actor.person;
  const extensions = [...state.clock.extensions, { days, article, by: approvedBy }];
  return {
    type: 'TimeLimitExtended',
    version: 1,
    data: {
      ...idOf(state),
      days,
      article,
      approvedBy,
      reason,
      due: presentDue(calendar, { ...state, clock: { ...state.clock, extensions } }),
    },
  };
}

export function sendDown(state: Existing, command: SendDownApplication): ApplicationSentDown {
  const { from, to } = rules.levelBelow(state, command.level);
  return {
    type: 'ApplicationSentDown',
    version: 1,
    data: { ...idOf(state), level: to, from, reason: command.reason },
  };
}

/**
 * What a timer brings about, or nothing where it is void: not due yet, or what it was computed from has changed. So a
 * timer may come twice, late, or from a read model that lags behind.
 */
export function fireTimer(
  calendar: WorkingCalendar,
  state: Existing,
  { timer, meta }: FireTimer,
): readonly ApplicationEvent[] {
  if (timer.at >= meta.now || timer.at !== meta.occurredAt) return [];
  switch (timer.name) {
    case 'notice':
      return deemAccepted(calendar, state, timer.since, timer.at);
    case 'yellow':
      return warnOfTerm(state, timer.at);
    case 'step':
      return warnOfStep(state, timer);
    case 'deficiency':
      return deficiencyDue(state, timer.at);
    case 'consultation':
      return state.clock.stoppedAt === null ? consultationDue(state, meta) : [];
    case 'permit':
      return announceEnd(state, timer);
    case 'escalation':
      return climb(state, timer);
  }
}

/** 视为受理: a matter without a statutory term is no licence, and the rule does not bind it. */
function deemAccepted(
  calendar: WorkingCalendar,
  state: Existing,
  since: string,
  at: string,
): readonly ApplicationEvent[] {
  const { terms, clock } = state;
  if (state.at !== 'submitted' || terms.statutory === null || clock.materialsAt !== since) return [];
  if (oneTimeNotice(since, since, calendar).dueAt !== at) return [];
  return [
    {
      type: 'ApplicationDeemedAccepted',
      version: 1,
      data: {
        ...idOf(state),
        receiptNumber: receiptNumber(state.application, since),
        acceptedAt: since,
        article: rules.DEEMED_ACCEPTANCE_ARTICLE,
        due: presentDue(calendar, { ...state, clock: { ...clock, acceptedAt: since } }),
      },
    },
  ];
}

const runs = (state: Existing): boolean => state.clock.stoppedAt === null && !isSuspended(state.clock);

function warnOfTerm(state: Existing, at: string): readonly ApplicationEvent[] {
  if (!runs(state) || state.clock.yellowTold.includes(at) || state.due.yellow !== at) return [];
  return [warning(state, { cause: 'term', step: null, since: null })];
}

function warnOfStep(state: Existing, { step, since }: Extract<Timer, { name: 'step' }>) {
  const running = state.clock.step;
  if (running?.name !== step || running.since !== since || running.warned) return [];
  return [warning(state, { cause: 'step', step, since })];
}

/** Told is who holds the case; while that is the applicant, the department's reviewer or desk. */
function warning(
  state: Existing,
  what: Pick<ApplicationWarned['data'], 'cause' | 'step' | 'since'>,
): ApplicationWarned {
  const { holder, department, due } = state;
  const to = holder?.party === 'department' ? holder : (state.reviewer ?? desk(department));
  return { type: 'ApplicationWarned', version: 1, data: { ...idOf(state), ...what, to, due } };
}

function climb(
  state: Existing,
  { level, since }: Extract<Timer, { name: 'escalation' }>,
): readonly ApplicationEvent[] {
  const { promised } = state.due;
  const next = ESCALATION_LEVELS[state.level === null ? 0 : ESCALATION_LEVELS.indexOf(state.level) + 1];
  if (!runs(state) || promised === null || level !== next) return [];
  if (since !== later(promised, state.clock.levelAt ?? promised)) return [];
  const reason =
    state.level === null
      ? `红灯：承诺时限已于 ${legalDayBefore(promised)} 届满`
      : `${state.level} 提级后仍未办结，承诺时限已于 ${legalDayBefore(promised)} 届满`;
  return [
    { type: 'ApplicationEscalated', version: 1, data: { ...idOf(state), level, from: state.level, reason } },
  ];
}
