import {
  APPLICATION_EVENT_TYPES,
  type ApplicationEvent,
  type Custody,
  stretchEnded,
  eventsAfter,
  type ImportedCaseCorrected,
  type ImportedChange,
} from '#libs/county/approval';
import { projection, type ProjectionDefinition, type Recorded, defined } from '#libs/engine/event-sourcing';
import { type ProjectEvent } from '#libs/county/project';
import {
  type OriginalEntry,
  restoredEntry,
  type StoredEntry,
  storedEntry,
  type TimelineEntry,
  NOTE_FIELDS,
  NOTE_LENGTH,
} from './timeline-entry.js';

/** Events in one document; a longer stream goes on in the next, so that no document grows without bound. */
const ENTRIES_A_BLOCK = 16n;

/** A block of one stream's entries, one for each revision, in order. Id: `{stream}:{block}`. */
export type TimelineDocument = {
  readonly id: string;
  readonly stream: string;
  readonly project: string;
  /** Null for the project's own stream. */
  readonly application: string | null;
  readonly block: number;
  readonly entries: readonly StoredEntry[];
};

type Event = ProjectEvent | ApplicationEvent;

/** The optional parts of any event's data that a timeline shows. */
type Shown = {
  readonly project: string;
  readonly application?: string;
  readonly step?: string | null;
  readonly begunAt?: string;
  readonly note?: string | null;
  readonly reason?: string | null;
  readonly opinion?: string | null;
  readonly article?: string | null;
  readonly round?: number;
  readonly level?: string | null;
  readonly outcome?: string;
  readonly receiptNumber?: string;
  readonly decisionNumber?: string;
  readonly permit?: string | null;
  readonly statement?: string;
  readonly finding?: string;
  readonly question?: string;
  readonly problem?: string;
  readonly proposal?: string;
  readonly late?: boolean;
  readonly departments?: readonly string[];
  readonly afterEnd?: boolean;
  readonly custody?: Custody;
  readonly changes?: readonly ImportedChange[];
};

/** A step names who did it, which an import may know better than the account that recorded it. */
function performer(event: Recorded<Event>) {
  const { actor } = event.metadata;
  return event.type === 'StepRecorded' ? event.data : actor;
}

/** What people wrote: each event has one such text at most. */
function noteOf(data: Shown): string | null {
  if (data.changes) return data.changes.map(changeText).join('; ');
  for (const field of NOTE_FIELDS) {
    const text = data[field];
    if (typeof text === 'string') return text;
  }
  return null;
}

const changeText = ({ field, before, after }: ImportedChange): string =>
  `${field}: ${before ?? '-'} → ${after ?? '-'}`;

function correctionOf(event: Recorded<Event>): Pick<TimelineEntry, 'corrects'> {
  if (event.type !== 'RecordCorrected') return {};
  const { corrects: revision, field, before, after } = event.data;
  return { corrects: { revision, field, before, after } };
}

function entryOf(event: Recorded<Event>): TimelineEntry {
  const { metadata } = event;
  const data: Shown = event.data;
  const { department, post, person } = performer(event);
  const note = noteOf(data);
  const ended = data.custody && stretchEnded({ ...data, custody: data.custody });
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
    ...(typeof data.step === 'string' && { step: data.step }),
    ...(note !== null && { note: note.slice(0, NOTE_LENGTH) }),
    ...(typeof data.article === 'string' && { article: data.article }),
    ...defined({ round: data.round }),
    ...(typeof data.level === 'string' && { level: data.level }),
    ...defined({ outcome: data.outcome, late: data.late, departments: data.departments }),
    ...defined({ number: data.receiptNumber ?? data.decisionNumber, permit: data.permit ?? undefined }),
    ...correctionOf(event),
    ...(data.afterEnd === true && { afterEnd: true }),
    ...(ended && { ended }),
    ...(typeof data.begunAt === 'string' && { begunAt: data.begunAt }),
    ...(data.custody && { holder: data.custody.holder }),
  };
}

