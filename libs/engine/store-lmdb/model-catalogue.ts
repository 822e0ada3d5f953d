import {
  type IndexDefinition,
  InvalidQuery,
  type ModelDefinition,
  StoreUnavailable,
} from '#libs/engine/event-sourcing';
import { fieldsOfIndex, indexedFieldNames, type KnownIndex } from './index-keys.js';
import { MODEL, type Notes } from './notes.js';

/** A model as stored: its number begins the keys of its documents. */
export interface KnownModel {
  readonly name: string;
  readonly prefix: Buffer;
  readonly indexes: ReadonlyMap<string, KnownIndex>;
  readonly fields: readonly string[];
}

type StoredModel = {
  readonly number: number;
  readonly indexes: {
    readonly [name: string]: { readonly number: number; readonly definition: IndexDefinition };
  };
};

/** What `define` found: the model before and after, when its indexes are not what they were. */
export interface ModelChange {
  readonly before: KnownModel;
  readonly after: KnownModel;
}

/** Which models and indexes there are, and their numbers in keys. Kept in the store's own data. */
export class ModelCatalogue {
  private readonly models = new Map<string, KnownModel>();

  constructor(private readonly notes: Notes) {}

  /** @throws InvalidQuery for a model that `define` was not called with */
  model(name: string): KnownModel {
    const known = this.models.get(name);
    if (!known) throw new InvalidQuery(`the model ${name} is not defined`);
    return known;
  }

  /** All models that were ever defined, by this process or another, in order of their names. */
  all(): readonly KnownModel[] {
    return this.notes.ofKind(MODEL).map(({ name, text }) => known(name, JSON.parse(text) as StoredModel));
  }

  /** A model as any process has defined it; null when none ever did. */
  find(name: string): KnownModel | null {
    const stored = this.stored(name);
    return stored && known(name, stored);
  }

  /** Takes a definition as another process has stored it. @throws StoreUnavailable when no process has yet */
  adopt({ name }: ModelDefinition): void {
    const model = this.find(name);
    if (!model) throw new StoreUnavailable('lmdb', `the model ${name} has not been created yet`);
    this.models.set(name, model);
  }

  /** Stores a definition; call it inside a synchronous transaction. Null when nothing changes. */
  store({ name, indexes }: ModelDefinition): ModelChange | null {
    const before = this.stored(name);
    const next: { [name: string]: { number: number; definition: IndexDefinition } } = {};
    let changed = before === null || Object.keys(before.indexes).length !== Object.keys(indexes).length;
    for (const [indexName, definition] of Object.entries(indexes)) {
      const old = before?.indexes[indexName];
      const same = old !== undefined && sameDefinition(old.definition, definition);
      changed ||= !same;
      next[indexName] = same ? old : { number: this.nextNumber(), definition };
    }
    const stored: StoredModel = { number: before?.number ?? this.nextNumber(), indexes: next };
    const after = known(name, stored);
    this.models.set(name, after);
    if (!changed) return null;
    this.notes.putSync(MODEL + name, JSON.stringify(stored));
    return before === null ? null : { before: known(name, before), after };
  }

  private stored(name: string): StoredModel | null {
    const text = this.notes.get(MODEL + name);
    return text === null ? null : (JSON.parse(text) as StoredModel);
  }

  private nextNumber(): number {
    const number = Number(this.notes.get('numbers') ?? '0') + 1;
    this.notes.putSync('numbers', `${number}`);
    return number;
  }
}

function sameDefinition(one: IndexDefinition, other: IndexDefinition): boolean {
  const text = ({ equals, range, present }: IndexDefinition) =>
    JSON.stringify([equals, range ?? null, present ?? null]);
  return text(one) === text(other);
}

function known(name: string, { number, indexes }: StoredModel): KnownModel {
  const entries = Object.entries(indexes).map(
    ([index, { definition, number }]) =>
      [index, { definition, prefix: prefixOf(number), fields: fieldsOfIndex(definition) }] as const,
  );
  return {
    name,
    prefix: prefixOf(number),
    indexes: new Map(entries),
    fields: indexedFieldNames(entries.map(([, index]) => index.definition)),
  };
}

function prefixOf(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}
