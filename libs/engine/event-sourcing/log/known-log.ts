import {
  type AppendResult,
  type EventBatch,
  type EventFilter,
  type EventStore,
  type LogIdentity,
  type SubscribeOptions,
} from './event-store.js';
import { type StoredEvent } from './event.js';

/** Which part of a log is looked at. */
export interface KnownPart {
  /** Position of the last event that is looked at; null = nothing is known. */
  readonly last: bigint | null;
  /** Whether an event up to there was known. Default: all were. */
  readonly isKnown?: (event: StoredEvent) => boolean;
}

const BATCH = 8_000;

const everything = () => true;

/**
 * A log as it was: the events up to a position, and of these the ones that were known. Once an event of a stream was not
 * known, no later one of that stream was, so that each stream is a beginning of what it became. For reading only; what
 * is looked at does not grow.
 */
export class KnownLog implements EventStore {
  readonly #isKnown: (event: StoredEvent) => boolean;
  readonly #last: bigint | null;
  /** The last event that was known, as far as `readAll` or a subscription has looked. */
  newest: StoredEvent | null = null;

  constructor(
    private readonly log: EventStore,
    { last, isKnown = everything }: KnownPart,
  ) {
    this.#last = last;
    this.#isKnown = isKnown;
  }

  append(): Promise<AppendResult> {
    return Promise.reject(new Error('what is past is not written to'));
  }

  async *readStream(stream: string, from = 0n): AsyncGenerator<StoredEvent> {
    if (this.#last === null) return;
    // From its first event on: what was not known earlier hides what is later.
    for await (const event of this.log.readStream(stream)) {
      if (event.position > this.#last || !this.#isKnown(event)) return;
      if (event.revision >= from) yield event;
    }
  }

  async *readAll(after: bigint | null, filter?: EventFilter): AsyncGenerator<StoredEvent> {
    if (this.#last === null) return;
    if (this.#isKnown === everything) {
      for await (const event of this.log.readAll(after, filter)) {
        if (event.position > this.#last) return;
        this.newest = event;
        yield event;
      }
      return;
    }
    const ended = new Set<string>();
    // Without the filter of the engine where something may be unknown: an event that it leaves out may end a stream.
    for await (const event of this.log.readAll(null)) {
      if (event.position > this.#last) return;
      if (ended.has(event.stream)) continue;
      if (!this.#isKnown(event)) ended.add(event.stream);
      else {
        if (event.position > (this.newest?.position ?? -1n)) this.newest = event;
        if (event.position > (after ?? -1n) && isWanted(event, filter)) yield event;
      }
    }
  }

  async readAt(position: bigint): Promise<StoredEvent | null> {
    const event = await this.log.readAt(position);
    if (event === null || this.#last === null || position > this.#last) return null;
    for await (const known of this.readStream(event.stream, event.revision))
      return known.position === position ? known : null;
    return null;
  }

  /** All that is known, then nothing more until the signal. */
  async *subscribeToAll({
    after,
    filter,
    signal,
    batchSize = BATCH,
  }: SubscribeOptions): AsyncGenerator<EventBatch> {
    let events: StoredEvent[] = [];
    for await (const event of this.readAll(after, filter)) {
      if (signal.aborted) return;
      events.push(event);
      if (events.length < batchSize) continue;
      yield { events, position: event.position, caughtUp: false };
      events = [];
    }
    const position = this.#last ?? events.at(-1)?.position;
    if (position !== undefined) yield { events, position, caughtUp: true };
    if (signal.aborted) return;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  lastPosition(): Promise<bigint | null> {
    return Promise.resolve(this.#last);
  }

  identity(): Promise<LogIdentity | null> {
    return this.#last === null ? Promise.resolve(null) : this.log.identity();
  }

  /** The log is its owner's to close. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

function isWanted({ stream, type }: StoredEvent, { streamPrefixes, types }: EventFilter = {}): boolean {
  return (
    (streamPrefixes === undefined || streamPrefixes.some((prefix) => stream.startsWith(prefix))) &&
    (types === undefined || types.includes(type))
  );
}
