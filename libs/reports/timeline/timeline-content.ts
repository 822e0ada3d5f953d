import { type DepartmentNames, type Names, namesOf } from '#libs/county/identity';
import {
  type EventStore,
  groupedBy,
  type Json,
  type JsonObject,
  type PersonalText,
  type ReadModels,
  type StoredEvent,
  StoreUnavailable,
} from '#libs/engine/event-sourcing';
import { NOTE_FIELDS, NOTE_LENGTH } from './timeline-entry.js';
import { type TimelineItem, type TimelinePage } from './timeline.query.js';

type WithNames<Holding> = Holding & DepartmentNames & { readonly displayName: PersonalText | null };

/** A line of a timeline with all that its event says, and what its codes are called. */
type ToldItem = Omit<TimelineItem, 'heldBefore' | 'holderAfter'> &
  WithNames<{
    /** Id of the event; null while the log cannot be asked. */
    readonly event: string | null;
    /** What a notice asked for. */
    readonly items: readonly { readonly material: string; readonly reason: string }[];
    /** Names of materials that were handed in, are owed or were promised. */
    readonly materials: readonly string[];
    /** What else the event says, field by field. */
    readonly facts: JsonObject;
    /** True where only the beginning of the note is shown, since the log cannot be asked. */
    readonly noteCut: boolean;
    readonly heldBefore: WithNames<NonNullable<TimelineItem['heldBefore']>> | null;
    readonly holderAfter: WithNames<NonNullable<TimelineItem['holderAfter']>> | null;
  }>;

type Sources = {
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly models: Pick<ReadModels, 'getMany'>;
};

/** Fields of events that a line shows under a name of its own, or that are about custody and the clock, which have answers of their own. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set([
  ...[
    'application',
    'applications',
    'project',
    'custody',
    'due',
    'clock',
    'terms',
    'changes',
    'before',
    'after',
  ],
  ...['items', 'materials', 'article', 'round', 'level', 'outcome', 'late', 'departments', 'step', 'begunAt'],
  ...['receiptNumber', 'decisionNumber', 'permit', 'afterEnd', 'department', 'post', 'person'],
]);

/** A page of a timeline. */
export type ToldPage = { readonly items: readonly ToldItem[]; readonly nextCursor: string | null };

export async function toldPage(sources: Sources, { items, nextCursor }: TimelinePage): Promise<ToldPage> {
  return { items: await toldItems(sources, items), nextCursor };
}

/** The lines of one page, in their order. */
async function toldItems(
  { eventStore, models }: Sources,
  items: readonly TimelineItem[],
): Promise<readonly ToldItem[]> {
  const holders = items.flatMap(({ heldBefore, holderAfter }) => [heldBefore, holderAfter]);
  const [events, names] = await Promise.all([
    eventsOf(eventStore, items),
    namesOf(models, {
      departments: [...items, ...holders].map((one) => one?.department),
      people: [...items, ...holders].map((one) => one?.person),
    }),
  ]);
  return items.map((item) => told(item, events?.get(placeOf(item)) ?? null, names));
}

const placeOf = ({ stream, revision }: { readonly stream: string; readonly revision: string }) =>
  `${stream} ${revision}`;

/** By their places; null while the log cannot be asked. */
async function eventsOf(
  eventStore: Sources['eventStore'],
  items: readonly TimelineItem[],
): Promise<ReadonlyMap<string, StoredEvent> | null> {
  const found = new Map<string, StoredEvent>();
  const wanted = groupedBy(items, ({ stream }) => stream);
  try {
    for (const [stream, lines] of wanted) {
      const revisions = lines.map(({ revision }) => BigInt(revision)).sort((a, b) => (a < b ? -1 : 1));
      const [first = 0n, last = 0n] = [revisions[0], revisions.at(-1)];
      for await (const event of eventStore.readStream(stream, first)) {
        if (event.revision > last) break;
        found.set(placeOf({ stream, revision: `${event.revision}` }), event);
      }
    }
  } catch (error) {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  }
  return found;
}

type Said = { readonly [field: string]: Json | undefined };

function told(item: TimelineItem, event: StoredEvent | null, names: Names): ToldItem {
  const data = (event?.data ?? {}) as Said;
  const noteField = NOTE_FIELDS.find((field) => typeof data[field] === 'string');
  const written = noteField === undefined ? null : data[noteField];
  const isCorrected = item.corrections.some(({ field }) => NOTE_FIELDS.some((one) => one === field));
  const whole = typeof written !== 'string' || isCorrected ? item.note : written;
  const named = <Holding extends { readonly department: string | null; readonly person: string | null }>(
    holding: Holding,
  ): WithNames<Holding> => ({
    ...holding,
    ...names.department(holding.department),
    displayName: names.person(holding.person),
  });
  return {
    ...named(item),
    event: event?.id ?? null,
    note: whole,
    noteCut: event === null && (item.note?.length ?? 0) >= NOTE_LENGTH,
    items: itemsIn(data),
    materials: [...namesIn(data['materials']), ...namesIn(data['missing'])],
    facts: factsIn(data, noteField),
    heldBefore: item.heldBefore && named(item.heldBefore),
    holderAfter: item.holderAfter && named(item.holderAfter),
  };
}

function itemsIn({ items }: Said): ToldItem['items'] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((one) => {
    const { material, reason } = one as Said;
    return typeof material === 'string' && typeof reason === 'string' ? [{ material, reason }] : [];
  });
}

const namesIn = (field: Json | undefined): readonly string[] =>
  Array.isArray(field) ? field.filter((one) => typeof one === 'string') : [];

function factsIn(data: Said, noteField: string | undefined): JsonObject {
  const left = Object.entries(data).filter(
    ([field, value]) =>
      value !== undefined && value !== null && field !== noteField && !SHOWN_ELSEWHERE.has(field),
  );
  return Object.fromEntries(left);
}
