import { type AppendResult as EngineAnswer, type EventData } from '@eventstore/db-client';
import {
  type AppendResult,
  checkAppend,
  type EventBatch,
  type EventFilter,
  type EventStore,
  type LogIdentity,
  type NewEvent,
  type StoredEvent,
  StoreUnavailable,
  type SubscribeOptions,
} from '#libs/engine/event-sourcing';
import { AppendTries } from './append-tries.js';
import { matcher } from './event-filter.js';
import { portError } from './eventstoredb-errors.js';
import { LogReader } from './log-reader.js';
import { logIdOf, ownEvent, positionOf, toEventData, toStoredEvent } from './recorded-event.js';
import { SharedClient } from './shared-client.js';
import { mustFollow } from './stream-continuity.js';
import { CatchUpSubscription } from './subscription.js';
import { ENGINE, within } from './time-limit.js';

export interface EventStoreDbOptions {
  /** Put before every stream's name: several logs in one server, each seeing its own events only. Default none. */
  readonly streamPrefix?: string;
  /** How long one call may take before the store counts as away. Default 10,000 ms. */
  readonly timeLimitMs?: number;
  /** How long a subscription may owe an event before it is opened anew. Default 5,000 ms. */
  readonly silenceMs?: number;
}

const TIME_LIMIT_MS = 10_000;
const SILENCE_MS = 5_000;

class EventStoreDbEventStore implements EventStore {
  readonly #reader: LogReader;
  readonly #pending = new Set<Promise<unknown>>();
  #closed = false;

  constructor(
    private readonly shared: SharedClient,
    private readonly prefix: string,
    private readonly timeLimitMs: number,
    private readonly silenceMs: number,
  ) {
    this.#reader = new LogReader(shared, prefix, timeLimitMs);
  }

  async append(stream: string, expected: bigint | null, events: readonly NewEvent[]): Promise<AppendResult> {
    checkAppend(stream, expected, events);
    const data = toEventData(stream, events);
    this.#mustBeOpen();
    const key = JSON.stringify([this.prefix + stream, `${expected}`, ...events.map(({ id }) => id)]);
    const same = this.shared.inFlight.get(key);
    if (same) return same;
    const done = this.#append(stream, expected, data).finally(() => this.shared.inFlight.delete(key));
    this.shared.inFlight.set(key, done);
    this.#pending.add(done);
    try {
      return await done;
    } finally {
      this.#pending.delete(done);
    }
  }

  async *readStream(stream: string, from = 0n): AsyncGenerator<StoredEvent> {
    this.#mustBeOpen();
    let due = from;
    for await (const recorded of this.#reader.stream(this.prefix + stream, from)) {
      const event = toStoredEvent(recorded, this.prefix);
      mustFollow(event, due);
      due += 1n;
      yield event;
    }
  }

  readAll(after: bigint | null, filter?: EventFilter): AsyncIterable<StoredEvent> {
    this.#mustBeOpen();
    const end = this.#reader.head();
    this.shared.reading(end);
    return this.#readUntil(after, end, filter);
  }

  async readAt(position: bigint): Promise<StoredEvent | null> {
    this.#mustBeOpen();
    if (position < 0n) return null;
    const isOwn = ownEvent(this.prefix);
    try {
      for await (const event of this.#reader.log(position, 1))
        return positionOf(event) === position && isOwn(event) ? toStoredEvent(event, this.prefix) : null;
      return null;
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  async *subscribeToAll(options: SubscribeOptions): AsyncGenerator<EventBatch> {
    this.#mustBeOpen();
    const times = { silenceMs: this.silenceMs };
    yield* new CatchUpSubscription(this.shared, this.#reader, this.prefix, options, times).batches();
  }

  async lastPosition(): Promise<bigint | null> {
    this.#mustBeOpen();
    return this.#reader.newest();
  }

  async identity(): Promise<LogIdentity | null> {
    this.#mustBeOpen();
    const first = await this.#reader.first();
    return first && { id: logIdOf(toStoredEvent(first, this.prefix)), chain: null };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#pending);
    await this.shared.release();
  }

  async #append(stream: string, expected: bigint | null, events: EventData[]): Promise<AppendResult> {
    const ends = this.shared.endsKnown();
    if (ends) await ends;
    const tries = new AppendTries(this.shared, this.prefix + stream, expected, events);
    try {
      const answer = await within(this.timeLimitMs, tries.answer());
      this.shared.events.emit('append');
      return await within(this.timeLimitMs, this.#result(stream, answer));
    } catch (error) {
      throw portError(error, stream, expected);
    } finally {
      tries.giveUp();
    }
  }

  async #result(stream: string, { nextExpectedRevision, position }: EngineAnswer): Promise<AppendResult> {
    const revision = BigInt(nextExpectedRevision);
    if (position) return { revision, position: BigInt(position.commit) };
    for await (const event of this.#reader.stream(this.prefix + stream, revision))
      return { revision, position: positionOf(event) };
    throw new StoreUnavailable(ENGINE, `${stream} has no event at revision ${revision}`);
  }

  async *#readUntil(
    after: bigint | null,
    head: Promise<bigint | null>,
    filter?: EventFilter,
  ): AsyncGenerator<StoredEvent> {
    const end = await head;
    if (end === null || (after !== null && after >= end)) return;
    const isOwn = ownEvent(this.prefix);
    const matches = matcher(this.prefix, filter);
    for await (const event of this.#reader.log(after)) {
      const position = positionOf(event);
      if (position > end) return;
      // The engine reads from a position on; the port says after it.
      if (after !== null && position <= after) continue;
      if (isOwn(event) && matches(event)) yield toStoredEvent(event, this.prefix);
    }
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new StoreUnavailable(ENGINE, 'the event store is closed');
  }
}

/**
 * The log in EventStoreDB (22.6 or later) or KurrentDB. The connection string has all settings of the connection:
 * `esdb://user:password@host:2113?tls=true&tlsCAFile=…`, or `esdb+discover://…` for a cluster. Connects at the first
 * call. All stores of one process with the same connection string share one client.
 * @throws Error for text that is not a connection string
 */
export async function openEventStoreDb(url: string, options: EventStoreDbOptions = {}): Promise<EventStore> {
  return Promise.resolve(
    new EventStoreDbEventStore(
      SharedClient.take(url),
      options.streamPrefix ?? '',
      options.timeLimitMs ?? TIME_LIMIT_MS,
      options.silenceMs ?? SILENCE_MS,
    ),
  );
}
