import {
  KeyedQueue,
  type Checkpoint,
  type Inventory,
  type StoredDocument,
  type Lease,
  type ModelDefinition,
  type Page,
  type Query,
  type ReadStore,
  type SlotChange,
  type Write,
  defined,
} from '#libs/engine/event-sourcing';
import { type Collection, type Db, MongoServerError } from 'mongodb';
import { fieldName, fromBson, toBson } from './document-codec.js';
import { writeGuarded } from './guarded-writes.js';
import { indexFields } from './index-keys.js';
import { type MongoConnection } from './mongodb-connection.js';
import { DUPLICATE_KEY } from './mongodb-errors.js';
import { pageQuery } from './page-query.js';
import { MongoLeases } from './mongodb-leases.js';
import { MongoModels } from './mongodb-models.js';
import { MongoSlots } from './mongodb-slots.js';
import {
  type Stored,
  type StoredCheckpoint,
  type StoredLease,
  type StoredLog,
  type StoredSlot,
  type StoredVersion,
} from './stored.js';

const IDS_PER_QUERY = 1_000;
const SCAN_BATCH = 1_000;

const kept = ({ document, seen }: Stored): StoredDocument => ({
  document: fromBson(document),
  seen: BigInt(seen),
});

/** See openMongoReadStore. */
export class MongoReadStore implements ReadStore {
  /** Saves of each projection arrive in order. */
  readonly #saves = new KeyedQueue();

  /** Models whose last save wrote new documents only: the next one probably will too. */
  readonly #growing = new Set<string>();

  #updates: number | null = null;
  readonly #models: MongoModels;
  readonly #leases: MongoLeases;
  readonly #slots: MongoSlots;

