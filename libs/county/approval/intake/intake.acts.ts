import { defined } from '#libs/engine/event-sourcing';
import { type WorkingCalendar } from '#libs/law/calendar';
import { REMEDIES } from '#libs/law/citations';
import { applicationDueDates, presentDue, receiptNumber, receiptOf } from '../clock/due.js';
import { type ConsultationRequested } from '../consultation/consultation.events.js';
import { consultationRequested } from '../consultation/consultation.acts.js';
import { applicantHolds, desk, effectiveAt, passTo, reviewing } from '../core/attribution.js';
import { type Decide } from '../core/deciding.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import { reasonsAreOwed } from '../core/reasons.rules.js';
import {
  type AcceptApplication,
  type CounterFacts,
  type IntakeCommand,
  type Opening,
  type RefuseAcceptance,
  type RequestSupplement,
  type SubmissionFacts,
  type SubmitApplication,
  type SubmitSupplement,
} from './intake.commands.js';
import {
  type AcceptanceRefused,
  type ApplicationAccepted,
  type ApplicationResubmitted,
  type ApplicationSubmitted,
  type IntakeEvent,
  type SupplementRequested,
  type SupplementSubmitted,
} from './intake.events.js';
import { type AcceptanceRefusalFacts, acceptanceRefusalMustHaveGround } from './acceptance-refusal.rules.js';
import { keyMaterialsMustBeThere } from './material.rules.js';
import { openingMustFit } from './intake.rules.js';

/** Where a whole stage is submitted, the application of its lead asks the other departments in the same breath. */
export function submit(
  calendar: WorkingCalendar,
  command: SubmitApplication,
  opening: Opening,
  { consult, counter }: Pick<SubmissionFacts, 'consult' | 'counter'>,
): readonly (ApplicationSubmitted | ConsultationRequested)[] {
  const { id, meta } = command;
  const promisedEnd = command.promisedEnd ?? null;
  openingMustFit(id, opening, promisedEnd, meta);
  const holder = desk(opening.department);
  const submitted: ApplicationSubmitted = {
    type: 'ApplicationSubmitted',
    version: 1,
    data: {
      application: id,
      ...opening,
      channel: command.channel ?? null,
      ...defined({ counter }),
      materials: command.materials ?? [],
      promisedEnd,
      due: applicationDueDates(calendar, opening.terms, promisedEnd, {
        receivedAt: receiptOf(calendar, { receivedAt: meta.occurredAt, ...defined({ counter }) }),
        acceptedAt: null,
      }),
      custody: { ended: null, holder },
    },
  };
  if (consult === undefined) return [submitted];
  const asked = { round: 1, at: meta.occurredAt, custody: { ended: null, holder } };
  const of = { application: id, project: opening.project };
  return [submitted, consultationRequested(calendar, of, consult, asked)];
}

/** What the applicant hands in after a notice goes back to the desk; after a return, to the reviewer. */
function supplementOrResubmit(
  state: SubmittedApplication,
  command: SubmitApplication | SubmitSupplement,
  { counter }: CounterFacts,
): SupplementSubmitted | ApplicationResubmitted {
  const materials = command.materials ?? [];
  return state.at === 'returned'
    ? {
        type: 'ApplicationResubmitted',
        version: 1,
        data: { ...idOf(state), materials, custody: passTo(state, command.meta, reviewing(state)) },
      }
    : {
        type: 'SupplementSubmitted',
        version: 1,
        data: {
          ...idOf(state),
          materials,
          ...defined({ counter }),
          custody: passTo(state, command.meta, desk(state.department)),
        },
      };
}

function requestSupplement(state: SubmittedApplication, command: RequestSupplement): SupplementRequested {
  return {
    type: 'SupplementRequested',
    version: 1,
    data: {
      ...idOf(state),
      items: command.items.map(({ material, reason }) => ({ material, reason })),
      round: state.supplementRounds + 1,
      custody: passTo(state, command.meta, applicantHolds(state.applicant)),
    },
  };
}

export function accept(
  calendar: WorkingCalendar,
  state: SubmittedApplication,
  { note, meta }: Pick<AcceptApplication, 'note' | 'meta'>,
): ApplicationAccepted {
  const acceptedAt = effectiveAt(state, meta);
  return {
    type: 'ApplicationAccepted',
    version: 1,
    data: {
      ...idOf(state),
      receiptNumber: receiptNumber(state.application, acceptedAt),
      note: note ?? null,
      due: presentDue(calendar, { ...state, clock: { ...state.clock, acceptedAt } }),
      custody: passTo(state, meta, desk(state.department)),
    },
  };
}

function refuseAcceptance(
  state: SubmittedApplication,
  command: RefuseAcceptance,
  facts: AcceptanceRefusalFacts,
): AcceptanceRefused {
  const { reason, remedies, organ = null, meta } = command;
  reasonsAreOwed(command);
  const article = acceptanceRefusalMustHaveGround(state, command, facts);
  return {
    type: 'AcceptanceRefused',
    version: 1,
    data: {
      ...idOf(state),
      article,
      reason,
      remedies: remedies ?? REMEDIES,
      ...(organ !== null && { organ }),
      custody: passTo(state, meta, null),
    },
  };
}

export const INTAKE_DECISIONS: Decide<IntakeCommand, IntakeEvent> = {
  SubmitApplication: (state, command, _, facts) => [supplementOrResubmit(state, command, facts)],
  SubmitSupplement: (state, command, _, facts) => [supplementOrResubmit(state, command, facts)],
  RequestSupplement: (state, command) => [requestSupplement(state, command)],
  AcceptApplication: (state, command, calendar, { listed }) => {
    keyMaterialsMustBeThere(state, listed, command.meta);
    return [accept(calendar, state, command)];
  },
  RefuseAcceptance: (state, command, _, facts) => [refuseAcceptance(state, command, facts)],
};
