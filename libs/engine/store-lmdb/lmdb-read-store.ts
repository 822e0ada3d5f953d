import { setImmediate } from 'node:timers/promises';
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
  StoreUnavailable,
  type Write,
} from '#libs/engine/event-sourcing';
import { type Database, type RootDatabase } from 'lmdb';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-record.js';
import { DeadReaders } from './dead-readers.js';
import { database } from './environment.js';
import { type EnvironmentUse } from './environment-use.js';
import { allEntries, entryChanges } from './document-entries.js';
import { documentKey, idOfEntry, type IndexedFields, indexedFields } from './index-keys.js';
import { decodeCursor, encodeCursor, keyRange } from './index-query.js';
import { LmdbLeases } from './lmdb-leases.js';
import { type KnownModel, ModelCatalogue } from './model-catalogue.js';
import { entryValue, ModelContents } from './model-contents.js';
import { CHECKPOINT, LIVE, LOG, Notes, SLOT } from './notes.js';
import { DOCUMENTS, ENTRIES } from './read-model-databases.js';
import { StoredDocuments } from './stored-documents.js';
import { answer } from './turn.js';
import { decodeRecord, encodeRecord, fieldsOf } from './document-record.js';
import { type DecodedDocuments } from './decoded-documents.js';
import { MODELS_PAGE_BYTES } from './environment.js';
import { type WatchedEnvironment } from './watched-environment.js';

/** What the change of a note takes of the disk, and what the removal of some hundred documents may. */
const FEW_PAGES = 32 * MODELS_PAGE_BYTES;
const MANY_PAGES = 256 * MODELS_PAGE_BYTES;

interface PreparedWrite {
  readonly key: Buffer;
  readonly record: Buffer;
  readonly stale: readonly Buffer[];
  readonly fresh: readonly Buffer[];
}

/** The port on an environment that `open-read-store.ts` has opened. */
export class LmdbReadStore implements ReadStore {
  private readonly documents: Database<Buffer, Buffer>;
  private readonly stored: StoredDocuments;
  private readonly entries: Database<Buffer, Buffer>;
  private readonly notes: Notes;
  private readonly catalogue: ModelCatalogue;
  private readonly contents: ModelContents;
  private readonly deadReaders: DeadReaders;
  private readonly held: LmdbLeases;
  /** Writes of each projection: the next one compares with what the last left behind. */
  private readonly writes = new KeyedQueue();
  private readonly root: RootDatabase;
  private closed = false;

  constructor(
    private readonly environment: WatchedEnvironment,
    private readonly readOnly: boolean,
    private readonly decoded: DecodedDocuments | null,
    private readonly use: EnvironmentUse | null,
  ) {
    const { root } = environment;
    this.root = root;
    this.documents = database(root, DOCUMENTS, 'binary', 'binary');
    this.entries = database(root, ENTRIES, 'binary', 'binary');
    this.stored = new StoredDocuments(this.documents, () => this.use?.suspect());
    this.notes = new Notes(root, (what) => this.stored.damaged(what));
    this.catalogue = new ModelCatalogue(this.notes);
    this.contents = new ModelContents(this.stored, this.entries);
    this.held = new LmdbLeases(environment, this.notes);
    this.deadReaders = new DeadReaders(root);
  }

  async define(models: readonly ModelDefinition[]): Promise<void> {
    this.mustBeOpen();
    if (this.readOnly) {
      this.lookAfresh();
      for (const model of models) this.catalogue.adopt(model);
      return;
    }
    const { disk, files } = this.environment;
    try {
      this.root.transactionSync(() => {
        for (const model of models) {
          const change = this.catalogue.store(model);
          if (!change) continue;
          files.mustHaveRoomForReadModels(2 * files.size() + FEW_PAGES);
          this.contents.reindex(change);
        }
      });
    } catch (error) {
      throw await disk.failed(error);
    }
  }

  get(model: string, id: string): Promise<StoredDocument | null> {
    return answer(() => {
      this.lookAfresh();
      return this.read(this.catalogue.model(model), id);
    });
  }

  getMany(model: string, ids: readonly string[]): Promise<readonly (StoredDocument | null)[]> {
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
    const entries = [
      ...this.entries.getRange({
        ...(range.descending
          ? { start: after ?? range.end, end: range.start, inclusiveEnd: true, reverse: true }
          : { start: after ?? range.start, end: range.end }),
        exclusiveStart: after !== null,
        limit: query.limit + 1,
      }),
    ];
    const page = entries.slice(0, query.limit);
    const items = page.map(({ key, value }) => {
      this.stored.entryMustBeSealed(key, value);
      const id = idOfEntry(key, range.index.prefix.length, range.values);
      const kept = this.read(known, id);
      if (!kept) throw new Error(`an entry of ${model}.${query.index} names ${id}, which is not there`);
      return kept.document;
    });
    const last = page.at(-1);
    return {
      items,
      nextCursor: entries.length > query.limit && last ? encodeCursor(range.fingerprint, last.key) : null,
    };
  }

  save(projection: string, writes: readonly Write[], checkpoint: Checkpoint): Promise<void> {
    return this.inOrder(projection, () => {
      // Only the last state of a document is ever seen, since all become visible at once.
      const lastOf = new Map<string, Write>();
      for (const write of writes) lastOf.set(`${write.model}\n${write.document.id}`, write);
      const prepared = [...lastOf.values()].map((write) => this.prepare(write));
      this.mustHaveRoom(prepared);
      return this.documents.batch(() => {
        for (const { key, record, stale, fresh } of prepared) {
          void this.documents.put(key, record);
          for (const entry of stale) void this.entries.remove(entry);
          for (const entry of fresh) void this.entries.put(entry, entryValue(entry));
        }
        void this.notes.put(CHECKPOINT + projection, encodeCheckpoint(checkpoint));
      });
    });
  }

