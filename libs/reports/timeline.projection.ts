import { type ApplicationEvent, type Custody, everySignal, type Held, type Holder } from '#libs/approval';
import { projection, type ProjectionDefinition, type Recorded } from '#libs/event-sourcing';
import { type ProjectEvent } from '#libs/project';

/** Events in one document; a longer stream goes on in the next, so that no document grows without bound. */
export const ENTRIES_A_BLOCK = 64n;
const NOTE_LENGTH = 200;

/** What happened, who did it, and what it did to custody. Fields that say nothing are left out. */
export type TimelineEntry = {
  readonly type: string;
  readonly revision: number;
  readonly position: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly department: string | null;
  readonly post: string | null;
  readonly person: string;
  readonly role: string;
  readonly onBehalfOf?: string;
  readonly step?: string;
  /** The beginning of the note, reason or opinion; the whole of it stays in the event. */
  readonly note?: string;
  readonly article?: string;
  readonly round?: number;
  readonly level?: string;
  readonly outcome?: string;
  /** The stretch of custody that the event ended. */
  readonly ended?: Held;
  /** Who holds the case from then on, null = nobody; left out when the event does not move the case. */
  readonly holder?: Holder | null;
};

/** A block of one stream's entries, in order of revision. Id: `{stream}:{block}`. */
export type TimelineDocument = {
  readonly id: string;
  readonly stream: string;
  readonly project: string;
  /** Null for the project's own stream. */
  readonly application: string | null;
  readonly block: number;
  readonly entries: readonly TimelineEntry[];
};

type Event = ProjectEvent | ApplicationEvent;

/** The optional parts of any event's data that a timeline shows. */
type Shown = {
  readonly project: string;
  readonly application?: string;
  readonly step?: string;
  readonly note?: string | null;
  readonly reason?: string | null;
  readonly opinion?: string | null;
  readonly article?: string | null;
  readonly round?: number;
  readonly level?: string;
  readonly outcome?: string;
  readonly custody?: Custody;
};

/** A step names who did it, which an import may know better than the account that recorded it. */
function performer(event: Recorded<Event>) {
  const { actor } = event.metadata;
  return event.type === 'StepRecorded' ? event.data : actor;
}

function entryOf(event: Recorded<Event>): TimelineEntry {
  const { metadata } = event;
  const data: Shown = event.data;
  const { department, post, person } = performer(event);
  const note = data.note ?? data.reason ?? data.opinion ?? null;
  return {
    type: event.type,
    revision: Number(event.revision),
    position: event.position.toString(),
    occurredAt: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    department,
    post,
    person,
    role: metadata.actor.role,
    ...(metadata.onBehalfOf && { onBehalfOf: metadata.onBehalfOf.person }),
    ...(data.step !== undefined && { step: data.step }),
    ...(note !== null && { note: note.slice(0, NOTE_LENGTH) }),
    ...(typeof data.article === 'string' && { article: data.article }),
    ...(data.round !== undefined && { round: data.round }),
    ...(data.level !== undefined && { level: data.level }),
    ...(data.outcome !== undefined && { outcome: data.outcome }),
    ...(data.custody?.ended && { ended: data.custody.ended }),
    ...(data.custody && { holder: data.custody.holder }),
  };
}

/** Id of the document that holds a stream's entries from one revision on; blocks count from 0. */
export function timelineBlockId(stream: string, block: bigint | number): string {
  return `${stream}:${block}`;
}

function blockOf(event: Recorded<Event>): bigint {
  return event.revision / ENTRIES_A_BLOCK;
}

function begun(event: Recorded<Event>, id: string): TimelineDocument {
  if (event.revision % ENTRIES_A_BLOCK !== 0n) {
    throw new Error(`timelines: ${event.stream} begins with revision ${event.revision}`);
  }
  const data: Shown = event.data;
  return {
    id,
    stream: event.stream,
    project: event.data.project,
    application: data.application ?? null,
    block: Number(blockOf(event)),
    entries: [entryOf(event)],
  };
}

function continued(document: TimelineDocument, event: Recorded<Event>): TimelineDocument {
  return { ...document, entries: [...document.entries, entryOf(event)] };
}

type Table<Handler> = { readonly [Type in Event['type']]: Handler };

function everyType<Handler>(handler: Handler): Table<Handler> {
  return {
    ProjectRegistered: handler,
    ApplicantNamed: handler,
    KeyProjectDesignated: handler,
    ProjectTagged: handler,
    ApplicationSubmitted: handler,
    SupplementRequested: handler,
    ...everySignal(handler),
    ApplicationDisputed: handler,
    JurisdictionAssigned: handler,
    SupplementSubmitted: handler,
    ApplicationAccepted: handler,
    AcceptanceRefused: handler,
    ReviewerAssigned: handler,
    StepRecorded: handler,
    ApplicationSentBack: handler,
    ApplicationReturned: handler,
    ApplicationResubmitted: handler,
    ApplicationApproved: handler,
    ApplicationRefused: handler,
    ApplicationWithdrawn: handler,
    ApplicationTransferred: handler,
    ApplicationEscalated: handler,
    DecisionDelivered: handler,
    ApplicationClosed: handler,
  };
}

const definition: ProjectionDefinition<TimelineDocument, Event> = {
  name: 'timelines',
  version: 1,
  model: 'timelines',
  indexes: {
    project: { equals: ['project'] },
  },
  keys: (event) => [timelineBlockId(event.stream, blockOf(event))],
  create: everyType(begun),
  update: everyType(continued),
};

/** What happened in projects and applications, block by block of each stream. */
export const timelines = projection(definition);
