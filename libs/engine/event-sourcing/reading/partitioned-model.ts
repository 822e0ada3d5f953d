import { compareIndexed, compareText, isScalar } from './index-order.js';
import { partitionOf } from './projection-partition.js';
import { type TallyDocument } from './projection.js';
import { cursorContent, cursorOf, queryFingerprint } from './query-cursor.js';
import {
  type Document,
  type IndexDefinition,
  InvalidQuery,
  type StoredDocument,
  limitMustBeGood,
  type Page,
  type Query,
  type ReadStore,
  type Scalar,
} from './read-store.js';

/** One model of a projection that is kept in partitions. */
export interface PartitionedModelOptions {
  /** Names in the read store, in order of the partitions. */
  readonly models: readonly string[];
  readonly indexes: { readonly [name: string]: IndexDefinition };
  /** A tally has a document of the same id in each partition that counted for it; they are added up. */
  readonly isTally: boolean;
}

type Compare = (one: Document, other: Document) => number;

/** Reads the partitions of a model as the one model they are. */
export class PartitionedModel {
  constructor(
    private readonly store: Pick<ReadStore, 'getMany' | 'find'>,
    private readonly options: PartitionedModelOptions,
  ) {}

  /** As `ReadStore.getMany`. */
  async getMany(ids: readonly string[]): Promise<readonly (Document | null)[]> {
    const { models, isTally } = this.options;
    const found = await Promise.all(
      models.map((model, index) =>
        this.#known(model, isTally ? ids : ids.filter((id) => partitionOf(id, models.length) === index)),
      ),
    );
    return ids.map((id) =>
      found
        .map((documents) => documents.get(id) ?? null)
        .reduce((whole, part) => (whole && part ? sum(whole, part) : (whole ?? part)), null),
    );
  }

  /** As `ReadStore.find`. @throws InvalidQuery */
  async find(query: Query): Promise<Page> {
    const { models, isTally } = this.options;
    const definition = this.#declaredIndex(query.index);
    const fingerprint = queryFingerprint(models.join(), definition, query);
    const cursor = decodeCursor(query.cursor ?? null, fingerprint, models.length);
    const compare = orderOf(definition, query);
    limitMustBeGood(query.limit);
    const part = { ...query, limit: Math.min(query.limit, Math.ceil((2 * query.limit) / models.length)) };
    const readers = models.map(
      (model, index) => new PartitionReader(this.store, model, part, cursor.places[index] ?? null),
    );
    await Promise.all(readers.map((reader) => reader.begin(cursor.after, compare)));
    const items: Document[] = [];
    for (;;) {
      const reader = least(readers, compare);
      const last = items.at(-1);
      if (!reader?.next) return { items, nextCursor: null };
      if (isTally && last?.id === reader.next.id) items[items.length - 1] = sum(last, reader.next);
      else if (items.length < query.limit) items.push(reader.next);
      else if (last) {
        const after = placeOf(last, definition);
        const next: Cursor = { fingerprint, after, places: readers.map(({ place }) => place) };
        return { items, nextCursor: cursorOf(next) };
      }
      await reader.take();
    }
  }

  #declaredIndex(name: string): IndexDefinition {
    const { models, indexes } = this.options;
    const definition = Object.hasOwn(indexes, name) ? indexes[name] : undefined;
    if (definition) return definition;
    throw new InvalidQuery(`${models.join()} declares no index ${name}`);
  }

  async #known(model: string, ids: readonly string[]): Promise<ReadonlyMap<string, Document>> {
    const kept: readonly (StoredDocument | null)[] =
      ids.length === 0 ? [] : await this.store.getMany(model, ids);
    return new Map(kept.flatMap((entry) => (entry ? [[entry.document.id, entry.document] as const] : [])));
  }
}

