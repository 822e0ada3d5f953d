import { by } from '../tools/order.js';
import { StoreUnavailable, WrongExpectedRevision } from '../log/errors.js';
import {
  type AppendResult,
  type EventBatch,
  type EventStore,
  type LogIdentity,
  type SubscribeOptions,
} from '../log/event-store.js';
import { type Lease } from '../reading/lease-store.js';
import { type SlotChange } from '../reading/slot-store.js';
import { type NewEvent, type StoredEvent } from '../log/event.js';
import {
  type Checkpoint,
  type Inventory,
  type StoredDocument,
  type ModelDefinition,
  type Page,
  type ReadStore,
  type Write,
} from '../reading/read-store.js';

const later = () => new Promise<void>((resolve) => setImmediate(resolve));
const keyOf = (model: string, id: string) => `${model}/${id}`;

/**
 * The log in an array, for the specs of this library only: the contract suites check adapters over real engines. It counts
 * calls and fails on demand.
 */
export class SpecEventStore implements EventStore {
  readonly events: StoredEvent[] = [];
  readonly appends: { stream: string; expected: bigint | null; ids: string[] }[] = [];
  streamReads = 0;
  subscriptions: (bigint | null)[] = [];
  /** Called before an append is looked at: throws what the engine would throw. */
  beforeAppend: () => void = () => undefined;
  /** Called after an append was stored, before it is acknowledged. */
  afterAppend: () => void = () => undefined;
  beforeBatch: () => void = () => undefined;
  #woken = new Set<() => void>();

