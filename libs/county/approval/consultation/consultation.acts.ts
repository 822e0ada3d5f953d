import { type CommandMeta } from '#libs/engine/event-sourcing';
import {
  addWorkingDays,
  dayOf,
  endOfDay,
  type WorkingCalendar,
  workingDaysBetween,
} from '#libs/law/calendar';
import { BETWEEN_DEPARTMENTS, effectiveAt, passTo, reviewing } from '../core/attribution.js';
import { type Decide } from '../core/deciding.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import { type Custody } from '../core/holder.js';
import { type Ways } from '../core/varied-rules.js';
import {
  type AnswerConsultation,
  type Asked,
  type CloseConsultation,
  type ConsultationCommand,
  type ConsultationFacts,
  type RequestConsultation,
} from './consultation.commands.js';
import {
  type ConsultationAnswered,
  type ConsultationEvent,
  type ConsultationOverdue,
  type ConsultationRequested,
} from './consultation.events.js';
import {
  consultationMustBeOver,
  consultationMustBeOverdue,
  departmentsMustBeOthers,
  mustBeConsulted,
  opinionMustBeOutstanding,
  opinionsMustBeIn,
} from './consultation.rules.js';
import { type Consultation, openConsultation, type WithConsultation } from './consultation.state.js';

type Consulting = SubmittedApplication & WithConsultation & Ways;

/** The event of asking; `custody` is its change of custody. */
export function consultationRequested(
  calendar: WorkingCalendar,
  id: ReturnType<typeof idOf>,
  { days, departments, ...asked }: Asked,
  { round, at, custody }: { readonly round: number; readonly at: string; readonly custody: Custody },
): ConsultationRequested {
  const answerBy = endOfDay(addWorkingDays(calendar, dayOf(at), days));
  return {
    type: 'ConsultationRequested',
    version: 1,
    data: { ...id, round, departments: [...departments], ...asked, answerBy, custody },
  };
}

function requestConsultation(
  calendar: WorkingCalendar,
  state: Consulting,
  command: RequestConsultation,
  { unknown }: ConsultationFacts,
): ConsultationRequested {
  const { departments, question, days, article = null, silenceRule = null, meta } = command;
  departmentsMustBeOthers(state, departments, unknown);
  consultationMustBeOver(state);
  return consultationRequested(
    calendar,
    idOf(state),
    { departments, question, days, article, silenceRule },
    {
      round: (state.consultation?.round ?? 0) + 1,
      at: meta.occurredAt,
      custody: passTo(state, meta, BETWEEN_DEPARTMENTS),
    },
  );
}

/** The lead gets the application back, if it was the departments' turn; otherwise it stays where it is. */
function backToLead(state: Consulting, meta: CommandMeta): Custody {
  return state.holder?.party === 'inter-department'
    ? passTo(state, meta, reviewing(state))
    : { ended: null, holder: state.holder };
}

function answerConsultation(
  calendar: WorkingCalendar,
  state: Consulting,
  { agrees, opinion, meta }: AnswerConsultation,
): ConsultationAnswered {
  const { consultation, department } = mustBeConsulted(state, meta);
  opinionMustBeOutstanding(state, consultation, department);
  const { round, requestedAt, answerBy } = consultation;
  const outstanding = consultation.outstanding.filter((one) => one !== department);
  return {
    type: 'ConsultationAnswered',
    version: 1,
    data: {
      ...idOf(state),
      round,
      department,
      agrees,
      opinion,
      late: meta.occurredAt > answerBy,
      workingDays: workingDaysBetween(calendar, dayOf(requestedAt), dayOf(meta.occurredAt)),
      outstanding,
      custody: outstanding.length === 0 ? backToLead(state, meta) : { ended: null, holder: state.holder },
    },
  };
}

function overdue(
  state: Consulting,
  meta: CommandMeta,
  { round, outstanding, answerBy, silenceRule }: Consultation,
): ConsultationOverdue {
  return {
    type: 'ConsultationOverdue',
    version: 1,
    data: {
      ...idOf(state),
      round,
      departments: outstanding,
      answerBy,
      takenAs: silenceRule === null ? null : 'no-objection',
      silenceRule,
      custody: backToLead(state, meta),
    },
  };
}

function closeConsultation(state: Consulting, { meta }: CloseConsultation): ConsultationOverdue {
  return overdue(state, meta, consultationMustBeOverdue(state, meta.occurredAt));
}

/** The deadline of a consultation by itself; nothing if it is over or another one is open. */
export function consultationDue(state: Consulting, meta: CommandMeta): readonly ConsultationOverdue[] {
  const open = openConsultation(state);
  return open?.answerBy === meta.occurredAt ? [overdue(state, meta, open)] : [];
}

/** Decides once the opinions are in; if only their deadline has passed, the silent departments are recorded first. */
export function afterOpinions<State extends Consulting, Event>(
  state: State,
  meta: CommandMeta,
  decide: (state: State) => Event,
): readonly (Event | ConsultationOverdue)[] {
  opinionsMustBeIn(state, meta.occurredAt);
  const open = openConsultation(state);
  if (open === null || meta.occurredAt <= open.answerBy) return [decide(state)];
  const silent = overdue(state, meta, open);
  const { holder, ended } = silent.data.custody;
  return [
    silent,
    decide({ ...state, holder, since: ended === null ? state.since : effectiveAt(state, meta) }),
  ];
}

export const CONSULTATION_DECISIONS: Decide<ConsultationCommand, ConsultationEvent, Consulting> = {
  RequestConsultation: (state, command, calendar, facts) => [
    requestConsultation(calendar, state, command, facts),
  ],
  AnswerConsultation: (state, command, calendar) => [answerConsultation(calendar, state, command)],
  CloseConsultation: (state, command) => [closeConsultation(state, command)],
};
