import { defined, type EventStore, type ReadModels } from '#libs/engine/event-sourcing';
import { type comparePlaces, encodePlace, type KeysetPlace } from '../answers/keyset-cursor.js';
import { readPlaces } from './audit.item.js';
import { type AuditPage, type AuditQuery, inOrder, isAscending, isBefore } from './audit.order.js';
import {
  actorKey,
  AUDIT_SPANS,
  type AuditEntry,
  type AuditPosting,
  type AuditSpan,
  audit as auditModel,
  EVERY_EVENT,
  typeKey,
} from './audit.projection.js';

/** Postings read at a time: one or two are a page where much happens, many where little does. */
const FIRST_POSTINGS = 1;
const POSTINGS_A_READ = 16;
/** Postings after which a page ends short, when an actor did little of a type. */
const POSTINGS_LOOKED_THROUGH = 30;

/** Later, and earlier, than every event at the same instant. */
const AFTER_ALL_POSITIONS = 2n ** 63n;
const BEFORE_ALL_POSITIONS = -1n;

/** A page of the whole log. */
export async function pageOfPostings(
  models: ReadModels,
  store: EventStore,
  query: AuditQuery,
  before: KeysetPlace | null,
): Promise<AuditPage> {
  const { limit } = query;
  const ascends = isAscending(query);
  const bound = beginningOf(query, before);
  const best = new BestPlaces(limit + 1, inOrder(query));
  let looked = 0;
  for await (const posting of postingsOf(models, query, bound)) {
    const edge = ascends ? posting.first : posting.last;
    // No posting that follows has anything that comes before this one's edge.
    if (best.edge !== null && isBefore(best.edge, edge, ascends)) break;
    if (looked === POSTINGS_LOOKED_THROUGH) {
      const position = ascends ? BEFORE_ALL_POSITIONS : AFTER_ALL_POSITIONS;
      const known = best.places.filter(({ occurredAt }) => isBefore(occurredAt, edge, ascends));
      return {
        items: await readPlaces(store, known),
        nextCursor: encodePlace({ occurredAt: edge, position }),
      };
    }
    // Those that reach past the wanted time have to be looked through each time, and so bring no page further.
    if (bound === undefined || isBefore(bound, edge, ascends)) looked++;
    takeWanted(posting, query, before, best);
  }
  const page = best.places.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await readPlaces(store, page),
    nextCursor: last !== undefined && best.places.length > limit ? encodePlace(last) : null,
  };
}

/** The time at which the page begins: the narrower of the bound that was asked for and of the page before. */
function beginningOf(query: AuditQuery, before: KeysetPlace | null): string | undefined {
  const bounds = [isAscending(query) ? query.from : query.to, before?.occurredAt]
    .filter((instant) => instant !== undefined)
    .sort();
  return isAscending(query) ? bounds.at(-1) : bounds[0];
}

/** The first of the places it was given, in the order asked for. */
class BestPlaces {
  readonly places: KeysetPlace[] = [];

  constructor(
    private readonly limit: number,
    private readonly compare: typeof comparePlaces,
  ) {}

  /** A place behind this instant is not among them any more; null while there is room for any place. */
  get edge(): string | null {
    return this.places.length < this.limit ? null : (this.places.at(-1)?.occurredAt ?? null);
  }

  take(place: KeysetPlace): void {
    let [low, high] = [0, this.places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.places[middle];
      if (other && this.compare(place, other) > 0) low = middle + 1;
      else high = middle;
    }
    this.places.splice(low, 0, place);
    if (this.places.length > this.limit) this.places.pop();
  }
}

/** The postings that may hold what is wanted, those first that reach furthest to where the list begins. */
async function* postingsOf(
  models: ReadModels,
  query: AuditQuery,
  bound: string | undefined,
): AsyncGenerator<AuditPosting> {
  const ascends = isAscending(query);
  const edgeOf = ({ first, last }: AuditPosting) => (ascends ? first : last);
  const spans = Object.keys(AUDIT_SPANS) as AuditSpan[];
  const lists = await Promise.all(
    spans.map(async (span) => {
      const list = postingsOfSpan(models, query, span, bound);
      return { list, next: await list.next() };
    }),
  );
  for (;;) {
    let first: (typeof lists)[number] | null = null;
    for (const one of lists) {
      if (one.next.done === true) continue;
      const isFirst =
        first?.next.done !== false || isBefore(edgeOf(one.next.value), edgeOf(first.next.value), ascends);
      if (isFirst) first = one;
    }
    if (first?.next.done !== false) return;
    yield first.next.value;
    first.next = await first.list.next();
  }
}

async function* postingsOfSpan(
  models: ReadModels,
  query: AuditQuery,
  span: AuditSpan,
  bound: string | undefined,
): AsyncGenerator<AuditPosting, undefined> {
  const ascends = isAscending(query);
  // What ends later than this began after the wanted time, and what begins earlier ended before it.
  const range = ascends
    ? { ...(bound !== undefined && { gte: earliestBeginning(bound, span) }), ...defined({ lte: query.to }) }
    : { ...defined({ gte: query.from }), ...(bound !== undefined && { lte: latestEnd(bound, span) }) };
  let cursor: string | null = null;
  let limit = FIRST_POSTINGS;
  do {
    const page: { items: readonly AuditPosting[]; nextCursor: string | null } = await models.find(
      auditModel,
      {
        index: ascends ? 'begun' : 'key',
        equals: { key: keyOf(query), span },
        range,
        order: ascends ? 'asc' : 'desc',
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

/** Before every instant with a year of four digits. */
function earliestBeginning(from: string, span: AuditSpan): string {
  return new Date(Math.max(Date.parse(from) - AUDIT_SPANS[span], 0)).toISOString();
}

function keyOf({ actor, types }: AuditQuery): string {
  if (actor !== undefined) return actorKey(actor);
  const [type, ...others] = types ?? [];
  return type === undefined || others.length > 0 ? EVERY_EVENT : typeKey(type);
}

/**
 * Of a thousand entries a page needs a few: they are left out by their times alone, those looked at first that are nearest to
 * where the list begins, since with those the edge comes nearer.
 */
function takeWanted(
  { month, base, blocks, filling }: AuditPosting,
  query: AuditQuery,
  before: KeysetPlace | null,
  best: BestPlaces,
): void {
  const ascends = isAscending(query);
  const until = timeIn(month, query.to);
  const from = query.from === undefined ? '' : timeIn(month, query.from);
  const compare = inOrder(query);
  for (const [time, offset, type] of entriesOf({ blocks, filling }, ascends)) {
    if (time < from || time > until) continue;
    const { edge } = best;
    if (edge !== null && isBefore(timeIn(month, edge), time, ascends)) continue;
    if (query.types !== undefined && !query.types.includes(type)) continue;
    const place = { occurredAt: `${month}-${time}`, position: BigInt(base) + BigInt(offset) };
    if (before === null || compare(place, before) > 0) best.take(place);
  }
}

function* entriesOf(
  { blocks, filling }: Pick<AuditPosting, 'blocks' | 'filling'>,
  ascends: boolean,
): Generator<AuditEntry> {
  if (ascends) {
    for (const block of blocks) yield* block;
    yield* filling;
    return;
  }
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
