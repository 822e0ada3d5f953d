import type { DomainEvent, Recorded, StoredEvent } from '../log/event.js';
import type { Document, IndexDefinition } from './read-store.js';

declare const DOCUMENT: unique symbol;

/** What a read model is found by: the projection or the tally that keeps it, or the name that one of them is made with. */
export interface Model<Doc extends Document = Document> {
  readonly model: string;
  /** A type only. */
  readonly [DOCUMENT]?: Doc;
}

/** Whole numbers by counter, which may be named twice. Pairs, since each new set of an object's keys costs the engine a hidden class. */
export type Additions = readonly (readonly [counter: string, by: number])[];

/** One document of a tally. `labels` are its fixed fields (its index keys): the same for every reference to it. */
export interface TallyLine {
  readonly id: string;
  readonly labels: { readonly [field: string]: string | number | null };
}

/** Adds these whole numbers to the counters of each of the lines, which differ in their ids. */
export interface Contribution {
  readonly lines: readonly TallyLine[];
  readonly add: Additions;
}

/** A tally's document: its labels, and counters that are not zero. */
export type TallyDocument = Document & { readonly counts: { readonly [counter: string]: number } };

/**
 * A report that is a sum over a projection's documents. It is called with each change of a document and returns what that
 * change adds to which counters, so that a total never drifts from the list it sums up.
 */
export interface Tally<Doc extends Document, Line extends Document = TallyDocument> extends Model<Line> {
  readonly indexes: { readonly [name: string]: IndexDefinition };
  contributions(before: Doc | null, after: Doc, event: StoredEvent): readonly Contribution[];
}

/**
 * A read model as a pure table of functions. For each event `keys` names the documents it touches; `create` makes the document
 * if it is missing, `update` folds the event into one that is there. An event type in neither table is not for this projection.
 * One in `update` only, whose document is absent, is a fault: the projection stops.
 */
export interface ProjectionDefinition<Doc extends Document, Event extends DomainEvent> {
  readonly name: string;
  /** Raised when the content of documents changes: the new version is filled next to the old one. */
  readonly version: number;
  readonly model: string;
  readonly indexes: { readonly [name: string]: IndexDefinition };
  readonly keys: (event: Recorded<Event>) => readonly string[];
  readonly create: {
    readonly [Type in Event['type']]?: (event: Extract<Recorded<Event>, { type: Type }>, id: string) => Doc;
  };
  readonly update: {
    readonly [Type in Event['type']]?: (
      document: Doc,
      event: Extract<Recorded<Event>, { type: Type }>,
      id: string,
    ) => Doc;
  };
  readonly tallies?: readonly Tally<Doc>[];
  /** See `Projection`. */
  readonly weight?: number;
}

/** A projection as the projector sees it: the event union is gone, `handles` says which types it wants. */
export interface Projection {
  readonly name: string;
  readonly version: number;
  readonly model: string;
  readonly indexes: { readonly [name: string]: IndexDefinition };
  readonly tallies: readonly Tally<Document>[];
  /** What catching up costs compared with other projections: threads get shares of equal weight. Default 1. */
  readonly weight?: number;
  /** Set where it is one of several that share a projection's documents out. */
  readonly partition?: ProjectionPartition;
  handles(type: string): boolean;
  keys(event: StoredEvent): readonly string[];
  /** @throws Error when the event cannot be folded. */
  fold(document: Document | null, event: StoredEvent, id: string): Document;
}

/** Turns a typed definition into what the projector runs; `types` are those of the events that it handles. */
export function projection<Doc extends Document, Event extends DomainEvent>(
  definition: ProjectionDefinition<Doc, Event>,
): Projection & Model<Doc> & { readonly types: readonly string[] } {
  type AnyHandler = (...args: readonly unknown[]) => Doc;
  const create = new Map(Object.entries(definition.create) as [string, AnyHandler][]);
  const update = new Map(Object.entries(definition.update) as [string, AnyHandler][]);
  const types = new Set([...create.keys(), ...update.keys()]);
  return {
    name: definition.name,
    version: definition.version,
    model: definition.model,
    indexes: definition.indexes,
    tallies: definition.tallies ?? [],
    weight: definition.weight ?? 1,
    types: [...types],
    handles: (type) => types.has(type),
    keys: definition.keys,
    fold(document, event, id) {
      const make = create.get(event.type);
      const change = update.get(event.type);
      if (document !== null && change) return change(document, event, id);
      if (document === null && make) return make(event, id);
      throw new Error(
        document === null
          ? `${definition.name}: ${event.type} needs a document ${id}, and there is none`
          : `${definition.name}: ${event.type} would make document ${id} again`,
      );
    },
  };
}

/**
 * Which part of a projection's documents another projection keeps: those whose ids fall to `index` of `count`. Queries
 * know the whole one only.
 */
interface ProjectionPartition {
  readonly of: Projection;
  readonly index: number;
  readonly count: number;
}
