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
  /** The delegation by which it was decided at the window; left out where none was needed. */
  readonly delegation?: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly data: Json;
};

export type AuditPage = { readonly items: readonly AuditItem[]; readonly nextCursor: string | null };

/** The models it rests on, for `asOf`. A query by stream reads the log itself and lags behind nothing. */
export const AUDIT_MODELS = ['audit'] as const;

const POSTINGS_A_READ = 8;
/** Postings after which a page ends short, when an actor did little of a type. */
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

/** Later than every event at the same instant. */
const AFTER_ALL_POSITIONS = 2n ** 63n;

async function pageOfPostings(
  models: ReadModels,
  store: EventStore,
  query: AuditQuery,
  before: Place | null,
): Promise<AuditPage> {
  const { limit } = query;
  const until = [query.to, before?.occurredAt].filter((instant) => instant !== undefined).sort()[0];
  let places: Place[] = [];
  let looked = 0;
  for await (const posting of postingsOf(models, query, until)) {
    // No posting that follows has anything later than this one's last.
    const settled = countOf(places, ({ occurredAt }) => occurredAt > posting.last);
    if (settled > limit) break;
    if (looked === POSTINGS_LOOKED_THROUGH) {
      const rest = encodePlace({ occurredAt: posting.last, position: AFTER_ALL_POSITIONS });
      return { items: await readPlaces(store, places.slice(0, settled)), nextCursor: rest };
    }
    // Those that reach past the wanted time have to be looked through each time, and so bring no page further.
    if (until === undefined || posting.last < until) looked++;
    places = [...places, ...wantedPlaces(posting, query, before)].sort((a, b) => comparePlaces(b, a));
  }
  const page = places.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await readPlaces(store, page),
    nextCursor: last !== undefined && places.length > limit ? encodePlace(last) : null,
  };
}

/** How many of the beginning of a list are so. */
function countOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  const end = items.findIndex((item) => !holds(item));
  return end < 0 ? items.length : end;
}

/** The postings that may hold what is wanted, those with the latest events first. */
async function* postingsOf(
  models: ReadModels,
  query: AuditQuery,
  until: string | undefined,
): AsyncGenerator<AuditPosting> {
  let cursor: string | null = null;
  do {
    const page: { items: readonly AuditPosting[]; nextCursor: string | null } =
      await models.find<AuditPosting>('audit', {
        index: 'key',
        equals: { key: keyOf(query) },
        range: {
          ...(query.from !== undefined && { gte: query.from }),
          // A posting holds one month: in a later month nothing of the wanted time can be.
          ...(until !== undefined && { lte: `${until.slice(0, 7)}-31T23:59:59.999Z` }),
        },
        order: 'desc',
        limit: POSTINGS_A_READ,
        cursor,
      });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function keyOf({ actor, type }: AuditQuery): string {
  if (actor !== undefined) return actorKey(actor);
  return type === undefined ? EVERY_EVENT : typeKey(type);
}

function wantedPlaces(
  { month, base, entries }: AuditPosting,
  query: AuditQuery,
  before: Place | null,
): Place[] {
  const places: Place[] = [];
  for (const [time, offset, type] of entries) {
    if (query.type !== undefined && type !== query.type) continue;
    const place = { occurredAt: `${month}-${time}`, position: BigInt(base) + BigInt(offset) };
    if (isWanted(place, query, before)) places.push(place);
  }
  return places;
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
    ...(metadata.delegation === undefined ? {} : { delegation: metadata.delegation }),
    occurredAt: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    commandId: metadata.commandId,
    correlationId: metadata.correlationId,
    data: event.data,
  };
}
