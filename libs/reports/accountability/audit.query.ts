import { type EventStore, type Json, type ReadModels, type StoredEvent } from '#libs/engine/event-sourcing';
import { decodePlace, encodePlace, type KeysetPlace } from '../answers/keyset-cursor.js';
import { projects as projectModel } from '../project/project.projection.js';
import { type AuditItem, eventAtPosition, itemOf } from './audit.item.js';
import { type AuditPage, type AuditQuery, inOrder, isWanted } from './audit.order.js';
import { pageOfPostings } from './audit.postings.js';

/** Events that one page reads for what an index does not hold: their correlation, and what their data say. */
const MOST_READ = 1_000;
const A_READ = 200;

/**
 * The audit trail, the latest `occurredAt` first, at the same instant the last in the log first; `asc` the other way round. A page
 * may be short while `nextCursor` is not null.
 * @throws InvalidQuery when the cursor is not one of this list
 */
export async function auditTrailPage(
  models: ReadModels,
  events: EventStore,
  query: AuditQuery,
): Promise<AuditPage> {
  const { position, correlation, q, limit, cursor = null } = query;
  if (position !== undefined) return pageOfOne(await eventAtPosition(events, position), query);
  const streams = await streamsOf(models, query);
  if (correlation === undefined && q === undefined) return indexedPage(models, events, query, streams);
  const items: AuditItem[] = [];
  let from = cursor;
  for (let read = 0; read < MOST_READ; read += A_READ) {
    const page: AuditPage = await indexedPage(
      models,
      events,
      { ...query, limit: A_READ, cursor: from },
      streams,
    );
    for (const item of page.items) {
      if (!isOfDetails(item, query)) continue;
      items.push(item);
      if (items.length < limit) continue;
      const isLast = item === page.items.at(-1) && page.nextCursor === null;
      return { items, nextCursor: isLast ? null : encodePlace(placeOfItem(item)) };
    }
    if (page.nextCursor === null) return { items, nextCursor: null };
    from = page.nextCursor;
  }
  return { items, nextCursor: from };
}

function indexedPage(
  models: ReadModels,
  events: EventStore,
  query: AuditQuery,
  streams: readonly string[] | null,
): Promise<AuditPage> {
  const before = query.cursor === undefined || query.cursor === null ? null : decodePlace(query.cursor);
  return streams === null
    ? pageOfPostings(models, events, query, before)
    : pageOfStreams(events, streams, query, before);
}

/** The streams that are asked for; null for the whole log. Of a project: its own and those of its applications. */
async function streamsOf(
  models: ReadModels,
  { project, stream }: Pick<AuditQuery, 'project' | 'stream'>,
): Promise<readonly string[] | null> {
  if (project === undefined) return stream === undefined ? null : [stream];
  const found = await models.get(projectModel, project);
  const applications = found?.applications.map(({ application }) => `application-${application}`) ?? [];
  const streams = [`project-${project}`, ...applications];
  return stream === undefined ? streams : streams.filter((one) => one === stream);
}

function pageOfOne(item: AuditItem | null, query: AuditQuery): AuditPage {
  const { stream, actor, types, from, to, project } = query;
  const isAsked =
    item !== null &&
    (stream === undefined || item.stream === stream) &&
    (actor === undefined || item.actor.person === actor) &&
    (types === undefined || types.includes(item.type)) &&
    (from === undefined || item.occurredAt >= from) &&
    (to === undefined || item.occurredAt <= to) &&
    (project === undefined || (item.data as { readonly project?: Json } | null)?.project === project) &&
    isOfDetails(item, query);
  return { items: isAsked ? [item] : [], nextCursor: null };
}

function isOfDetails(item: AuditItem, { correlation, q }: AuditQuery): boolean {
  if (correlation !== undefined && item.correlationId !== correlation && item.commandId !== correlation)
    return false;
  return q === undefined || JSON.stringify([item.stream, item.data]).toLowerCase().includes(q.toLowerCase());
}

const placeOfItem = ({ occurredAt, position }: AuditItem): KeysetPlace => ({
  occurredAt,
  position: BigInt(position),
});

async function pageOfStreams(
  store: EventStore,
  streams: readonly string[],
  query: AuditQuery,
  before: KeysetPlace | null,
): Promise<AuditPage> {
  const found: StoredEvent[] = [];
  for (const stream of streams) {
    for await (const event of store.readStream(stream)) {
      if (query.actor !== undefined && event.metadata.actor.person !== query.actor) continue;
      if (query.types !== undefined && !query.types.includes(event.type)) continue;
      if (isWanted(placeOf(event), query, before)) found.push(event);
    }
  }
  const compare = inOrder(query);
  found.sort((a, b) => compare(placeOf(a), placeOf(b)));
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(itemOf),
    nextCursor: last !== undefined && found.length > query.limit ? encodePlace(placeOf(last)) : null,
  };
}

function placeOf(event: StoredEvent): KeysetPlace {
  return { occurredAt: event.metadata.occurredAt, position: event.position };
}
