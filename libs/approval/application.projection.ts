import { regionAndAncestors } from '#libs/catalogue';
import { projection, type ProjectionDefinition, type Recorded } from '#libs/event-sourcing';
import { type ApplicationDocument, dueAt, noted, passed, responsibleFor } from './application.document.js';
import { WAY_UPDATES } from './application.ways.js';
import { type ApplicationEvent, type ApplicationSubmitted, type StoppedClock } from './approval.events.js';
import { deadlineTally } from './deadline.tally.js';
import { deadlineDays } from './open-deadlines.js';
import { workloadTally } from './workload.tally.js';

export { type ApplicationDocument, NO_DUE_DATE } from './application.document.js';

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
    channel: data.channel,
    stage: 'submitted',
    open: true,
    holder: data.custody.holder,
    heldSince: data.custody.holder && metadata.occurredAt,
    person: data.custody.holder?.person ?? null,
    reviewer: null,
    submittedAt: metadata.occurredAt,
    acceptedAt: null,
    endedAt: null,
    deliveredAt: null,
    outcome: null,
    terms: data.terms,
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
    revision: event.revision.toString(),
  };
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
  SupplementRequested: (document, event) => ({
    ...document,
    ...passed(document, event),
    stage: 'supplement-requested',
    supplementRounds: event.data.round,
  }),
  RepeatedSupplementFlagged: noted,
  SupplementSubmitted: (document, event) => ({ ...document, ...passed(document, event), stage: 'submitted' }),
  ApplicationAccepted: (document, event) => ({
    ...document,
    ...passed(document, event),
    stage: 'accepted',
    acceptedAt: event.metadata.occurredAt,
    due: event.data.due,
    dueAt: dueAt(event.data.due),
    deadline: deadlineDays(event.data.due),
  }),
  AcceptanceRefused: (document, event) => ({
    ...document,
    ...passed(document, event),
    ...ended(event.metadata.occurredAt, 'not-accepted', null),
    stage: 'not-accepted',
  }),
  ReviewerAssigned: (document, event) => ({
    ...document,
    ...passed(document, event),
    reviewer: event.data.person,
  }),
  StepRecorded: (document, event) => ({
    ...document,
    ...passed(document, event),
    steps: document.steps + 1,
    lastStep: event.data.step,
  }),
  ApplicationSentBack: (document, event) => ({ ...document, ...passed(document, event) }),
  ApplicationReturned: (document, event) => ({
    ...document,
    ...passed(document, event),
    stage: 'returned',
    returnRounds: event.data.round,
  }),
  ApplicationResubmitted: (document, event) => ({
    ...document,
    ...passed(document, event),
    stage: 'accepted',
  }),
  ApplicationApproved: (document, event) => ({
    ...document,
    ...passed(document, event),
    ...ended(event.metadata.occurredAt, 'granted', event.data.clock),
    stage: 'decided',
  }),
  ApplicationRefused: (document, event) => ({
    ...document,
    ...passed(document, event),
    ...ended(event.metadata.occurredAt, 'refused', event.data.clock),
    stage: 'decided',
  }),
  ApplicationWithdrawn: (document, event) => ({
    ...document,
    ...passed(document, event),
    ...ended(event.metadata.occurredAt, 'withdrawn', event.data.clock),
    stage: 'withdrawn',
  }),
  ApplicationTransferred: (document, event) => {
    const { department: to } = event.data.to;
    const moved = document.department !== null && document.department !== to;
    const department = moved ? to : document.department;
    return {
      ...document,
      ...passed(document, event, department),
      department,
      reviewer: moved ? null : document.reviewer,
    };
  },
  ApplicationEscalated: (document, event) => ({
    ...document,
    revision: event.revision.toString(),
    escalation: event.data.level,
  }),
  DecisionDelivered: (document, event) => ({
    ...document,
    ...passed(document, event),
    stage: 'delivered',
    deliveredAt: event.metadata.occurredAt,
  }),
  ApplicationClosed: (document, event) => ({
    ...document,
    ...passed(document, event),
    ...ended(event.metadata.occurredAt, event.data.outcome, event.data.clock),
    stage: 'closed',
  }),
  ...WAY_UPDATES,
};

/** Applications as they stand, with the workload of those who handle them and the deadlines of those still open. */
export const applications = projection<ApplicationDocument, ApplicationEvent>({
  name: 'applications',
  version: 2,
  model: 'applications',
  indexes: {
    responsible: { equals: ['responsible', 'open', 'fastTrack'], range: 'dueAt' },
    person: { equals: ['person', 'open', 'fastTrack'], range: 'dueAt' },
    region: { equals: ['regions', 'open', 'fastTrack'], range: 'dueAt' },
    applicant: { equals: ['applicant', 'open', 'fastTrack'], range: 'dueAt' },
    project: { equals: ['project'], range: 'submittedAt' },
    awaiting: { equals: ['awaiting', 'open', 'fastTrack'], range: 'dueAt' },
  },
  keys: (event) => [event.data.application],
  create: { ApplicationSubmitted: submitted },
  update,
  tallies: [workloadTally, deadlineTally],
});
