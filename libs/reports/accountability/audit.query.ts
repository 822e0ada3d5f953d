import {
  ascending,
  type Actor,
  type EventStore,
  type Json,
  type ReadModels,
  type StoredEvent,
  defined,
} from '#libs/engine/event-sourcing';
import {
  actorKey,
  AUDIT_SPANS,
  type AuditEntry,
  type AuditPosting,
  type AuditSpan,
  EVERY_EVENT,
  typeKey,
  audit as auditModel,
} from './audit.projection.js';
import { comparePlaces, decodePlace, encodePlace, type KeysetPlace } from '../answers/keyset-cursor.js';

/** Any combination; nothing given = the whole log. */
export type AuditQuery = {
  readonly stream?: string;
  /** Account of the actor. */
  readonly actor?: string;
  readonly type?: string;
  /** ISO instants in UTC with milliseconds, on `occurredAt`, both included. */
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

/** One event of the log, word for word; revision and position as strings. */
export interface AuditItem {
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly type: string;
  readonly version: number;
  readonly actor: Actor;
  readonly onBehalfOf: Actor | null;
  /** The delegation by which it was decided at the window; left out where none was needed. */
  readonly delegation?: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly data: Json;
}

export type AuditPage = { readonly items: readonly AuditItem[]; readonly nextCursor: string | null };

/** Postings read at a time: one or two are a page where much happens, many where little does. */
const FIRST_POSTINGS = 1;
const POSTINGS_A_READ = 16;
/** Postings after which a page ends short, when an actor did little of a type. */
const POSTINGS_LOOKED_THROUGH = 30;

/**
 * The audit trail, the latest `occurredAt` first, at the same instant the last in the log first. A page may be short
 * while `nextCursor` is not null.
 * @throws InvalidQuery when the cursor is not one of this list
 */
export async function auditTrailPage(
  models: ReadModels,
  events: EventStore,
  query: AuditQuery,
): Promise<AuditPage> {
  const before = query.cursor === undefined || query.cursor === null ? null : decodePlace(query.cursor);
  return query.stream === undefined
    ? pageOfPostings(models, events, query, before)
    : pageOfStream(events, query.stream, query, before);
}

async function pageOfStream(
  store: EventStore,
  stream: string,
  query: AuditQuery,
  before: KeysetPlace | null,
): Promise<AuditPage> {
  const found: StoredEvent[] = [];
  for await (const event of store.readStream(stream)) {
    if (query.actor !== undefined && event.metadata.actor.person !== query.actor) continue;
    if (query.type !== undefined && event.type !== query.type) continue;
    if (isWanted(placeOf(event), query, before)) found.push(event);
  }
  found.sort((a, b) => comparePlaces(placeOf(b), placeOf(a)));
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(auditItem),
    nextCursor: last !== undefined && found.length > query.limit ? encodePlace(placeOf(last)) : null,
  };
}

/** Later than every event at the same instant. */
const AFTER_ALL_POSITIONS = 2n ** 63n;

async function pageOfPostings(
  models: ReadModels,
  store: EventStore,
  query: AuditQuery,
  before: KeysetPlace | null,
): Promise<AuditPage> {
  const { limit } = query;
  const until = [query.to, before?.occurredAt].filter((instant) => instant !== undefined).sort()[0];
  const latest = new LatestPlaces(limit + 1);
  let looked = 0;
  for await (const posting of postingsOf(models, query, until)) {
    // No posting that follows has anything later than this one's last.
    if (latest.floor !== null && latest.floor > posting.last) break;
    if (looked === POSTINGS_LOOKED_THROUGH) {
      const rest = encodePlace({ occurredAt: posting.last, position: AFTER_ALL_POSITIONS });
      return { items: await readPlaces(store, latest.laterThan(posting.last)), nextCursor: rest };
    }
    // Those that reach past the wanted time have to be looked through each time, and so bring no page further.
    if (until === undefined || posting.last < until) looked++;
    takeWanted(posting, query, before, latest);
  }
  const page = latest.places.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await readPlaces(store, page),
    nextCursor: last !== undefined && latest.places.length > limit ? encodePlace(last) : null,
  };
}

/** The `most` latest of the places it was given, the latest first. */
class LatestPlaces {
  readonly places: KeysetPlace[] = [];

  constructor(private readonly limit: number) {}

  /** A place before this instant is not among the latest any more; null while there is room for any place. */
  get floor(): string | null {
    return this.places.length < this.limit ? null : (this.places.at(-1)?.occurredAt ?? null);
  }

  take(place: KeysetPlace): void {
    let [low, high] = [0, this.places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.places[middle];
      if (other && comparePlaces(place, other) < 0) low = middle + 1;
      else high = middle;
    }
    this.places.splice(low, 0, place);
    if (this.places.length > this.limit) this.places.pop();
  }

  laterThan(instant: string): readonly KeysetPlace[] {
    return this.places.filter(({ occurredAt }) => occurredAt > instant);
  }
}