  constructor(private readonly connection: MongoConnection) {
    this.#models = new MongoModels(connection, () => this.#updatesPerCommand());
    this.#leases = new MongoLeases(
      () => this.#db.collection<StoredLease>('_leases'),
      (work) => this.#within(work),
    );
    this.#slots = new MongoSlots(
      () => this.#db.collection<StoredSlot>('_slots'),
      (work) => this.#within(work),
    );
  }

  async define(models: readonly ModelDefinition[]): Promise<void> {
    for (const definition of models) await this.#models.define(definition);
  }

  async get(model: string, id: string): Promise<StoredDocument | null> {
    const { collection } = this.#models.of(model);
    const stored = await this.#within(() => collection().findOne({ _id: id }));
    return stored && kept(stored);
  }

  async getMany(model: string, ids: readonly string[]): Promise<readonly (StoredDocument | null)[]> {
    const { collection } = this.#models.of(model);
    const found = new Map<string, StoredDocument>();
    const wanted = [...new Set(ids)];
    for (let start = 0; start < wanted.length; start += IDS_PER_QUERY) {
      const part = wanted.slice(start, start + IDS_PER_QUERY);
      for (const stored of await this.#within(() =>
        collection()
          .find({ _id: { $in: part } })
          .toArray(),
      ))
        found.set(stored._id, kept(stored));
    }
    return ids.map((id) => found.get(id) ?? null);
  }

  async find(model: string, query: Query): Promise<Page> {
    const { definition, collection } = this.#models.of(model);
    const { filter, sort, limit, cursorAt } = pageQuery(definition, query);
    const found = await this.#within(() =>
      collection()
        .find(filter)
        .sort(sort)
        .limit(limit + 1)
        .toArray(),
    );
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ document }) => fromBson(document)),
      nextCursor:
        found.length > limit && last
          ? cursorAt({ range: last.index[fieldName(query.index)]?.range ?? null, id: last._id })
          : null,
    };
  }

  async save(projection: string, writes: readonly Write[], checkpoint: Checkpoint): Promise<void> {
    const runs = this.#runs(writes);
    return this.#saves.run(projection, async () => {
      for (const { model, documents } of runs) {
        await this.#models.ready(model);
        const { collection } = this.#models.of(model);
        const grows = await writeGuarded(
          collection(),
          documents,
          await this.#updatesPerCommand(),
          (work) => this.#within(work),
          this.#growing.has(model),
        );
        if (grows) this.#growing.add(model);
        else this.#growing.delete(model);
      }
      await this.#within(() => this.#saveCheckpoint({ _id: projection, ...checkpoint }));
    });
  }

  async checkpoint(projection: string): Promise<Checkpoint | null> {
    const stored = await this.#within(() => this.#checkpoints.findOne({ _id: projection }));
    if (!stored) return null;
    const { position, recordedAt, eventId } = stored;
    return { position: BigInt(position), recordedAt, ...defined({ eventId }) };
  }

  async liveVersion(projection: string): Promise<number | null> {
    const stored = await this.#within(() => this.#versions.findOne({ _id: projection }));
    return stored?.version ?? null;
  }

  async goLive(projection: string, version: number): Promise<void> {
    await this.#within(() => this.#versions.replaceOne({ _id: projection }, { version }, { upsert: true }));
  }

  async *scan(model: string): AsyncGenerator<StoredDocument> {
    const { collection } = this.#models.of(model);
    // Page by page and not one cursor: a reader may be slow, and a cursor dies with its server.
    for (let after: string | null = null; ;) {
      const filter = after === null ? {} : { _id: { $gt: after } };
      const part: Stored[] = await this.#within(() =>
        collection().find(filter).sort({ _id: 1 }).limit(SCAN_BATCH).toArray(),
      );
      yield* part.map(kept);
      after = part.at(-1)?._id ?? null;
      if (part.length < SCAN_BATCH) return;
    }
  }

  async inventory(): Promise<Inventory> {
    const checkpoints = await this.#within(() => this.#checkpoints.distinct('_id'));
    return { models: await this.#models.names(), checkpoints: checkpoints.sort() };
  }

  async drop(models: readonly string[], projection: string): Promise<void> {
    await this.#within(() => this.#checkpoints.deleteOne({ _id: projection }));
    for (const model of models) await this.#models.drop(model);
  }

  async filledFrom(): Promise<string | null> {
    const stored = await this.#within(() => this.#log.findOne({ _id: 'log' }));
    return stored?.id ?? null;
  }

  async fillFrom(log: string | null): Promise<void> {
    if (log === null) {
      await this.#within(() => this.#log.deleteOne({ _id: 'log' }));
      return;
    }
    await this.#within(async () => {
      try {
        await this.#log.insertOne({ _id: 'log', id: log });
      } catch (error) {
        // Who notes it first is right.
        if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
      }
    });
  }

  leases(): Promise<readonly Lease[]> {
    return this.#leases.leases();
  }

  takeLease(lease: Lease): Promise<boolean> {
    return this.#leases.takeLease(lease);
  }

  renewLease(lease: Lease): Promise<boolean> {
    return this.#leases.renewLease(lease);
  }

  dropLease(lease: Lease): Promise<void> {
    return this.#leases.dropLease(lease);
  }

  slot(slot: string): Promise<string | null> {
    return this.#slots.held(slot);
  }

  changeSlot(slot: string, change: SlotChange): Promise<string | null> {
    return this.#slots.change(slot, change);
  }

  async close(): Promise<void> {
    await this.#saves.settled();
    await this.connection.close();
  }

  get #db(): Db {
    return this.connection.db;
  }

  get #checkpoints(): Collection<StoredCheckpoint> {
    return this.#db.collection<StoredCheckpoint>('_checkpoints');
  }

  get #log(): Collection<StoredLog> {
    return this.#db.collection<StoredLog>('_log');
  }

  get #versions(): Collection<StoredVersion> {
    return this.#db.collection<StoredVersion>('_live');
  }

  /**
   * FerretDB 1.24 over SQLite holds one of its 100 connections for each update of a command until the command ends: a
   * hundred updates at once, of one client or of many, wait for each other forever.
   */
  async #updatesPerCommand(): Promise<number> {
    this.#updates ??=
      'ferretdbVersion' in (await this.#within(() => this.#db.command({ buildInfo: 1 }))) ? 5 : 1_000;
    return this.#updates;
  }

  #within<T>(call: () => Promise<T>): Promise<T> {
    return this.connection.run(call);
  }

  /** Neighbouring writes of one model, in the order given: a bulk write has one collection. */
  #runs(writes: readonly Write[]): { model: string; documents: Stored[] }[] {
    const runs: { model: string; documents: Stored[] }[] = [];
    for (const { model, document, seen } of writes) {
      const stored: Stored = {
        _id: document.id,
        seen,
        document: toBson(document),
        index: indexFields(this.#models.of(model).definition, document),
      };
      const last = runs.at(-1);
      if (last?.model === model) last.documents.push(stored);
      else runs.push({ model, documents: [stored] });
    }
    return runs;
  }

  /** A checkpoint goes forward only: of two projectors, the one behind moves nothing. */
  async #saveCheckpoint(checkpoint: StoredCheckpoint): Promise<void> {
    const { _id, position } = checkpoint;
    try {
      await this.#checkpoints.replaceOne({ _id, position: { $lte: position } }, checkpoint, { upsert: true });
    } catch (error) {
      if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
    }
  }
}
