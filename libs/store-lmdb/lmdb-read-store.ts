import { setImmediate } from 'node:timers/promises';
import {
  type Checkpoint,
  type Inventory,
  type Kept,
  type Lease,
  type ModelDefinition,
  type Page,
  type Query,
  type ReadStore,
  type SlotChange,
  StoreUnavailable,
  type Write,
} from '#libs/event-sourcing';
import { type Database, type RootDatabase } from 'lmdb';
import { DeadReaders } from './dead-readers.js';
import { database, openEnvironment, type OpenOptions, unavailable } from './environment.js';
import { allEntries, entryChanges } from './document-entries.js';
import { documentKey, idOfEntry, type IndexedFields, indexedFields } from './index-keys.js';
import { decodeCursor, encodeCursor, keyRange } from './index-query.js';
import { LmdbLeases } from './lmdb-leases.js';
import { type KnownModel, ModelCatalogue } from './model-catalogue.js';
import { ModelContents, NOTHING } from './model-contents.js';
import { CHECKPOINT, LIVE, notesOf, SLOT } from './notes.js';
import { answer } from './turn.js';
import { decodeRecord, encodeRecord, fieldsOf } from './document-record.js';
import { DecodedDocuments } from './decoded-documents.js';

/** Pages of 8 KB allow keys of 4,026 bytes: four cut strings of Chinese and an id. */
const PAGE_BYTES = 8192;

/**
 * Opens (and creates, unless `readOnly`) the read models in `directory`. A save is whole or absent after a crash, but
 * not flushed one by one: what a power cut takes away is folded again from the log, after the checkpoint that was kept.
 * @throws StoreUnavailable
 */
export function openLmdbReadStore(directory: string, options: ReadStoreOptions = {}): Promise<ReadStore> {
  const readOnly = options.readOnly ?? false;
  return answer(
    () =>
      new LmdbReadStore(
        openEnvironment(directory, 'read-models', { durable: false, pageSize: PAGE_BYTES, readOnly }),
        readOnly,
        options.documentsAtHand ? new DecodedDocuments(options.documentsAtHand) : null,
      ),
  );
}

export interface ReadStoreOptions extends OpenOptions {
  /**
   * Documents kept decoded, for a store that answers queries: see decoded-documents.ts. Default 0, which is right for a
   * projector: what it reads it changes.
   */
  readonly documentsAtHand?: number;
}

class LmdbReadStore implements ReadStore {
  private readonly documents: Database<string, Buffer>;
  private readonly entries: Database<Buffer, Buffer>;
  private readonly meta: Database<string, string>;
  private readonly catalogue: ModelCatalogue;
  private readonly contents: ModelContents;
  private readonly deadReaders: DeadReaders;
  private readonly held: LmdbLeases;
  /** The last write of each projection: the next one compares with what it left behind. */
  private readonly lastWrites = new Map<string, Promise<unknown>>();
  private closed = false;

  constructor(
    private readonly root: RootDatabase,
    private readonly readOnly: boolean,
    private readonly decoded: DecodedDocuments | null,
  ) {
    this.documents = database(root, 'documents', 'string', 'binary');
    this.entries = database(root, 'entries', 'binary', 'binary');
    this.meta = database(root, 'meta', 'string');
    this.catalogue = new ModelCatalogue(this.meta);
    this.contents = new ModelContents(this.documents, this.entries);
    this.held = new LmdbLeases(root, this.meta);
    this.deadReaders = new DeadReaders(root);
  }

  async define(models: readonly ModelDefinition[]): Promise<void> {
    this.mustBeOpen();
    if (this.readOnly) {
      this.lookAfresh();
      for (const model of models) this.catalogue.adopt(model);
      return;
    }
    try {
      this.root.transactionSync(() => {
        for (const model of models) {
          const change = this.catalogue.store(model);
          if (change) this.contents.reindex(change);
        }
      });
    } catch (error) {
      throw await unavailable(error);
    }
  }

  get(model: string, id: string): Promise<Kept | null> {
    return answer(() => {
      this.lookAfresh();
      return this.read(this.catalogue.model(model), id);
    });
  }

  getMany(model: string, ids: readonly string[]): Promise<readonly (Kept | null)[]> {
    return answer(() => {
      this.lookAfresh();
      const known = this.catalogue.model(model);
      return ids.map((id) => this.read(known, id));
    });
  }

  find(model: string, query: Query): Promise<Page> {
    return answer(() => this.page(model, query));
  }

  private page(model: string, query: Query): Page {
    this.lookAfresh();
    const known = this.catalogue.model(model);
    const range = keyRange(known, query);
    const after =
      query.cursor === undefined || query.cursor === null ? null : decodeCursor(range, query.cursor);
    const keys = [
      ...this.entries.getKeys({
        ...(range.descending
          ? { start: after ?? range.end, end: range.start, inclusiveEnd: true, reverse: true }
          : { start: after ?? range.start, end: range.end }),
        exclusiveStart: after !== null,
        limit: query.limit + 1,
      }),
    ];
    const page = keys.slice(0, query.limit);
    const items = page.map((key) => {
      const id = idOfEntry(key, range.index.prefix.length, range.values);
      const kept = this.read(known, id);
      if (!kept) throw new Error(`an entry of ${model}.${query.index} names ${id}, which is not there`);
      return kept.document;
    });
    const last = page.at(-1);
    return {
      items,
      nextCursor: keys.length > query.limit && last ? encodeCursor(range.fingerprint, last) : null,
    };
  }

