import { impossible, type Recorded } from '#libs/engine/event-sourcing';
import { clockAfter, receivedClock } from '../clock/clock.state.js';
import { afterConsultation, afterSuccession } from '../consultation/consultation.state.js';
import { type Absent, type Existing, type Facts, type Undecided } from '../core/facts.js';
import { type Custody, type Holder } from '../core/holder.js';
import { later } from '../core/times.rules.js';
import { afterIssue } from '../handling/issue.state.js';
import { type ApplicationSubmitted } from '../intake/intake.events.js';
import { afterAnnouncement } from '../permit/permit.state.js';
import { afterCorrection, afterRating } from '../record/record.state.js';
import { isSignal } from '../signals/signals.events.js';
import { afterCommitment } from '../ways/commitment.state.js';
import { afterDeficiency } from '../ways/deficiency.state.js';
import { afterWay } from '../ways/ways.state.js';
import { type ApplicationEvent } from './application.events.js';
import { reviewedAfter } from './review.state.js';
import { trailAfter } from './trail.js';

/** State of one application, folded from its stream. */
export type ApplicationState = Absent | Existing;

function submitted({ data, metadata }: Recorded<ApplicationSubmitted>): Undecided {
  return {
    at: 'submitted',
    application: data.application,
    project: data.project,
    department: data.department,
    applicant: data.applicant,
    terms: data.terms,
    prerequisites: data.prerequisites,
    promisedEnd: data.promisedEnd,
    materials: [...new Set(data.materials)],
    receivedAt: metadata.occurredAt,
    due: data.due,
    holder: data.custody.holder,
    since: metadata.occurredAt,
    reviewer: null,
    supplementRounds: 0,
    returnRounds: 0,
    level: null,
    lastOccurredAt: metadata.occurredAt,
    clock: receivedClock(metadata.occurredAt),
  };
}

/** What every event with custody changes: the holder, the beginning of the running stretch, the latest time. */
function passed(state: Existing, custody: Custody, occurredAt: string) {
  return {
    holder: custody.holder,
    since: custody.ended?.to ?? state.since,
    lastOccurredAt: later(state.lastOccurredAt, occurredAt),
  };
}

const happened = (state: Existing, occurredAt: string) => ({
  lastOccurredAt: later(state.lastOccurredAt, occurredAt),
});

/** What was handed in besides what was there. */
function handedIn(state: Facts, { materials }: { readonly materials: readonly string[] }) {
  return { materials: [...new Set([...state.materials, ...materials])] };
}

/**
 * Folds one event. An event on a stream that was never submitted, or a delivery without a decision, means that the
 * log is damaged: it throws and is never skipped.
 */
export function evolve(state: ApplicationState, event: Recorded<ApplicationEvent>): ApplicationState {
  const next = fold(state, event);
  const clock = clockAfter(next, event);
  const trail = trailAfter(next.trail, event);
  const reviewedBy = reviewedAfter(state, event);
  if (clock === next.clock && trail === next.trail && reviewedBy === next.reviewedBy) return next;
  return { ...next, clock, ...(trail && { trail }), ...(reviewedBy && { reviewedBy }) };
}

