import { impossible, type Recorded } from '#libs/event-sourcing';
import { isSignal } from './signals.events.js';
import { type Trail, trailAfter } from './signals.trail.js';
import {
  type ApplicationEvent,
  type ApplicationSubmitted,
  type Custody,
  type DueDates,
  type EscalationLevel,
  type Holder,
  type Prerequisite,
  type Terms,
} from './approval.events.js';

/** Where an application stands. `accepted` is under review; `decided` waits for delivery. */
export const STAGES = [
  'absent',
  'submitted',
  'supplement-requested',
  'accepted',
  'returned',
  'decided',
  'delivered',
  'closed',
  'not-accepted',
  'withdrawn',
] as const;
export type Stage = (typeof STAGES)[number];

/** What later decisions need to know of an application, whatever its stage. */
export type Facts = {
  readonly application: string;
  readonly project: string;
  /** The acting department; null for a joint matter, on which any department may act. */
  readonly department: string | null;
  readonly applicant: string;
  readonly terms: Terms;
  readonly prerequisites: readonly Prerequisite[];
  readonly promisedEnd: string | null;
  /** First receipt (收到) of the application, ISO instant. */
  readonly receivedAt: string;
  readonly due: DueDates;
  /** Whose turn it is; null when the case is over. */
  readonly holder: Holder | null;
  /** Beginning of the stretch that runs now, ISO instant. */
  readonly since: string;
  readonly reviewer: Holder | null;
  readonly supplementRounds: number;
  readonly returnRounds: number;
  readonly level: EscalationLevel | null;
  /** Latest `occurredAt` so far. */
  readonly lastOccurredAt: string;
  /** Id of the open dispute over whose it is (职能争议); absent while there is none. */
  readonly dispute?: string;
  /** What later signals may rest on; absent while there is nothing. */
  readonly trail?: Trail;
};

export type Absent = { readonly at: 'absent' };
export type Decided = Facts & { readonly at: 'decided'; readonly outcome: 'granted' | 'refused' };
export type Delivered = Facts & { readonly at: 'delivered'; readonly outcome: 'granted' | 'refused' };
export type Undecided = Facts & {
  readonly at: Exclude<Stage, 'absent' | 'decided' | 'delivered'>;
};
export type Existing = Undecided | Decided | Delivered;

/** State of one application, folded from its stream. */
export type ApplicationState = Absent | Existing;

export const ABSENT: Absent = { at: 'absent' };

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
    receivedAt: metadata.occurredAt,
    due: data.due,
    holder: data.custody.holder,
    since: metadata.occurredAt,
    reviewer: null,
    supplementRounds: 0,
    returnRounds: 0,
    level: null,
    lastOccurredAt: metadata.occurredAt,
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

/** The later of two ISO instants: with milliseconds and in UTC they sort as text. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}

/**
 * Folds one event. An event on a stream that was never submitted, or a delivery without a decision, means that the
 * log is damaged: it throws and is never skipped.
 */
export function evolve(before: ApplicationState, event: Recorded<ApplicationEvent>): ApplicationState {
  const state = moved(before, event);
  if (state.at === 'absent') return state;
  const trail = trailAfter(state.trail, event);
  return trail === state.trail || trail === undefined ? state : { ...state, trail };
}

function moved(state: ApplicationState, event: Recorded<ApplicationEvent>): ApplicationState {
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
      return { ...state, ...passed(state, event.data.custody, occurredAt), at: 'submitted' };
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
      return { ...state, ...passed(state, event.data.custody, occurredAt), at: 'accepted' };
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
    case 'ApplicationEscalated':
      return { ...state, level: event.data.level, lastOccurredAt: later(state.lastOccurredAt, occurredAt) };
    case 'DecisionDelivered':
      if (!('outcome' in state)) throw new Error(`${event.stream}: DecisionDelivered before a decision`);
      return { ...state, ...passed(state, event.data.custody, occurredAt), at: 'delivered' };
    case 'ApplicationClosed':
      return { ...state, ...passed(state, event.data.custody, occurredAt), at: 'closed' };
    default:
      return impossible(event);
  }
}
