import { type Held, type Holder } from '#libs/county/approval';
import { minutesBetween } from '#libs/law/calendar';
import { allDocuments, type ReadModels } from '#libs/engine/event-sourcing';
import { comparePlaces, decodePlace, encodePlace, type KeysetPlace } from '../answers/keyset-cursor.js';
import { NOTE_FIELDS, type OriginalEntry, type TimelineEntry } from './timeline-entry.js';
import { entriesOf, timelineBlockId, type TimelineDocument, timelines } from './timeline.projection.js';

/** Who held the application until the event, from when to when. Minutes count whole minutes of the clock. */
type HeldBefore = Holder & { readonly from: string; readonly to: string; readonly minutes: number };

/** How one text of an event was corrected. The last correction stands. */
type Correction = {
  readonly field: string;
  readonly original: string | null;
  readonly reading: string;
  /** When it was corrected last, and by which event of the stream. */
  readonly at: string;
  readonly revision: string;
};

/** One line of a timeline. `heldBefore` and `holderAfter` are null where the event does not move an application. */
export type TimelineItem = {
  readonly type: string;
  readonly step: string | null;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly department: string | null;
  readonly post: string | null;
  readonly person: string;
  readonly role: string;
  readonly onBehalfOf: string | null;
  readonly application: string | null;
  readonly note: string | null;
  readonly article: string | null;
  readonly round: number | null;
  readonly level: string | null;
  readonly outcome: string | null;
  /** 受理编号 or 文号 of the document that the act came to. */
  readonly number: string | null;
  /** 证号 of the permit that it came to. */
  readonly permit: string | null;
  readonly late: boolean | null;
  /** Done after the end of its application: no time is counted for it. */
  readonly afterEnd: boolean;
  /** Departments asked for their opinion, or silent. */
  readonly departments: readonly string[];
  /** 更正: texts of the event that are to be read otherwise; what stands above is the reading of now, `original` what was written. */
  readonly corrections: readonly Correction[];
  /** When the step was begun, where an imported log says so; the part of `heldBefore` before that was waiting. */
  readonly begunAt?: string;
  readonly heldBefore: HeldBefore | null;
  readonly holderAfter: Holder | null;
  /** As it was written, where a correction says how it is to be read; else null. */
  readonly original: OriginalEntry | null;
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
};

export type TimelinePage = { readonly items: readonly TimelineItem[]; readonly nextCursor: string | null };

export type TimelineOptions = {
  readonly limit: number;
  readonly cursor?: string | null;
  /** Applications of the project that the caller may not see. */
  readonly hidden?: readonly string[];
};

/** Every block of a project's own stream and of its applications', in no order of time. */
export function timelineBlocks(models: ReadModels, project: string): Promise<readonly TimelineDocument[]> {
  return allDocuments(models, timelines, { index: 'project', equals: { project } });
}

/** Every block of one stream, in order: their ids count up, so no index is needed. */
async function streamBlocks(models: ReadModels, stream: string): Promise<readonly TimelineDocument[]> {
  const blocks: TimelineDocument[] = [];
  for (;;) {
    const block = await models.get(timelines, timelineBlockId(stream, blocks.length));
    if (block === null) return blocks;
    blocks.push(block);
  }
}

/**
 * What happened in a project and all its applications, oldest first; at the same instant in order of the log.
 * @throws InvalidQuery
 */
export async function projectTimeline(
  models: ReadModels,
  project: string,
  options: TimelineOptions,
): Promise<TimelinePage> {
  const { hidden = [] } = options;
  const blocks = await timelineBlocks(models, project);
  const shown = blocks.filter(({ application }) => application === null || !hidden.includes(application));
  return pageOf(shown, options);
}

/** What happened in one application, oldest first. */
export async function applicationTimeline(
  models: ReadModels,
  application: string,
  options: TimelineOptions,
): Promise<TimelinePage> {
  return pageOf(await streamBlocks(models, `application-${application}`), options);
}

type Placed = {
  readonly place: KeysetPlace;
  readonly block: TimelineDocument;
  readonly entry: TimelineEntry;
};

function pageOf(blocks: readonly TimelineDocument[], { limit, cursor }: TimelineOptions): TimelinePage {
  const after = cursor === undefined || cursor === null ? null : decodePlace(cursor);
  const places: Placed[] = [];
  const corrections = correctionsIn(blocks);
  for (const block of blocks) {
    for (const entry of entriesOf(block)) {
      const place = { occurredAt: entry.occurredAt, position: BigInt(entry.position) };
      if (after === null || comparePlaces(place, after) > 0) places.push({ place, block, entry });
    }
  }
  places.sort((a, b) => comparePlaces(a.place, b.place));
  const page = places.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((placed) => itemOf(placed, corrections)),
    nextCursor: last !== undefined && places.length > limit ? encodePlace(last.place) : null,
  };
}

type Corrections = ReadonlyMap<string, readonly Correction[]>;

const placeKey = (stream: string, revision: number) => `${stream} ${revision}`;

/** Of all events of the streams, by what they correct. */
function correctionsIn(blocks: readonly TimelineDocument[]): Corrections {
  const found = new Map<string, Correction[]>();
  const entries = blocks.flatMap((block) =>
    entriesOf(block).map((entry) => ({ stream: block.stream, entry })),
  );
  for (const { stream, entry } of entries.sort((a, b) => a.entry.revision - b.entry.revision)) {
    if (entry.corrects === undefined) continue;
    const { revision, field, before, after } = entry.corrects;
    const key = placeKey(stream, revision);
    const others = found.get(key) ?? [];
    const earlier = others.find((one) => one.field === field);
    const correction = {
      ...{ field, original: earlier ? earlier.original : before, reading: after },
      ...{ at: entry.occurredAt, revision: String(entry.revision) },
    };
    found.set(key, [...others.filter((one) => one !== earlier), correction]);
  }
  return found;
}

/** The texts of an event as they are to be read. */
function readingOf(entry: TimelineEntry, corrections: readonly Correction[]) {
  const reading = (fields: readonly string[]) =>
    corrections.findLast(({ field }) => fields.includes(field))?.reading;
  return {
    step: reading(['step']) ?? entry.step ?? null,
    note: reading(NOTE_FIELDS) ?? entry.note ?? null,
    article: reading(['article']) ?? entry.article ?? null,
  };
}

function itemOf({ block, entry }: Placed, all: Corrections): TimelineItem {
  const corrections = all.get(placeKey(block.stream, entry.revision)) ?? [];
  const { step, note, article } = readingOf(entry, corrections);
  return {
    type: entry.type,
    step,
    occurredAt: entry.occurredAt,
    recordedAt: entry.recordedAt,
    department: entry.department,
    post: entry.post,
    person: entry.person,
    role: entry.role,
    onBehalfOf: entry.onBehalfOf ?? null,
    application: block.application,
    note,
    article,
    round: entry.round ?? null,
    level: entry.level ?? null,
    outcome: entry.outcome ?? null,
    number: entry.number ?? null,
    permit: entry.permit ?? null,
    late: entry.late ?? null,
    afterEnd: entry.afterEnd ?? false,
    departments: entry.departments ?? [],
    corrections,
    ...(entry.begunAt !== undefined && { begunAt: entry.begunAt }),
    heldBefore: entry.ended ? heldBefore(entry.ended) : null,
    holderAfter: entry.holder ?? null,
    original: entry.original ?? null,
    stream: block.stream,
    revision: String(entry.revision),
    position: entry.position,
  };
}

function heldBefore({ by, from, to }: Held): HeldBefore {
  return { ...by, from, to, minutes: minutesBetween(from, to) };
}
