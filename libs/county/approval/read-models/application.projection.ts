import {
  defined,
  type Projection,
  projection,
  type ProjectionDefinition,
  type Recorded,
  tableVersion,
} from '#libs/engine/event-sourcing';
import { dayOf, type WorkingCalendar } from '#libs/law/calendar';
import { regionAndAncestors } from '#libs/law/catalogue';
import { type ApplicationEvent } from '../application/application.events.js';
import { isLicence } from '../core/kind.js';
import { type DueDates, type StoppedClock } from '../core/terms.js';
import { type ApplicationSubmitted } from '../intake/intake.events.js';
import { handedIn, supplementPeriodAfter } from '../intake/intake.state.js';
import { everySignal } from '../signals/signals.events.js';
import { withActor } from './application.acted.js';
import { clockUpdates, withPresentDueDates } from './application.clock-updates.js';
import { custodyFields, responsibleFor } from './application.custody.js';
import { type ApplicationDocument, applications } from './application.document.js';
import { HANDOVER_UPDATES } from './application.handover-updates.js';
import { JURISDICTION_UPDATES } from './application.jurisdiction-updates.js';
import { WAY_UPDATES } from './application.ways-updates.js';
import { deadlineTally } from './deadline.tally.js';
import { deadlineDays, NO_DUE_DATE } from './open-deadlines.js';
import { opinionTally } from './opinion.tally.js';
import { outcomeTally } from './outcome.tally.js';
import { NO_PROCEDURE } from './procedure.js';
import { withCorrectedImports } from './retelling.js';
import { savedMaterialsTally } from './saved-materials.tally.js';
import { serviceTally } from './service.tally.js';
import { skippedStepsTally } from './skipped-steps.js';
import { workloadTally } from './workload.tally.js';

function submitted(event: Recorded<ApplicationSubmitted>): ApplicationDocument {
  const { data, metadata } = event;
  return {
    id: data.application,
    project: data.project,
    projectName: data.projectName,
    region: data.region,
    regions: regionAndAncestors(data.region),
    matter: data.matter,
    matterName: data.matterName,
    matterVersion: data.matterVersion,
    department: data.department,
    responsible: responsibleFor(data.custody.holder, data.department),
    applicant: data.applicant,
    ...defined({ previousRound: data.previousRound }),
    channel: data.channel,
    stage: 'submitted',
    open: true,
    holder: data.custody.holder,
    heldSince: data.custody.holder && metadata.occurredAt,
    person: data.custody.holder?.person ?? null,
    reviewer: null,
    submittedAt: metadata.occurredAt,
    materialsAt: metadata.occurredAt,
    ...defined({ counter: data.counter, materialsCounter: data.counter }),
    acceptedAt: null,
    endedAt: null,
    deliveredAt: null,
    outcome: null,
    terms: data.terms,
    promisedEnd: data.promisedEnd,
    due: data.due,
    dueAt: dueAt(data.due),
    deadline: deadlineDays(data.due),
    latePromised: null,
    lateStatutory: null,
    escalation: null,
    fastTrack: false,
    awaiting: [],
    supplementRounds: 0,
    returnRounds: 0,
    steps: 0,
    lastStep: null,
    ...NO_PROCEDURE,
    revision: event.revision.toString(),
    calendarVersion: '',
    suspensions: [],
    extensions: [],
    stepOverrun: null,
  };
}

function dueAt(due: DueDates): string {
  return due.promised ?? due.statutory ?? NO_DUE_DATE;
}

type AfterSubmission = Exclude<Recorded<ApplicationEvent>, { type: 'ApplicationSubmitted' }>;

function ended(occurredAt: string, outcome: string, clock: StoppedClock | null) {
  return {
    open: false,
    awaiting: [],
    endedAt: clock?.stoppedAt ?? occurredAt,
    outcome,
    latePromised: clock?.latePromised ?? null,
    lateStatutory: clock?.lateStatutory ?? null,
  };
}

type Handlers = ProjectionDefinition<ApplicationDocument, ApplicationEvent>['update'];