/** Id of the document that holds a stream's entries from one revision on; blocks count from 0. */
export function timelineBlockId(stream: string, block: bigint | number): string {
  return `${stream}:${block}`;
}

/** The entries of a document as they were before it was stored. */
export function entriesOf({ block, entries }: TimelineDocument): readonly TimelineEntry[] {
  const first = block * Number(ENTRIES_A_BLOCK);
  return entries.map((entry, index) => restoredEntry(entry, first + index));
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
    entries: [storedEntry(entryOf(event))],
  };
}

function continued(document: TimelineDocument, event: Recorded<Event>): TimelineDocument {
  return { ...document, entries: [...document.entries, storedEntry(entryOf(event))] };
}

/** The blocks that a correction of an imported case changes: those of the events it reads anew, and its own. */
function correctedBlocks(event: Recorded<ImportedCaseCorrected>): readonly string[] {
  const read = event.data.before.map(({ stream, revision }) =>
    timelineBlockId(stream, BigInt(revision) / ENTRIES_A_BLOCK),
  );
  return [...new Set([...read, timelineBlockId(event.stream, blockOf(event))])];
}

/** The entries as they are read now, each with what was noted with it; then that of the correction itself. */
function corrected(document: TimelineDocument, event: Recorded<ImportedCaseCorrected>): TimelineDocument {
  const entries = [...document.entries];
  const first = document.block * Number(ENTRIES_A_BLOCK);
  for (const read of eventsAfter(event) as readonly Recorded<Event>[]) {
    const place = Number(read.revision) - first;
    const stored = entries[place];
    if (read.stream !== document.stream || stored === undefined) continue;
    const entry = entryOf(read);
    const { original, ...before } = restoredEntry(stored, first + place);
    const written = original ?? originalOf(before);
    const same = JSON.stringify(originalOf(entry)) === JSON.stringify(written);
    entries[place] = storedEntry({ ...entry, ...(!same && { original: written }) });
  }
  const isOwn = document.stream === event.stream && document.block === Number(blockOf(event));
  return { ...document, entries: isOwn ? [...entries, storedEntry(entryOf(event))] : entries };
}

function originalOf({ occurredAt, department, post, person, step }: TimelineEntry): OriginalEntry {
  return { occurredAt, department, post, person, step: step ?? null };
}

/** The events of a project's own stream: a new type does not compile until it is placed here. */
const PROJECT_EVENTS: { readonly [Type in ProjectEvent['type']]: true } = {
  ProjectRegistered: true,
  ApplicantNamed: true,
  ApplicantCorrected: true,
  KeyProjectDesignated: true,
  PreReviewRequested: true,
  PreReviewGiven: true,
  StageSubmitted: true,
  QuestionnaireAnswered: true,
  ProjectMatterAdded: true,
  ProjectMatterStruck: true,
  ProjectTagged: true,
};

type Table<Handler> = { readonly [Type in Event['type']]: Handler };

/** One handler for every event of a project and of an application: a timeline leaves nothing out. */
function everyType<Handler>(handler: Handler): Table<Handler> {
  const types = [...Object.keys(PROJECT_EVENTS), ...APPLICATION_EVENT_TYPES];
  return Object.fromEntries(types.map((type) => [type, handler])) as Table<Handler>;
}

const definition: ProjectionDefinition<TimelineDocument, Event> = {
  name: 'timelines',
  version: 6,
  model: 'timelines',
  indexes: {
    project: { equals: ['project'] },
  },
  weight: 7,
  keys: (event) =>
    event.type === 'ImportedCaseCorrected'
      ? correctedBlocks(event)
      : [timelineBlockId(event.stream, blockOf(event))],
  create: everyType(begun),
  update: { ...everyType(continued), ImportedCaseCorrected: corrected },
};

/** What happened in projects and applications, block by block of each stream. */
export const timelines = projection(definition);