  checkpoint(projection: string): Promise<Checkpoint | null> {
    return answer(() => {
      const text = this.noteOf(CHECKPOINT + projection);
      return text === null ? null : decodeCheckpoint(text);
    });
  }

  liveVersion(projection: string): Promise<number | null> {
    return answer(() => {
      const text = this.noteOf(LIVE + projection);
      return text === null ? null : Number(text);
    });
  }

  goLive(projection: string, version: number): Promise<void> {
    return this.inOrder(projection, () => {
      this.environment.files.mustHaveRoomForReadModels(FEW_PAGES);
      return this.notes.put(LIVE + projection, `${version}`);
    });
  }

  async *scan(model: string): AsyncGenerator<StoredDocument> {
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
        checkpoints: this.notes.ofKind(CHECKPOINT).map(({ name }) => name),
      };
    });
  }

  drop(models: readonly string[], projection: string): Promise<void> {
    return this.inOrder(projection, async () => {
      this.environment.files.mustHaveRoomForReadModels(MANY_PAGES);
      await this.notes.remove(CHECKPOINT + projection);
      for (const name of models) {
        const model = this.catalogue.find(name);
        if (model) await this.contents.remove(model);
      }
    });
  }

  filledFrom(): Promise<string | null> {
    return answer(() => this.noteOf(LOG));
  }

  fillFrom(log: string | null): Promise<void> {
    return this.inOrder(LOG, () =>
      log === null ? this.notes.remove(LOG) : this.notes.putIfAbsent(LOG, log),
    );
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

  slot(slot: string): Promise<string | null> {
    return answer(() => this.noteOf(SLOT + slot));
  }

  /** A transaction has one writer at a time, of whatever process; waiting for one's turn does not hold the thread. */
  async changeSlot(slot: string, change: SlotChange): Promise<string | null> {
    this.mustBeOpen();
    this.environment.files.mustHaveRoomForReadModels(FEW_PAGES);
    try {
      return await this.root.transaction(() => {
        const text = change(this.notes.get(SLOT + slot));
        if (text === null) void this.notes.remove(SLOT + slot);
        else void this.notes.put(SLOT + slot, text);
        return text;
      });
    } catch (error) {
      throw await this.environment.disk.failed(error);
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.writes.settled();
    await this.environment.close();
    this.use?.end();
  }

  private noteOf(key: string): string | null {
    this.lookAfresh();
    return this.notes.get(key);
  }

  private read({ name, prefix }: KnownModel, id: string): StoredDocument | null {
    const key = documentKey(prefix, id);
    const found = this.stored.unchecked(key);
    if (!found) return null;
    // Its own length is that of lmdb's buffer, of which the record takes a part.
    const record = found.subarray(0, found.length);
    const check = () => this.stored.mustBeSealed(key, record);
    if (this.decoded) return this.decoded.of(name, id, record, check);
    check();
    return decodeRecord(record);
  }

  /** What one write changes: the document, and its index entries where an indexed field is not what it was. */
  private prepare({ model, document, seen }: Write): PreparedWrite {
    const known = this.catalogue.model(model);
    const key = documentKey(known.prefix, document.id);
    const fields = indexedFields(document, known.fields);
    const fieldsText = JSON.stringify(fields);
    const old = this.stored.record(key);
    const oldText = old ? fieldsOf(old) : null;
    const record = encodeRecord(key, seen, fieldsText, document);
    if (oldText === fieldsText) return { key, record, stale: [], fresh: [] };
    if (oldText === null) return { key, record, stale: [], fresh: allEntries(known, fields, document.id) };
    return { key, record, ...entryChanges(known, JSON.parse(oldText) as IndexedFields, fields, document.id) };
  }

  /** A document that changes takes its own bytes, and at most its page and those of its entries written anew. */
  private mustHaveRoom(changes: readonly PreparedWrite[]): void {
    const { files } = this.environment;
    let bytes = FEW_PAGES;
    let pages = 0;
    for (const { record, stale, fresh } of changes) {
      bytes += record.length;
      pages += 2 + stale.length + fresh.length;
    }
    files.mustHaveRoomForReadModels(bytes + Math.min(pages * MODELS_PAGE_BYTES, bytes + files.size()));
  }

  private inOrder(projection: string, write: () => Promise<unknown>): Promise<void> {
    return this.writes.run(projection, () => this.write(write));
  }

  private async write(write: () => Promise<unknown>): Promise<void> {
    this.lookAfresh();
    if (this.readOnly) throw new StoreUnavailable('lmdb', 'opened for reading only');
    this.deadReaders.forget();
    try {
      await write();
    } catch (error) {
      throw await this.environment.disk.failed(error);
    }
    this.environment.files.wroteUnflushed();
  }

  /** Drops the snapshot that lmdb keeps for a turn of the event loop: another process may have written since. */
  private lookAfresh(): void {
    this.mustBeOpen();
    this.documents.resetReadTxn();
  }

  private mustBeOpen(): void {
    if (this.closed) throw new StoreUnavailable('lmdb', 'the read store is closed');
    this.environment.disk.mustBeSound();
  }
}
