import { InvalidQuery, type ModelDefinition } from '#libs/engine/event-sourcing';
import { type Collection, MongoServerError } from 'mongodb';
import { collectionName } from './document-codec.js';
import { absent, createMissingIndexes, overDroppedConnections, reindex } from './indexes.js';
import { type MongoConnection } from './mongodb-connection.js';
import { DUPLICATE_KEY } from './mongodb-errors.js';
import { type Stored, type StoredModel } from './stored.js';

/** The model's documents: one collection, one index for each declared one; asked for at each call, see `MongoConnection`. */
export type Model = { readonly definition: ModelDefinition; readonly collection: () => Collection<Stored> };

/** The models of a database: a collection each, with its indexes, and a note of what was declared. */
export class MongoModels {
  readonly #defined = new Map<string, ModelDefinition>();
  /** Models whose indexes exist as far as this process knows, or are being made. */
  readonly #ready = new Map<string, Promise<void>>();

  /** @param updatesPerCommand how many updates the engine accepts in one command */
  constructor(
    private readonly connection: MongoConnection,
    private readonly updatesPerCommand: () => Promise<number>,
  ) {}

  async define(definition: ModelDefinition): Promise<void> {
    this.#defined.set(definition.name, definition);
    await this.#make(definition.name);
  }

  /** @throws InvalidQuery for a model that `define` was not called with */
  of(name: string): Model {
    const definition = this.#defined.get(name);
    if (!definition) throw new InvalidQuery(`read model ${name} was not defined`);
    return { definition, collection: () => this.connection.db.collection<Stored>(collectionName(name)) };
  }

  /** Waits until the model's indexes exist: before the first document is written, and again after it was dropped. */
  ready(name: string): Promise<void> {
    return this.#ready.get(name) ?? this.#make(name);
  }

  /** Names of all that were ever declared and not dropped, by any process, in order. */
  async names(): Promise<readonly string[]> {
    return (await this.#within(() => this.#notes.distinct('_id'))).sort();
  }

  async drop(name: string): Promise<void> {
    this.#ready.delete(name);
    await this.#within(() => this.#notes.deleteOne({ _id: name }));
    await this.#within(() => this.connection.db.collection(collectionName(name)).drop().catch(absent(true)));
  }

  get #notes(): Collection<StoredModel> {
    return this.connection.db.collection<StoredModel>('_models');
  }

  #within<T>(call: () => Promise<T>): Promise<T> {
    return this.connection.run(call);
  }

  /** Never twice at the same time: FerretDB 1.24 does not stand two who make the same index. */
  async #make(name: string): Promise<void> {
    const before = this.#ready.get(name);
    const made = Promise.allSettled([before]).then(() =>
      overDroppedConnections(() => this.#makeIndexes(name)),
    );
    this.#ready.set(name, made);
    try {
      await made;
    } catch (error) {
      if (this.#ready.get(name) === made) this.#ready.delete(name);
      throw error;
    }
  }

  /** Creates the indexes that are missing, and fills those that a model with documents did not have before. */
  async #makeIndexes(name: string): Promise<void> {
    const { definition, collection } = this.of(name);
    const call = <T>(work: () => Promise<T>) => this.#within(work);
    const declared = JSON.stringify(definition.indexes);
    const before = await call(() => this.#notes.findOne({ _id: name }));
    if (before !== null && before.indexes !== declared)
      await reindex(collection(), definition, await this.updatesPerCommand(), call);
    await createMissingIndexes(collection(), definition, call);
    if (before?.indexes !== declared) await call(() => this.#declare(name, declared));
  }

  /** Of two processes that declare a model at the same time one inserts it, and the other has nothing left to do. */
  async #declare(name: string, indexes: string): Promise<void> {
    try {
      await this.#notes.replaceOne({ _id: name }, { indexes }, { upsert: true });
    } catch (error) {
      if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
    }
  }
}