  async append(stream: string, expected: bigint | null, events: readonly NewEvent[]): Promise<AppendResult> {
    this.appends.push({ stream, expected, ids: events.map(({ id }) => id) });
    await later();
    this.beforeAppend();
    const known = this.#of(stream);
    const actual = known.at(-1)?.revision ?? null;
    const again = known.slice(Number((expected ?? -1n) + 1n)).slice(0, events.length);
    if (again.length === events.length && again.every(({ id }, index) => id === events[index]?.id)) {
      const last = again.at(-1);
      if (last) return { revision: last.revision, position: last.position };
    }
    if (actual !== expected) throw new WrongExpectedRevision(stream, expected, actual);
    for (const event of events) {
      // Positions have gaps, as on a real engine.
      const position = BigInt(this.events.length * 10);
      this.events.push({ ...event, stream, revision: BigInt(this.#of(stream).length), position });
    }
    for (const wake of this.#woken) wake();
    this.afterAppend();
    const last = this.events.at(-1);
    if (!last) throw new Error('an empty append');
    return { revision: last.revision, position: last.position };
  }

  async *readStream(stream: string, from = 0n): AsyncGenerator<StoredEvent> {
    this.streamReads++;
    await later();
    yield* this.#of(stream).slice(Number(from));
  }

  async *readAll(after: bigint | null): AsyncGenerator<StoredEvent> {
    await later();
    yield* this.events.filter(({ position }) => position > (after ?? -1n));
  }

  async readAt(position: bigint): Promise<StoredEvent | null> {
    await later();
    return this.events.find((event) => event.position === position) ?? null;
  }

  async *subscribeToAll({ after, signal, batchSize = 1000 }: SubscribeOptions): AsyncGenerator<EventBatch> {
    this.subscriptions.push(after);
    let done = after ?? -1n;
    while (!signal.aborted) {
      await later();
      this.beforeBatch();
      const newer = this.events.filter(({ position }) => position > done);
      const events = newer.slice(0, batchSize);
      const last = events.at(-1);
      if (last) {
        done = last.position;
        yield { events, position: done, caughtUp: newer.length === events.length };
        continue;
      }
      if (signal.aborted) return;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#woken.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#woken.add(wake);
        signal.addEventListener('abort', wake);
      });
    }
  }

  async lastPosition(): Promise<bigint | null> {
    await later();
    return this.events.at(-1)?.position ?? null;
  }

  /** Which log this is, once it holds something. */
  id = 'spec-log';

  async identity(): Promise<LogIdentity | null> {
    await later();
    return this.events.length === 0 ? null : { id: this.id, chain: null };
  }

  async close(): Promise<void> {
    await later();
  }

  /** Makes sleeping subscriptions look again, and so run into what `beforeBatch` throws. */
  wake(): void {
    for (const wake of this.#woken) wake();
  }

  #of(stream: string): StoredEvent[] {
    return this.events.filter((event) => event.stream === stream);
  }
}

/** Documents in a map. Gives every document as a copy, frozen through and through, so that a fold cannot change one. */
export class SpecReadStore implements ReadStore {
  readonly kept = new Map<string, StoredDocument>();
  readonly checkpoints = new Map<string, Checkpoint>();
  readonly live = new Map<string, number>();
  readonly #leases = new Map<string, Lease>();
  readonly #slots = new Map<string, string>();
  readonly defined: string[] = [];
  saves: { projection: string; ids: string[]; position: bigint }[] = [];
  liveAsked = 0;
  /** How many turns of the event loop a save takes before anything of it can be seen. */
  saveTurns = 1;
  /** How many writes of documents and checkpoints succeed before the store is unavailable; null = all. */
  writesLeft: number | null = null;

  async define(models: readonly ModelDefinition[]): Promise<void> {
    await later();
    this.defined.push(...models.map(({ name }) => name));
  }

  async get(model: string, id: string): Promise<StoredDocument | null> {
    await later();
    return this.kept.get(keyOf(model, id)) ?? null;
  }

  async getMany(model: string, ids: readonly string[]): Promise<(StoredDocument | null)[]> {
    await later();
    return ids.map((id) => this.kept.get(keyOf(model, id)) ?? null);
  }

  async find(model: string): Promise<Page> {
    await later();
    return { items: this.#of(model).map(({ document }) => document), nextCursor: null };
  }

  async save(projection: string, writes: readonly Write[], checkpoint: Checkpoint): Promise<void> {
    for (let turn = 0; turn < this.saveTurns; turn++) await later();
    const ids = writes.map(({ model, document }) => keyOf(model, document.id));
    this.saves.push({ projection, ids, position: checkpoint.position });
    for (const { model, document, seen } of writes) {
      this.#spend();
      this.kept.set(keyOf(model, document.id), deepFreeze(structuredClone({ document, seen })));
    }
    this.#spend();
    this.checkpoints.set(projection, checkpoint);
  }

  async checkpoint(projection: string): Promise<Checkpoint | null> {
    await later();
    return this.checkpoints.get(projection) ?? null;
  }

  async liveVersion(projection: string): Promise<number | null> {
    await later();
    this.liveAsked++;
    return this.live.get(projection) ?? null;
  }

  async goLive(projection: string, version: number): Promise<void> {
    await later();
    this.live.set(projection, version);
  }

  async *scan(model: string): AsyncGenerator<StoredDocument> {
    await later();
    yield* this.#of(model);
  }

  async leases(): Promise<Lease[]> {
    await later();
    return [...this.#leases.values()].sort(by(({ name }) => name));
  }

  async takeLease(lease: Lease): Promise<boolean> {
    await later();
    this.#spend();
    if ((this.#leases.get(lease.name)?.term ?? 0) !== lease.term - 1) return false;
    this.#leases.set(lease.name, lease);
    return true;
  }

  async renewLease(lease: Lease): Promise<boolean> {
    await later();
    this.#spend();
    if (!this.#holds(lease)) return false;
    this.#leases.set(lease.name, lease);
    return true;
  }

  async dropLease(lease: Lease): Promise<void> {
    await later();
    if (this.#holds(lease)) this.#leases.delete(lease.name);
  }

  async slot(slot: string): Promise<string | null> {
    await later();
    return this.#slots.get(slot) ?? null;
  }

  async changeSlot(slot: string, change: SlotChange): Promise<string | null> {
    await later();
    const text = change(this.#slots.get(slot) ?? null);
    if (text === null) this.#slots.delete(slot);
    else this.#slots.set(slot, text);
    return text;
  }

  async inventory(): Promise<Inventory> {
    await later();
    const models = new Set([...this.kept.keys()].map((key) => key.slice(0, key.indexOf('/'))));
    return { models: [...models].sort(), checkpoints: [...this.checkpoints.keys()].sort() };
  }

  async drop(models: readonly string[], projection: string): Promise<void> {
    await later();
    for (const key of this.kept.keys()) {
      if (models.some((model) => key.startsWith(keyOf(model, '')))) this.kept.delete(key);
    }
    this.checkpoints.delete(projection);
  }

  /** What is noted as the log that the documents were filled from. */
  log: string | null = null;

  async filledFrom(): Promise<string | null> {
    await later();
    return this.log;
  }

  async fillFrom(log: string | null): Promise<void> {
    await later();
    this.log = log === null ? null : (this.log ?? log);
  }

  async close(): Promise<void> {
    await later();
  }

  #holds({ name, owner, term }: Lease): boolean {
    const stored = this.#leases.get(name);
    return stored?.owner === owner && stored.term === term;
  }

  #of(model: string): StoredDocument[] {
    const keys = [...this.kept.keys()].filter((key) => key.startsWith(keyOf(model, ''))).sort();
    return keys.flatMap((key) => this.kept.get(key) ?? []);
  }

  #spend(): void {
    if (this.writesLeft === null) return;
    if (this.writesLeft === 0) throw new StoreUnavailable('spec', 'no more writes');
    this.writesLeft--;
  }
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
