import { setImmediate } from 'node:timers/promises';
import {
  type AppendResult,
  checkAppend,
  type EventBatch,
  type EventFilter,
  type EventStore,
  LogDamaged,
  type LogIdentity,
  type NewEvent,
  type StoredEvent,
  StoreUnavailable,
  type SubscribeOptions,
} from '#libs/engine/event-sourcing';
import { AppendQueue } from './append-queue.js';
import { CommitPace, type CommitPaceOptions } from './commit-pace.js';
import { DataDisk } from './data-disk.js';
import { type OpenOptions } from './environment.js';
import { beginUse, damageBeforeOpening, type EnvironmentUse } from './environment-use.js';
import { EventLog } from './event-log.js';
import { filtered } from './event-filter.js';
import { encodeEvent } from './group-encoder.js';
import { type EncodedEvent } from './group-record.js';
import { LogEndNote } from './log-end-note.js';
import { Subscription } from './subscription.js';
import { answer } from './turn.js';
import { WakeUp } from './wake-up.js';
import { mustNotBeOtherFiles, openWatched, type WatchedEnvironment } from './watched-environment.js';

/** Events read before other work gets its turn: reading never waits for a disk, so nothing else would stop it. */
const EVENTS_A_TURN = 500;

export interface EventStoreOptions extends OpenOptions {
  /** When a commit is left to another thread. */
  readonly commits?: CommitPaceOptions;
}

/**
 * Opens (and creates, unless `readOnly`) the event log in `directory`. Several processes may have it open and write.
 * @throws StoreUnavailable, StoreFull, StoreBroken
 * @throws LogDamaged
 */
export async function openLmdbEventStore(
  directory: string,
  options: EventStoreOptions = {},
): Promise<EventStore> {
  const { readOnly = false, disk = new DataDisk(directory) } = options;
  mustNotBeOtherFiles(directory, 'events');
  const damage = await damageBeforeOpening(directory, 'events');
  if (damage !== null) throw new LogDamaged(null, null, damage);
  const use = readOnly ? null : beginUse(directory, 'events');
  try {
    const environment = await openWatched(directory, 'events', { durable: true, readOnly, disk }, use);
    const note = new LogEndNote(directory, disk);
    const store = new LmdbEventStore(environment, readOnly, new CommitPace(options.commits), use, note);
    await store.prepare();
    use?.begun();
    return store;
  } catch (error) {
    if (error instanceof LogDamaged) use?.suspect();
    use?.end();
    throw error;
  }
}

class LmdbEventStore implements EventStore {
  private readonly log: EventLog;
  private readonly queue: AppendQueue;
  private readonly wakeUp = new WakeUp();
  private closed = false;

  constructor(
    private readonly environment: WatchedEnvironment,
    private readonly readOnly: boolean,
    pace: CommitPace,
    private readonly use: EnvironmentUse | null,
    private readonly note: LogEndNote,
  ) {
    this.log = new EventLog(environment.root, pace, { readOnly });
    this.queue = new AppendQueue(this.log, environment, note, () => {
      this.wakeUp.all();
    });
  }

  /** Once in the life of a log of an earlier release: its index of keys gets seals. */
  prepare(): Promise<void> {
    return this.readOnly
      ? Promise.resolve()
      : this.log.sealKeys((bytes) => this.environment.files.mustHaveRoom(bytes));
  }

  append(stream: string, expected: bigint | null, events: readonly NewEvent[]): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      checkAppend(stream, expected, events);
      const ids: string[] = [];
      const bodies: EncodedEvent[] = [];
      let bytes = 0;
      for (const event of events) {
        const body = encodeEvent(stream, event);
        ids.push(event.id);
        bodies.push(body);
        bytes += body.bytes;
      }
      this.mustBeOpen();
      if (this.readOnly) throw new StoreUnavailable('lmdb', 'opened for reading only');
      const keyUse = events[0]?.metadata.keyUse ?? null;
      this.queue.add({ stream, expected, ids, bodies, bytes, keyUse, resolve, reject });
    });
  }

  async *readStream(stream: string, from = 0n): AsyncGenerator<StoredEvent> {
    this.refresh();
    let count = 0;
    for (const event of this.log.stream(stream, Number(from))) {
      yield event;
      count += 1;
      if (count % EVENTS_A_TURN === 0) await setImmediate();
      this.mustBeOpen();
    }
  }

  readAll(after: bigint | null, filter?: EventFilter): AsyncIterable<StoredEvent> {
    this.refresh();
    return this.readUntil(after === null ? 0 : Number(after) + 1, this.log.end, filter);
  }

  readAt(position: bigint): Promise<StoredEvent | null> {
    return answer(() => {
      this.mustBeOpen();
      if (position >= BigInt(this.log.end)) this.refresh();
      return position < 0n ? null : this.log.at(Number(position));
    });
  }

  async *subscribeToAll(options: SubscribeOptions): AsyncGenerator<EventBatch> {
    this.refresh();
    yield* new Subscription(this.log, options, this.wakeUp, () => {
      this.refresh();
    }).batches();
  }

  lastPosition(): Promise<bigint | null> {
    return answer(() => {
      this.refresh();
      return this.log.end === 0 ? null : BigInt(this.log.end - 1);
    });
  }

  identity(): Promise<LogIdentity | null> {
    return answer(() => {
      this.refresh();
      const { identity, end } = this.log;
      if (identity === null) return null;
      const { id, chain } = identity;
      return { id: id.toString('hex'), chain: { position: BigInt(end - 1), head: chain.toString('hex') } };
    });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.queue.idle();
    this.wakeUp.all();
    this.note.close();
    await this.environment.close();
    this.use?.end();
  }

  private async *readUntil(from: number, end: number, filter?: EventFilter): AsyncGenerator<StoredEvent> {
    let next = from;
    while (next < end) {
      this.mustBeOpen();
      for (const group of this.log.read(next)) {
        for (const event of filtered(group, next, filter)) {
          if (event.position >= BigInt(end)) return;
          yield event;
        }
        next = group.firstPosition + group.events;
      }
      await setImmediate();
    }
  }

  private refresh(): void {
    this.mustBeOpen();
    this.log.refresh();
  }

  private mustBeOpen(): void {
    if (this.closed) throw new StoreUnavailable('lmdb', 'the event store is closed');
    this.environment.disk.mustBeSound();
  }
}