function orderOf({ range }: IndexDefinition, { order }: Query): Compare {
  const sign = order === 'desc' ? -1 : 1;
  return (one, other) => {
    const byRange = range === undefined ? 0 : compareIndexed(rangeOf(one, range), rangeOf(other, range));
    return sign * (byRange === 0 ? compareText(one.id, other.id) : byRange);
  };
}

/** The fields that give a document's place in an index. */
function placeOf(document: Document, { range }: IndexDefinition): Document {
  return { id: document.id, ...(range !== undefined && { [range]: rangeOf(document, range) }) };
}

/**
 * The documents of one partition, one after the other. Read in pages of twice the partition's part of what is asked for, which
 * is enough most times: ids are spread evenly.
 */
class PartitionReader {
  #page: Page = { items: [], nextCursor: null };
  #taken = 0;

  constructor(
    private readonly store: Pick<ReadStore, 'find'>,
    private readonly model: string,
    private readonly query: Query,
    /**
     * Where the page in hand begins: after a cursor of the store, or at the beginning. A reader that continues there skips what
     * it has taken, since that is before the document returned last, and finds documents that were added after it in the
     * meantime.
     */
    public place: string | null,
  ) {}

  get next(): Document | undefined {
    return this.#page.items[this.#taken];
  }

  /** Reads the first page, of which what stands no further than the document given out last is passed over. */
  async begin(after: Document | null, compare: Compare): Promise<void> {
    await this.#read();
    while (after && this.next && compare(this.next, after) <= 0) await this.take();
  }

  async take(): Promise<void> {
    this.#taken++;
    const { items, nextCursor } = this.#page;
    if (this.#taken < items.length || nextCursor === null) return;
    this.place = nextCursor;
    await this.#read();
  }

  async #read(): Promise<void> {
    this.#page = await this.store.find(this.model, { ...this.query, cursor: this.place });
    this.#taken = 0;
  }
}

/** Whose next document comes first; undefined when none has any left. */
function least(readers: readonly PartitionReader[], compare: Compare): PartitionReader | undefined {
  let first: PartitionReader | undefined;
  for (const reader of readers) {
    if (reader.next && (!first?.next || compare(reader.next, first.next) < 0)) first = reader;
  }
  return first;
}

function rangeOf(document: Document, field: string): Scalar {
  const value = document[field] ?? null;
  if (!isScalar(value)) {
    throw new Error(`${field} of ${document.id} holds several values, of which none says where it belongs`);
  }
  return value;
}

/** Two partitions' documents of one tally line: the same labels, and what both have counted. */
function sum(one: Document, other: Document): Document {
  const counts: Record<string, number> = { ...(one as TallyDocument).counts };
  for (const [counter, count] of Object.entries((other as TallyDocument).counts)) {
    counts[counter] = (counts[counter] ?? 0) + count;
    if (counts[counter] === 0) delete counts[counter];
  }
  return { ...one, counts };
}

interface Cursor {
  /** Of the query it belongs to. */
  readonly fingerprint: string;
  /** Id and range field of the last document that was given out; null before the first page. */
  readonly after: Document | null;
  /** Where each partition goes on: see `PartitionReader`. */
  readonly places: readonly (string | null)[];
}

function decodeCursor(text: string | null, fingerprint: string, count: number): Cursor {
  if (text === null) return { fingerprint, after: null, places: Array.from({ length: count }, () => null) };
  const cursor = cursorContent(text);
  if (!isCursor(cursor) || cursor.fingerprint !== fingerprint || cursor.places.length !== count) {
    throw new InvalidQuery('the cursor belongs to another query');
  }
  return cursor;
}

function isCursor(value: unknown): value is Cursor {
  const { after, places } = (value ?? {}) as {
    readonly after?: Partial<Document>;
    readonly places?: unknown;
  };
  if (typeof after?.id !== 'string' || !Object.values(after).every(isScalar)) return false;
  return Array.isArray(places) && places.every(isPlace);
}

function isPlace(value: unknown): value is string | null {
  return typeof value === 'string' || value === null;
}