/** One entry for each event type after the submission, so that a new type does not compile until it is placed here. */
const update: Required<Pick<Handlers, AfterSubmission['type']>> = {
  ...clockUpdates,
  SupplementRequested: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    stage: 'supplement-requested',
    supplementRounds: event.data.round,
    ...supplementPeriodAfter(document.supplementPeriod, event),
  }),
  SupplementSubmitted: (document, event) => ({
    ...handedIn(document, event),
    ...custodyFields(document, event),
    stage: 'submitted',
    ...supplementPeriodAfter(document.supplementPeriod, event),
  }),
  ApplicationAccepted: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    stage: 'accepted',
    receiptNumber: event.data.receiptNumber,
    acceptedAt: event.metadata.occurredAt,
    due: event.data.due,
    dueAt: dueAt(event.data.due),
    deadline: deadlineDays(event.data.due),
  }),
  AcceptanceRefused: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    ...ended(event.metadata.occurredAt, 'not-accepted', null),
    ...defined({ decisionNumber: event.data.decisionNumber }),
    stage: 'not-accepted',
  }),
  ReviewerAssigned: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    reviewer: event.data.person,
  }),
  StepRecorded: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    steps: document.steps + 1,
    lastStep: event.data.step,
  }),
  ApplicationSentBack: (document, event) => ({ ...document, ...custodyFields(document, event) }),
  ApplicationReturned: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    stage: 'returned',
    returnRounds: event.data.round,
  }),
  ApplicationResubmitted: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    stage: 'accepted',
  }),
  ApplicationApproved: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    ...ended(event.metadata.occurredAt, 'granted', event.data.clock),
    ...defined({
      decisionNumber: event.data.decisionNumber,
      permitNumber: event.data.permit ?? undefined,
      grantedOn: isLicence(document.terms) ? dayOf(event.data.clock.stoppedAt) : undefined,
    }),
    stage: 'decided',
  }),
  ApplicationRefused: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    ...ended(event.metadata.occurredAt, 'refused', event.data.clock),
    ...defined({ decisionNumber: event.data.decisionNumber }),
    stage: 'decided',
  }),
  ApplicationWithdrawn: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    ...ended(event.metadata.occurredAt, 'withdrawn', event.data.clock),
    stage: 'withdrawn',
  }),
  ApplicationTransferred: (document, event) => {
    const { department: to } = event.data.to;
    const moved = document.department !== null && document.department !== to;
    const department = moved ? to : document.department;
    return {
      ...document,
      ...custodyFields(document, event, department),
      department,
      reviewer: moved ? null : document.reviewer,
    };
  },
  DecisionDelivered: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    stage: 'delivered',
    deliveredAt: event.metadata.occurredAt,
  }),
  ApplicationClosed: (document, event) => ({
    ...document,
    ...custodyFields(document, event),
    ...ended(event.metadata.occurredAt, event.data.outcome, event.data.clock),
    stage: 'closed',
  }),
  ...JURISDICTION_UPDATES,
  ...HANDOVER_UPDATES,
  ...everySignal((document: ApplicationDocument, event: { readonly revision: bigint }) => ({
    ...document,
    revision: event.revision.toString(),
  })),
  ...WAY_UPDATES,
  MaterialFileHandedIn: (document, event) => {
    const { material, reusedFrom } = event.data;
    const shared = reusedFrom && [...new Set([...(document.sharedMaterials ?? []), material])];
    return { ...document, ...defined({ sharedMaterials: shared }), revision: event.revision.toString() };
  },
  // The document was folded anew from the application as it is read now.
  ImportedCaseCorrected: (document, event) => ({ ...document, revision: event.revision.toString() }),
};

/** Every type of event that a stream of an application holds. */
export const APPLICATION_EVENT_TYPES: readonly string[] = ['ApplicationSubmitted', ...Object.keys(update)];

type AnyUpdate = (
  document: ApplicationDocument,
  event: Recorded<ApplicationEvent>,
  id: string,
) => ApplicationDocument;

/** Every handler, with the due dates of its result under the present calendar. */
function withPresentCalendar(calendar: WorkingCalendar): Handlers {
  return Object.fromEntries(
    Object.entries(update).map(([type, handle]): [string, AnyUpdate] => [
      type,
      (document, event, id) =>
        withActor(withPresentDueDates(calendar, (handle as AnyUpdate)(document, event, id), event), event),
    ]),
  );
}

/**
 * Applications in their present state, with the workload of those who handle them and the deadlines of those still open. Due
 * dates rest on the calendar given, so that deadlines follow a new notice of holidays: another calendar is another version of
 * the projection, filled from the log next to the live one.
 */
export function applicationsUnder(calendar: WorkingCalendar): Projection {
  const whole = projection<ApplicationDocument, ApplicationEvent>({
    name: 'applications',
    version: tableVersion(15, calendar.version),
    model: applications.model,
    indexes: {
      responsible: { equals: ['responsible', 'open', 'fastTrack'], range: 'dueAt', present: 'responsible' },
      person: { equals: ['person', 'open', 'fastTrack'], range: 'dueAt', present: 'person' },
      region: { equals: ['regions', 'open', 'fastTrack'], range: 'dueAt' },
      applicant: { equals: ['applicant', 'open', 'fastTrack'], range: 'dueAt' },
      awaiting: { equals: ['awaiting', 'open', 'fastTrack'], range: 'dueAt' },
      project: { equals: ['project'], range: 'submittedAt' },
      granted: { equals: [], range: 'grantedOn', present: 'grantedOn' },
      'granted-applicant': { equals: ['applicant'], range: 'grantedOn', present: 'grantedOn' },
      'granted-matter': { equals: ['matter'], range: 'grantedOn', present: 'grantedOn' },
      'granted-department': { equals: ['department'], range: 'grantedOn', present: 'grantedOn' },
      acted: { equals: ['actedBy'], range: 'actedAt', present: 'actedAt' },
    },
    keys: (event) => [event.data.application],
    create: {
      ApplicationSubmitted: (event) =>
        withActor(
          withPresentDueDates(calendar, { ...submitted(event), calendarVersion: calendar.version }, event),
          event,
        ),
    },
    update: withPresentCalendar(calendar),
    tallies: [
      workloadTally,
      deadlineTally,
      outcomeTally(calendar),
      opinionTally(calendar),
      serviceTally,
      skippedStepsTally,
      savedMaterialsTally,
    ],
    weight: 15,
  });
  return withCorrectedImports(whole);
}
