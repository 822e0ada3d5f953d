import type { JsonObject } from '../tools/json.js';
import { type LeaseStore } from './lease-store.js';
import { type SlotStore } from './slot-store.js';

/** A read-model document. Fields are JSON; what the store adds stays outside. */
export type Document = JsonObject & { readonly id: string };

/** A document with the position of the last event folded into it. */
export interface StoredDocument<Doc extends Document = Document> {
  readonly document: Doc;
  readonly seen: bigint;
}

/**
 * One index. `equals`: fields fixed by the query, in order (a field that holds an array is found by each element).
 * `range`: the field that bounds and orders the answer; without it documents come in order of id. Ties go by id.
 * Only null, booleans, numbers and strings are indexed; one field holds one type, or null, which sorts first.
 * Strings sort by their UTF-8 bytes. Indexed strings are cut to 256 characters: longer ones are not distinguished.
 */
export interface IndexDefinition {
  readonly equals: readonly string[];
  readonly range?: string;
  /** One of these fields: documents in which it is null are not indexed, which saves their entries. */
  readonly present?: string;
}

/** A named set of documents and the only ways to query it. */
export interface ModelDefinition {
  /** Unique in the store; the projector adds the projection's version, so two versions never share documents. */
  readonly name: string;
  readonly indexes: { readonly [name: string]: IndexDefinition };
}

export type Scalar = null | boolean | number | string;

export interface Query {
  readonly index: string;
  /** One value for each field of the index's `equals`. */
  readonly equals?: { readonly [field: string]: Scalar };
  /** Bounds on the index's `range` field. A bound leaves nulls out, unless null itself is the bound. */
  readonly range?: {
    readonly gte?: Scalar;
    readonly gt?: Scalar;
    readonly lte?: Scalar;
    readonly lt?: Scalar;
  };
  /** Default `asc`. */
  readonly order?: 'asc' | 'desc';
  /** 1 to 1000. */
  readonly limit: number;
  /** `nextCursor` of the page before, with the same query. */
  readonly cursor?: string | null;
}

export interface Page<Doc extends Document = Document> {
  readonly items: readonly Doc[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

export interface Write {
  readonly model: string;
  readonly document: Document;
  readonly seen: bigint;
}

/** How far a projection has come. `recordedAt` is that of the last event looked at; null before the first. */
export interface Checkpoint {
  readonly position: bigint;
  readonly recordedAt: string | null;
  /** Id of the event at this position; left out where it is not known, and in checkpoints stored before there were such ids. */
  readonly eventId?: string;
}

/**
 * All that a store holds, from any version of the program: names of models that hold documents, and of checkpoints, each in
 * order.
 */
export interface Inventory {
  readonly models: readonly string[];
  readonly checkpoints: readonly string[];
}

/** A cursor that this query did not give, or an index that the model does not declare. */
export class InvalidQuery extends Error {
  override readonly name = 'InvalidQuery';
}

const LONGEST_PAGE = 1_000;

/** @throws InvalidQuery unless it is a whole number from 1 to 1,000 */
export function limitMustBeGood(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= LONGEST_PAGE) return;
  throw new InvalidQuery(`a limit is a whole number from 1 to ${LONGEST_PAGE}, not ${limit}`);
}

/**
 * Documents by model and id, found through declared indexes only, the leases of those who write them, and slots that
 * processes share. Every adapter behaves as `readStoreContract`, `leaseStoreContract` and `slotStoreContract` say.
 */
export interface ReadStore extends LeaseStore, SlotStore {
  /** Makes the models and their indexes known, creating what is missing. Called before any other use of a model. */
  define(models: readonly ModelDefinition[]): Promise<void>;

  get(model: string, id: string): Promise<StoredDocument | null>;
  /** One entry for each id asked, in the order asked; null for a missing document. */
  getMany(model: string, ids: readonly string[]): Promise<readonly (StoredDocument | null)[]>;
  /** @throws InvalidQuery */
  find(model: string, query: Query): Promise<Page>;

  /**
   * Writes documents in the order given, then the checkpoint. A store without transactions may stop half way; what it
   * then holds is a prefix of the list, and the checkpoint is the old one.
   */
  save(projection: string, writes: readonly Write[], checkpoint: Checkpoint): Promise<void>;
  checkpoint(projection: string): Promise<Checkpoint | null>;

  /** The version of a projection that queries read; null before the first `goLive`. */
  liveVersion(projection: string): Promise<number | null>;
  goLive(projection: string, version: number): Promise<void>;

  /** Every document of a model in order of id, for comparing and exporting. */
  scan(model: string): AsyncIterable<StoredDocument>;
  /** A model without documents may be among them. */
  inventory(): Promise<Inventory>;
  /**
   * Forgets the named projection's checkpoint, then the documents of these models, defined by this process or another, in
   * the order given. What a crash leaves of it is whole documents.
   */
  drop(models: readonly string[], projection: string): Promise<void>;

  /** Id of the log that the documents were filled from; null where none was noted. */
  filledFrom(): Promise<string | null>;
  /** Notes it, unless one is noted already: that one stays. Null forgets it. */
  fillFrom(log: string | null): Promise<void>;

  close(): Promise<void>;
}
