import {
  type AllStreamRecordedEvent,
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  type EventStoreDBClient,
  FORWARDS,
  type Position,
  type RecordedEvent,
  type ReadStreamOptions,
  type ResolvedEvent,
  START,
  type StreamingRead,
} from '@eventstore/db-client';
import { StoreUnavailable, defined } from '#libs/engine/event-sourcing';
import { discoveryFailed, isStreamNotFound, isUnknown, portError } from './eventstoredb-errors.js';
import { laterRevision, ownEvent, positionOf } from './recorded-event.js';
import { type SharedClient } from './shared-client.js';
import { ENGINE } from './time-limit.js';

/** Events that a read keeps ready in addition to the current one. */
const READ_AHEAD = 256;
/** How long a call whose reader has enough may take to end by itself. */
const GRACE_MS = 500;
/** Reading backwards for an event of this store: by how much portions grow, and the largest. */
const PORTION_GROWTH = 8;
const LARGEST_PORTION = 1_024;

/** Reads of the log with a time limit of their own, each ending in one of the port's errors. */
export class LogReader {
  #newest: bigint | null = null;
  /** Looking for a newer one than `#newest` ends here: on a quiet log the engine's own events pile up behind it. */
  #scanned: bigint | null = null;

  constructor(
    private readonly shared: SharedClient,
    private readonly prefix: string,
    private readonly timeLimitMs: number,
  ) {}

  /** A stream from a revision on; an absent stream yields nothing. */
  async *stream(name: string, from: bigint, maxCount?: number): AsyncGenerator<RecordedEvent> {
    const options: ReadStreamOptions = { fromRevision: from, direction: FORWARDS, ...defined({ maxCount }) };
    try {
      const items = this.#items<ResolvedEvent>(
        (client) => client.readStream(name, options, { highWaterMark: READ_AHEAD }),
        true,
      );
      for await (const { event } of items) if (event) yield event;
    } catch (error) {
      if (!isStreamNotFound(error)) throw portError(error);
    }
  }

  /** A stream's event at a revision, or the next after it; null if there is none. */
  async event(name: string, revision: bigint): Promise<RecordedEvent | null> {
    for await (const event of this.stream(name, revision, 1)) return event;
    return null;
  }

  /**
   * The log from a position on (inclusive, as the engine does it), system events too; null = from its start.
   * @throws RangeError when no record begins at the position
   */
  async *log(from: bigint | null, maxCount?: number): AsyncGenerator<AllStreamRecordedEvent> {
    try {
      const fromPosition = from === null ? START : { commit: from, prepare: from };
      const items = this.#items<AllStreamResolvedEvent>(
        (client) =>
          client.readAll(
            { fromPosition, direction: FORWARDS, ...defined({ maxCount }) },
            { highWaterMark: READ_AHEAD },
          ),
        maxCount !== undefined,
      );
      for await (const { event } of items) if (event) yield event;
    } catch (error) {
      if (from !== null && isUnknown(error)) throw notInLog(from, error);
      throw portError(error);
    }
  }

  /** Position of the newest event, system events included; null if there is none. */
  async head(): Promise<bigint | null> {
    for await (const event of this.#backwards(END, 1)) return positionOf(event);
    return null;
  }

  /** Position of the newest event of this store; null when it has none. */
  async newest(): Promise<bigint | null> {
    const isOwn = ownEvent(this.prefix);
    let head: bigint | null = null;
    let found: bigint | null = null;
    for await (const event of this.#allBackwards()) {
      const position = positionOf(event);
      if (head === null) {
        head = position;
        // An older backup was restored under this process: what was known is gone.
        if (this.#scanned !== null && head < this.#scanned) [this.#scanned, this.#newest] = [null, null];
      }
      if (this.#scanned !== null && position <= this.#scanned) break;
      if (!isOwn(event)) continue;
      found = position;
      break;
    }
    this.#scanned = laterRevision(this.#scanned, head);
    this.#newest = laterRevision(this.#newest, found);
    return this.#newest;
  }

  /** The oldest event of this store; null when it has none. */
  async first(): Promise<RecordedEvent | null> {
    const isOwn = ownEvent(this.prefix);
    for await (const event of this.log(null)) if (isOwn(event)) return event;
    return null;
  }

  /** In portions, the first of one event: mostly that is all that is wanted. */
  async *#allBackwards(): AsyncGenerator<AllStreamRecordedEvent> {
    let from: Position | typeof END = END;
    for (let size = 1; ; size = Math.min(size * PORTION_GROWTH, LARGEST_PORTION)) {
      let count = 0;
      for await (const event of this.#backwards(from, size)) {
        yield event;
        count += 1;
        from = event.position;
      }
      if (count < size) return;
    }
  }

  async *#backwards(
    fromPosition: Position | typeof END,
    maxCount: number,
  ): AsyncGenerator<AllStreamRecordedEvent> {
    try {
      const items = this.#items<AllStreamResolvedEvent>(
        (client) => client.readAll({ fromPosition, direction: BACKWARDS, maxCount }),
        true,
      );
      for await (const { event } of items) if (event) yield event;
    } catch (error) {
      throw portError(error);
    }
  }

  /** `isShort`: what the server has to send is so little that a reader who has enough may leave it to come. */
  async *#items<Item>(
    read: (client: EventStoreDBClient) => StreamingRead<Item>,
    isShort: boolean,
  ): AsyncGenerator<Item> {
    const { client } = this.shared;
    const items = read(client);
    // A second error may follow the first when the connection is gone; without a listener it would end the process.
    items.on('error', () => undefined);
    let waiting = true;
    const limit = setTimeout(() => {
      if (waiting) items.destroy(new StoreUnavailable(ENGINE, `no answer within ${this.timeLimitMs} ms`));
    }, this.timeLimitMs);
    try {
      for await (const item of items.iterator({ destroyOnReturn: false })) {
        waiting = false;
        yield item as Item;
        waiting = true;
        limit.refresh();
      }
    } catch (error) {
      this.shared.failed(error);
      if (discoveryFailed(error)) this.shared.renew(client);
      throw error;
    } finally {
      clearTimeout(limit);
      leave(items, isShort);
    }
  }
}

/**
 * Ends a call that is not read any more: leaving its loop does not end it, and it ends only once what it has sent was read.
 * A server closes the connection of a client that resets many calls, so one that is about to end is given time for it.
 */
function leave<Item>(items: StreamingRead<Item>, isShort: boolean): void {
  items.resume();
  if (items.readableEnded) return;
  const cancel = () => void items.cancel().catch(() => undefined);
  if (!isShort) {
    cancel();
    return;
  }
  const late = setTimeout(cancel, GRACE_MS).unref();
  items.once('end', () => clearTimeout(late));
}

/** The log was replaced by an older one, or the position comes from another log. */
export const notInLog = (position: bigint, cause?: unknown): RangeError =>
  new RangeError(`position ${position} is not in this log`, { cause });