  save(projection: string, writes: readonly Write[], checkpoint: Checkpoint): Promise<void> {
    return this.inOrder(projection, () => {
      // Only the last state of a document is ever seen, since all become visible at once.
      const lastOf = new Map<string, Write>();
      for (const write of writes) lastOf.set(`${write.model}\n${write.document.id}`, write);
      const prepared = [...lastOf.values()].map((write) => this.prepare(write));
      return this.documents.batch(() => {
        for (const { key, record, stale, fresh } of prepared) {
          void this.documents.put(key, record);
          for (const entry of stale) void this.entries.remove(entry);
          for (const entry of fresh) void this.entries.put(entry, NOTHING);
        }
        void this.meta.put(CHECKPOINT + projection, encodeCheckpoint(checkpoint));
      });
    });
  }

  checkpoint(projection: string): Promise<Checkpoint | null> {
    return answer(() => {
      const text = this.noted(CHECKPOINT + projection);
      return text === null ? null : decodeCheckpoint(text);
    });
  }

  liveVersion(projection: string): Promise<number | null> {
    return answer(() => {
      const text = this.noted(LIVE + projection);
      return text === null ? null : Number(text);
    });
  }

  goLive(projection: string, version: number): Promise<void> {
    return this.inOrder(projection, () => this.meta.put(LIVE + projection, `${version}`));
  }

  async *scan(model: string): AsyncGenerator<Kept> {
    const known = this.catalogue.model(model);
    let after: Buffer | null = null;
    for (;;) {
      this.lookAfresh();
      const batch = this.contents.documentsFrom(known, after);
      for (const { kept } of batch) yield kept;
      after = batch.at(-1)?.key ?? null;
      if (after === null) return;
      await setImmediate();
    }
  }

  inventory(): Promise<Inventory> {
    return answer(() => {
      this.lookAfresh();
      const models = this.catalogue.all().filter((model) => this.contents.hasDocuments(model));
      return {
        models: models.map(({ name }) => name),
        checkpoints: [...this.meta.getKeys(notesOf(CHECKPOINT))].map((key) => key.slice(CHECKPOINT.length)),
      };
    });
  }

  drop(models: readonly string[], projection: string): Promise<void> {
    return this.inOrder(projection, async () => {
      await this.meta.remove(CHECKPOINT + projection);
      for (const name of models) {
        const model = this.catalogue.find(name);
        if (model) await this.contents.remove(model);
      }
    });
  }

  leases(): Promise<readonly Lease[]> {
    return this.held.leases();
  }

  takeLease(lease: Lease): Promise<boolean> {
    return this.held.takeLease(lease);
  }

  renewLease(lease: Lease): Promise<boolean> {
    return this.held.renewLease(lease);
  }

  dropLease(lease: Lease): Promise<void> {
    return this.held.dropLease(lease);
  }

  /** A transaction has one writer at a time, of whatever process; waiting for one's turn does not hold the thread. */
  async changeSlot(slot: string, change: SlotChange): Promise<string | null> {
    this.mustBeOpen();
    try {
      return await this.root.transaction(() => {
        const text = change(this.meta.get(SLOT + slot) ?? null);
        if (text === null) void this.meta.remove(SLOT + slot);
        else void this.meta.put(SLOT + slot, text);
        return text;
      });
    } catch (error) {
      throw await unavailable(error);
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.allSettled(this.lastWrites.values());
    await this.root.close();
  }

  private noted(key: string): string | null {
    this.lookAfresh();
    return this.meta.get(key) ?? null;
  }

  private read({ name, prefix }: KnownModel, id: string): Kept | null {
    const key = documentKey(prefix, id);
    const record = this.documents.getBinaryFast(key);
    if (!record) return null;
    if (!this.decoded) return decodeRecord(record);
    // Its own length is that of lmdb's buffer, of which the record takes a part.
    return this.decoded.of(name, id, record.subarray(0, record.length));
  }

  /** What one write changes: the document, and its index entries where an indexed field is not what it was. */
  private prepare({ model, document, seen }: Write) {
    const known = this.catalogue.model(model);
    const key = documentKey(known.prefix, document.id);
    const fields = indexedFields(document, known.fields);
    const fieldsText = JSON.stringify(fields);
    const old = this.documents.getBinaryFast(key);
    const oldText = old ? fieldsOf(old) : null;
    const record = encodeRecord(seen, fieldsText, document);
    if (oldText === fieldsText) return { key, record, stale: [], fresh: [] };
    if (oldText === null) return { key, record, stale: [], fresh: allEntries(known, fields, document.id) };
    return { key, record, ...entryChanges(known, JSON.parse(oldText) as IndexedFields, fields, document.id) };
  }

  private inOrder(projection: string, write: () => Promise<unknown>): Promise<void> {
    const previous = this.lastWrites.get(projection);
    const done = this.write(previous, write);
    this.lastWrites.set(projection, done);
    return done;
  }

  private async write(previous: Promise<unknown> | undefined, write: () => Promise<unknown>): Promise<void> {
    if (previous) await Promise.allSettled([previous]);
    this.lookAfresh();
    if (this.readOnly) throw new StoreUnavailable('lmdb', 'opened for reading only');
    this.deadReaders.forget();
    await write().catch(async (error: unknown) => {
      throw await unavailable(error);
    });
  }

  /** Lets go of the snapshot that lmdb keeps for a turn of the event loop: another process may have written since. */
  private lookAfresh(): void {
    this.mustBeOpen();
    this.documents.resetReadTxn();
  }

  private mustBeOpen(): void {
    if (this.closed) throw new StoreUnavailable('lmdb', 'the read store is closed');
  }
}

function encodeCheckpoint({ position, recordedAt }: Checkpoint): string {
  return JSON.stringify([`${position}`, recordedAt]);
}

function decodeCheckpoint(text: string): Checkpoint {
  const [position, recordedAt] = JSON.parse(text) as [string, string | null];
  return { position: BigInt(position), recordedAt };
}