/** The postings that may hold what is wanted, those with the latest events first. */
async function* postingsOf(
  models: ReadModels,
  query: AuditQuery,
  until: string | undefined,
): AsyncGenerator<AuditPosting> {
  const spans = Object.keys(AUDIT_SPANS) as AuditSpan[];
  const lists = await Promise.all(
    spans.map(async (span) => {
      const list = postingsOfSpan(models, query, span, until);
      return { list, next: await list.next() };
    }),
  );
  for (;;) {
    let latest: (typeof lists)[number] | null = null;
    for (const one of lists) {
      if (one.next.done === true) continue;
      if (latest?.next.done !== false || one.next.value.last > latest.next.value.last) latest = one;
    }
    if (latest?.next.done !== false) return;
    yield latest.next.value;
    latest.next = await latest.list.next();
  }
}

async function* postingsOfSpan(
  models: ReadModels,
  query: AuditQuery,
  span: AuditSpan,
  until: string | undefined,
): AsyncGenerator<AuditPosting, undefined> {
  let cursor: string | null = null;
  let limit = FIRST_POSTINGS;
  do {
    const page: { items: readonly AuditPosting[]; nextCursor: string | null } = await models.find(
      auditModel,
      {
        index: 'key',
        equals: { key: keyOf(query), span },
        range: {
          ...defined({ gte: query.from }),
          // What ends later than this began after the wanted time.
          ...(until !== undefined && { lte: latestEnd(until, span) }),
        },
        order: 'desc',
        limit,
        cursor,
      },
    );
    yield* page.items;
    cursor = page.nextCursor;
    limit = Math.min(limit * 4, POSTINGS_A_READ);
  } while (cursor !== null);
}

/** The last instant whose text sorts by time. */
const END_OF_TIME = Date.parse('9999-12-31T23:59:59.999Z');

function latestEnd(until: string, span: AuditSpan): string {
  return new Date(Math.min(Date.parse(until) + AUDIT_SPANS[span], END_OF_TIME)).toISOString();
}

function keyOf({ actor, type }: AuditQuery): string {
  if (actor !== undefined) return actorKey(actor);
  return type === undefined ? EVERY_EVENT : typeKey(type);
}

/**
 * Of a thousand entries a page needs a few: they are left out by their times alone, the latest looked at first, since
 * with those the floor rises.
 */
function takeWanted(
  { month, base, blocks, filling }: AuditPosting,
  query: AuditQuery,
  before: KeysetPlace | null,
  latest: LatestPlaces,
): void {
  const until = [timeIn(month, query.to), timeIn(month, before?.occurredAt)].sort()[0] ?? END_OF_MONTH;
  const from = query.from === undefined ? '' : timeIn(month, query.from);
  for (const [time, offset, type] of latestFirst({ blocks, filling })) {
    if (time < from || time > until) continue;
    const { floor } = latest;
    if (floor !== null && time < timeIn(month, floor)) continue;
    if (query.type !== undefined && type !== query.type) continue;
    const place = { occurredAt: `${month}-${time}`, position: BigInt(base) + BigInt(offset) };
    if (before === null || comparePlaces(place, before) < 0) latest.take(place);
  }
}

function* latestFirst({ blocks, filling }: Pick<AuditPosting, 'blocks' | 'filling'>): Generator<AuditEntry> {
  yield* filling.toReversed();
  for (const block of blocks.toReversed()) yield* block.toReversed();
}

/** After every day and time of a month. */
const END_OF_MONTH = '~';

/** An instant as day and time within a month: its beginning or end for one outside of it, its end for none. */
function timeIn(month: string, instant: string | undefined): string {
  if (instant === undefined) return END_OF_MONTH;
  const other = instant.slice(0, 7);
  if (other === month) return instant.slice(8);
  return other < month ? '' : END_OF_MONTH;
}

function isWanted(place: KeysetPlace, { from, to }: AuditQuery, before: KeysetPlace | null): boolean {
  return (
    (from === undefined || place.occurredAt >= from) &&
    (to === undefined || place.occurredAt <= to) &&
    (before === null || comparePlaces(place, before) < 0)
  );
}

/** Reads in the order of the log, in which neighbours are read together; returns the events in the order given. */
async function readPlaces(store: EventStore, places: readonly KeysetPlace[]): Promise<readonly AuditItem[]> {
  const positions = places.map(({ position }) => position).sort(ascending);
  const items = await Promise.all(
    positions.map(async (position) => {
      const event = await store.readAt(position);
      if (event === null)
        throw new Error(`the audit trail names position ${position}, and the log has nothing there`);
      return [position, auditItem(event)] as const;
    }),
  );
  const byPosition = new Map(items);
  return places.flatMap(({ position }) => byPosition.get(position) ?? []);
}

function placeOf(event: StoredEvent): KeysetPlace {
  return { occurredAt: event.metadata.occurredAt, position: event.position };
}

export function auditItem(event: StoredEvent): AuditItem {
  const { metadata } = event;
  return {
    stream: event.stream,
    revision: event.revision.toString(),
    position: event.position.toString(),
    type: event.type,
    version: event.version,
    actor: metadata.actor,
    onBehalfOf: metadata.onBehalfOf,
    ...defined({ delegation: metadata.delegation }),
    occurredAt: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    commandId: metadata.commandId,
    correlationId: metadata.correlationId,
    data: event.data,
  };
}
