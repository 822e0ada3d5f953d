import { cited, licensing } from '#libs/law/citations';
import { defined, type Recorded } from '#libs/engine/event-sourcing';
import { type Counter, type Suspension } from '#libs/law/calendar';
import { receivedClock } from '../clock/clock.state.js';
import { type SubmittedApplication } from '../core/facts.js';
import { effectOf, type Fold, withMaterials, withCustody } from '../core/fold.js';
import {
  type ApplicationSubmitted,
  type IntakeEvent,
  type SupplementRequested,
  type SupplementSubmitted,
} from './intake.events.js';

/** The application with which its stream begins. */
export function submitted({ data, metadata }: Recorded<ApplicationSubmitted>): SubmittedApplication {
  return {
    at: 'submitted',
    application: data.application,
    project: data.project,
    department: data.department,
    applicant: data.applicant,
    ...defined({ receivedBy: data.receivedBy }),
    terms: data.terms,
    prerequisites: data.prerequisites,
    promisedEnd: data.promisedEnd,
    materials: [...new Set(data.materials)],
    receivedAt: metadata.occurredAt,
    ...defined({ counter: data.counter }),
    due: data.due,
    holder: data.custody.holder,
    since: metadata.occurredAt,
    reviewer: null,
    supplementRounds: 0,
    returnRounds: 0,
    level: null,
    lastOccurredAt: metadata.occurredAt,
    clock: receivedClock(metadata.occurredAt, data.counter),
  };
}

/** Whether an event changes the due dates without carrying them: they have to be derived. */
export const changesDueDates = ({ type }: { readonly type: string }): boolean =>
  type === 'SupplementRequested' || type === 'SupplementSubmitted';

const NOTICE_ARTICLE = cited(licensing(32, 4));

/**
 * The time in which the applicant completed what the one-time notice asked for (补正): a term that runs from receipt is postponed
 * by it (建筑工程施工许可管理办法 Art. 5 para. 1(3), see ADR 17), so that no department is late because it waits. A term from acceptance has not begun yet. A
 * second notice, which Art. 32(4) does not provide for, postpones nothing.
 */
export function supplementPeriodAfter(
  before: Suspension | undefined,
  event: Recorded<SupplementRequested> | Recorded<SupplementSubmitted>,
): { readonly supplementPeriod?: Suspension } {
  const at = effectOf(event);
  if (event.type === 'SupplementSubmitted') {
    return before?.to === null ? { supplementPeriod: { ...before, to: at } } : {};
  }
  if (event.data.round > 1) return {};
  return { supplementPeriod: { from: at, to: null, cause: 'supplement', article: NOTICE_ARTICLE } };
}

/** What was handed in last, and at which counter. */
export function handedIn<Facts extends { readonly materialsAt: string; readonly materialsCounter?: Counter }>(
  before: Facts,
  event: Recorded<SupplementSubmitted>,
): Facts {
  const { materialsCounter: _, ...others } = before;
  const { counter: materialsCounter } = event.data;
  return { ...(others as Facts), materialsAt: effectOf(event), ...defined({ materialsCounter }) };
}

export const INTAKE_FOLD: Fold<Exclude<IntakeEvent, ApplicationSubmitted>> = {
  SupplementRequested: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    at: 'supplement-requested',
    supplementRounds: event.data.round,
    clock: { ...state.clock, ...supplementPeriodAfter(state.clock.supplementPeriod, event) },
  }),
  SupplementSubmitted: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    ...withMaterials(state, event),
    at: 'submitted',
    clock: {
      ...handedIn(state.clock, event),
      ...supplementPeriodAfter(state.clock.supplementPeriod, event),
    },
  }),
  ApplicationAccepted: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    at: 'accepted',
    due: event.data.due,
    clock: { ...state.clock, acceptedAt: effectOf(event) },
  }),
  AcceptanceRefused: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    at: 'not-accepted',
    clock: { ...state.clock, stoppedAt: effectOf(event) },
  }),
  ApplicationResubmitted: (state, event) => ({
    ...state,
    ...withCustody(state, event),
    ...withMaterials(state, event),
    at: 'accepted',
  }),
};
