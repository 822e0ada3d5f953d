import {
  type Actor,
  type EventStore,
  type Json,
  type ReadModels,
  type StoredEvent,
} from '#libs/event-sourcing';
import { actorKey, type AuditPosting, EVERY_EVENT, typeKey } from './audit.projection.js';
import { comparePlaces, decodePlace, encodePlace, type Place } from './keyset-cursor.js';

/** Any combination; nothing given = the whole log. */
export type AuditQuery = {
  readonly stream?: string;
  /** Account of whoever acted. */
  readonly actor?: string;
  readonly type?: string;
  /** ISO instants in UTC with milliseconds, on `occurredAt`, both included. */
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

/** One event of the log, word for word; revision and position as strings. */
export type AuditItem = {
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly type: string;
  readonly version: number;
  readonly actor: Actor;
  readonly onBehalfOf: Actor | null;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly data: Json;
};

export type AuditPage = { readonly items: readonly AuditItem[]; readonly nextCursor: string | null };

/** The models it rests on, for `asOf`. A query by stream reads the log itself and lags behind nothing. */
export const AUDIT_MODELS = ['audit'] as const;

const POSTINGS_A_READ = 50;
/** Postings after which a page ends short, at the end of a day, when an actor did little of a type. */
const POSTINGS_LOOKED_THROUGH = 500;

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
  before: Place | null,
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
    items: page.map(itemOf),
    nextCursor: last !== undefined && found.length > query.limit ? encodePlace(placeOf(last)) : null,
  };
}

async function pageOfPostings(
  models: ReadModels,
  store: EventStore,
  query: AuditQuery,
  before: Place | null,
): Promise<AuditPage> {
  const { limit } = query;
  const places: Place[] = [];
  let looked = 0;
  for await (const { day, postings } of daysOf(models, query, before)) {
    places.push(...wantedPlaces(postings, query, before));
    looked += postings.length;
    if (places.length > limit) break;
    if (looked >= POSTINGS_LOOKED_THROUGH) {
      // Nothing of this day or a later one is left: the next page begins below its first instant.
      const rest = encodePlace({ occurredAt: `${day}T00:00:00.000Z`, position: 0n });
      return { items: await readPlaces(store, places), nextCursor: rest };
    }
  }
  const page = places.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await readPlaces(store, page),
    nextCursor: last !== undefined && places.length > limit ? encodePlace(last) : null,
  };
}

/** The days that have events of the key, the latest first, each with all its postings. */
async function* daysOf(
  models: ReadModels,
  query: AuditQuery,
  before: Place | null,
): AsyncGenerator<{ day: string; postings: readonly AuditPosting[] }> {
  const until = [query.to, before?.occurredAt].filter((instant) => instant !== undefined).sort()[0];
  let cursor: string | null = null;
  let postings: AuditPosting[] = [];
  do {
    const page: { items: readonly AuditPosting[]; nextCursor: string | null } =
      await models.find<AuditPosting>('audit', {
        index: 'key',
        equals: { key: keyOf(query) },
        range: {
          ...(query.from !== undefined && { gte: query.from.slice(0, 10) }),
          ...(until !== undefined && { lte: until.slice(0, 10) }),
        },
        order: 'desc',
        limit: POSTINGS_A_READ,
        cursor,
      });
    for (const posting of page.items) {
      const day = postings[0]?.day;
      if (day !== undefined && day !== posting.day) {
        yield { day, postings };
        postings = [];
      }
      postings.push(posting);
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  const day = postings[0]?.day;
  if (day !== undefined) yield { day, postings };
}

function keyOf({ actor, type }: AuditQuery): string {
  if (actor !== undefined) return actorKey(actor);
  return type === undefined ? EVERY_EVENT : typeKey(type);
}

function wantedPlaces(postings: readonly AuditPosting[], query: AuditQuery, before: Place | null): Place[] {
  const places: Place[] = [];
  for (const { day, base, entries } of postings) {
    for (const [time, offset, type] of entries) {
      if (query.type !== undefined && type !== query.type) continue;
      const place = { occurredAt: `${day}T${time}`, position: BigInt(base) + BigInt(offset) };
      if (isWanted(place, query, before)) places.push(place);
    }
  }
  return places.sort((a, b) => comparePlaces(b, a));
}

function isWanted(place: Place, { from, to }: AuditQuery, before: Place | null): boolean {
  return (
    (from === undefined || place.occurredAt >= from) &&
    (to === undefined || place.occurredAt <= to) &&
    (before === null || comparePlaces(place, before) < 0)
  );
}

async function readPlaces(store: EventStore, places: readonly Place[]): Promise<readonly AuditItem[]> {
  return Promise.all(
    places.map(async ({ position }) => {
      const event = await store.readAt(position);
      if (event === null)
        throw new Error(`the audit trail names position ${position}, and the log has nothing there`);
      return itemOf(event);
    }),
  );
}

function placeOf(event: StoredEvent): Place {
  return { occurredAt: event.metadata.occurredAt, position: event.position };
}

function itemOf(event: StoredEvent): AuditItem {
  const { metadata } = event;
  return {
    stream: event.stream,
    revision: event.revision.toString(),
    position: event.position.toString(),
    type: event.type,
    version: event.version,
    actor: metadata.actor,
    onBehalfOf: metadata.onBehalfOf,
    occurredAt: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    commandId: metadata.commandId,
    correlationId: metadata.correlationId,
    data: event.data,
  };
}