function fold(state: ApplicationState, event: Recorded<ApplicationEvent>): Existing {
  if (event.type === 'ApplicationSubmitted') {
    if (state.at !== 'absent') throw new Error(`${event.stream}: ApplicationSubmitted a second time`);
    return submitted(event);
  }
  if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before ApplicationSubmitted`);
  if (isSignal(event)) return state;
  const { occurredAt } = event.metadata;
  switch (event.type) {
    case 'SupplementRequested':
      return {
        ...state,
        ...passed(state, event.data.custody, occurredAt),
        at: 'supplement-requested',
        supplementRounds: event.data.round,
      };
    case 'SupplementSubmitted':
      return {
        ...state,
        ...passed(state, event.data.custody, occurredAt),
        ...handedIn(state, event.data),
        at: 'submitted',
      };
    case 'ApplicationAccepted':
      return {
        ...state,
        ...passed(state, event.data.custody, occurredAt),
        at: 'accepted',
        due: event.data.due,
      };
    case 'AcceptanceRefused':
      return { ...state, ...passed(state, event.data.custody, occurredAt), at: 'not-accepted' };
    case 'ReviewerAssigned': {
      const { department, post, person, custody } = event.data;
      const reviewer: Holder = { party: 'department', department, post, person };
      return { ...state, ...passed(state, custody, occurredAt), reviewer };
    }
    case 'StepRecorded':
    case 'ApplicationSentBack':
      return { ...state, ...passed(state, event.data.custody, occurredAt) };
    case 'ApplicationReturned':
      return {
        ...state,
        ...passed(state, event.data.custody, occurredAt),
        at: 'returned',
        returnRounds: event.data.round,
      };
    case 'ApplicationResubmitted':
      return {
        ...state,
        ...passed(state, event.data.custody, occurredAt),
        ...handedIn(state, event.data),
        at: 'accepted',
      };
    case 'ApplicationApproved':
      return {
        ...state,
        ...passed(state, event.data.custody, occurredAt),
        at: 'decided',
        outcome: 'granted',
      };
    case 'ApplicationRefused':
      return {
        ...state,
        ...passed(state, event.data.custody, occurredAt),
        at: 'decided',
        outcome: 'refused',
      };
    case 'ApplicationWithdrawn':
      return { ...state, ...passed(state, event.data.custody, occurredAt), at: 'withdrawn' };
    case 'ApplicationTransferred': {
      const leaves = state.department !== null && state.department !== event.data.to.department;
      return {
        ...state,
        ...passed(state, event.data.custody, occurredAt),
        ...(leaves ? { department: event.data.to.department, reviewer: null } : {}),
      };
    }
    case 'ApplicationDisputed':
      return { ...state, ...passed(state, event.data.custody, occurredAt), dispute: event.data.dispute };
    case 'JurisdictionAssigned': {
      const { department, custody } = event.data;
      const { dispute: _, ...settled } = state;
      const reviewer = department === state.department ? state.reviewer : null;
      return { ...settled, ...passed(state, custody, occurredAt), department, reviewer };
    }
    case 'ApplicationTakenOver': {
      const { from, department, custody } = event.data;
      const { consultation } = state;
      return {
        ...state,
        ...passed(state, custody, occurredAt),
        ...(state.department === from ? { department, reviewer: null } : {}),
        ...(consultation && { consultation: afterSuccession(consultation, state.department, event.data) }),
      };
    }
    case 'ApplicationApplicantCorrected': {
      const { applicant, custody } = event.data;
      return { ...state, ...passed(state, custody, occurredAt), applicant };
    }
    case 'ApplicationEscalated':
      return { ...state, level: event.data.level, lastOccurredAt: later(state.lastOccurredAt, occurredAt) };
    case 'DecisionDelivered':
      if (!('outcome' in state)) throw new Error(`${event.stream}: DecisionDelivered before a decision`);
      return { ...state, ...passed(state, event.data.custody, occurredAt), at: 'delivered' };
    case 'ApplicationClosed':
      return { ...state, ...passed(state, event.data.custody, occurredAt), at: 'closed' };
    case 'ClockSuspended':
    case 'ClockResumed':
      return { ...state, ...passed(state, event.data.custody, occurredAt), due: event.data.due };
    case 'ApplicationDeemedAccepted':
      return { ...state, ...happened(state, occurredAt), at: 'accepted', due: event.data.due };
    case 'TimeLimitExtended':
      return { ...state, ...happened(state, occurredAt), due: event.data.due };
    case 'ApplicationSentDown':
      return { ...state, ...happened(state, occurredAt), level: event.data.level };
    case 'ApplicationWarned':
    case 'EscalationLevelSkipped':
      return { ...state, ...happened(state, occurredAt) };
    case 'SpecialHandlingApproved':
    case 'FastTrackGranted':
      return { ...state, ...afterWay(state, event), ...happened(state, occurredAt) };
    case 'AcceptedWithDeficiency':
      return { ...state, ...afterDeficiency(state, event) };
    case 'DeficiencyFulfilled':
      return {
        ...state,
        ...afterDeficiency(state, event),
        ...handedIn(state, event.data),
        ...happened(state, occurredAt),
      };
    case 'DeficiencyLapsed':
      return { ...state, ...afterDeficiency(state, event), ...happened(state, occurredAt) };
    case 'ConsultationRequested':
    case 'ConsultationAnswered':
    case 'ConsultationOverdue':
      return {
        ...state,
        ...passed(state, event.data.custody, occurredAt),
        ...afterConsultation(state, event),
      };
    case 'CommitmentMade':
    case 'CommitmentVerified':
    case 'CommitmentBreached':
      return { ...state, ...afterCommitment(state, event), ...happened(state, occurredAt) };
    case 'PermitIssued':
      return { ...state, validUntil: event.data.validUntil };
    case 'PermitRenewed':
      return {
        ...state,
        validUntil: event.data.validUntil,
        ...happened(state, occurredAt),
      };
    case 'PermitUsed':
      return { ...state, usedOn: event.data.on, ...happened(state, occurredAt) };
    case 'PermitEndAnnounced':
      return { ...state, ...afterAnnouncement(state, event), ...happened(state, occurredAt) };
    case 'PermitAmended':
    case 'BackEntryRecorded':
      return { ...state, ...happened(state, occurredAt) };
    case 'PermitRecalled':
      return { ...state, at: 'recalled', ...happened(state, occurredAt) };
    case 'PermitRevoked':
      return { ...state, at: 'revoked', ...happened(state, occurredAt) };
    case 'PermitCancelled':
      return { ...state, at: 'cancelled', ...happened(state, occurredAt) };
    case 'IssueRaised':
    case 'IssueOptionProposed':
    case 'IssueDecided':
      return { ...state, ...afterIssue(state, event), ...happened(state, occurredAt) };
    case 'RecordCorrected':
      return { ...state, ...afterCorrection(state, event), ...happened(state, occurredAt) };
    case 'ServiceRated':
      return { ...state, ...afterRating(state, event), ...happened(state, occurredAt) };
    default:
      return impossible(event);
  }
}
