import { type AllStreamRecordedEvent } from '@eventstore/db-client';
import {
  type EventBatch,
  type LogDamaged,
  type StoredEvent,
  StoreUnavailable,
  type SubscribeOptions,
} from '#libs/engine/event-sourcing';
import { matcher } from './event-filter.js';
import { isAway, isUnknown, portError } from './eventstoredb-errors.js';
import { Feed } from './feed.js';
import { type LogReader, notInLog } from './log-reader.js';
import { laterRevision, ownEvent, positionOf, toStoredEvent } from './recorded-event.js';
import { type SharedClient } from './shared-client.js';
import { StreamContinuity } from './stream-continuity.js';
import { ENGINE, unlessAborted } from './time-limit.js';

const DEFAULT_BATCH = 1_000;
/** How long a batch that is not full waits for the next event while more are known to come. */
const GATHER_MS = 5;
/** An idle subscription looks for itself so often: what its filter leaves out, the server does not mention. */
const LOOK_EVERY_MS = 1_000;
/** Events of one look; more only while none of them is for this reader. */
const FIRST_LOOK = 32;
const LAST_LOOK = 2_048;
/** Feeds that bring nothing, one after another, before the engine counts as away. */
const FRUITLESS_FEEDS = 3;

/** What a look into the log after a position found. */
type Look = {
  /** Position of the last event looked at that is this store's; null when there is none. */
  readonly end: bigint | null;
  /** Position of the last event that is for this reader; null when there is none. */
  readonly wanted: bigint | null;
  /** Position of the last event looked at, the engine's own too. */
  readonly last: bigint | null;
  readonly atEnd: boolean;
};

export interface SubscriptionTimes {
  /** A feed that has not delivered an event it should for this long counts as silent and is opened anew. */
  readonly silenceMs: number;
}

/**
 * The log after a position, then live. Events come through the client's subscription; where it has nothing more to
 * give, a read of the log finds whether that is the end, so that "caught up" is exact, progress over what the filter
 * leaves out is known, and a feed that has fallen silent is noticed and opened anew from the last position handed out.
 */
export class CatchUpSubscription {
  /** Everything up to here has been handed out or left out by the filter. */
  #seen: bigint | null;
  /** The same, counting events that are not this store's, whose positions are never reported. */
  #looked: bigint | null;
  /** The newest position known to exist: before it, a batch that is not full does not mean the end. */
  #knownEnd: bigint | null = null;
  #feed: Feed | null = null;
  /** `#looked` was moved by the server's word, so own events between may not have been seen. */
  #jumped = false;
  #fruitless = 0;
  #lookSize = FIRST_LOOK;
  readonly #matches: (event: AllStreamRecordedEvent) => boolean;
  readonly #isOwn: (event: AllStreamRecordedEvent) => boolean;
  readonly #size: number;
  /** Null where the filter chooses by type, and so leaves out events of a stream. */
  readonly #continuity: StreamContinuity | null;
  /** A gap that comes after what was handed out. */
  #damage: LogDamaged | null = null;

  constructor(
    private readonly shared: SharedClient,
    private readonly reader: LogReader,
    private readonly prefix: string,
    private readonly options: SubscribeOptions,
    private readonly times: SubscriptionTimes,
  ) {
    this.#seen = options.after;
    this.#looked = options.after;
    this.#size = options.batchSize ?? DEFAULT_BATCH;
    this.#isOwn = ownEvent(prefix);
    this.#matches = matcher(prefix, options.filter);
    this.#continuity = options.filter?.types
      ? null
      : new StreamContinuity({
          isFromStart: options.after === null,
          before: (stream, revision) => reader.event(prefix + stream, revision),
        });
  }

  /**
   * @throws RangeError when the position to start after is not in this log
   * @throws StoreUnavailable when the engine is away
   * @throws LogDamaged where an event of a stream is missing
   */
  async *batches(): AsyncGenerator<EventBatch> {
    const { signal } = this.options;
    let told: { position: bigint | null; caughtUp: boolean } = { position: this.#seen, caughtUp: false };
    try {
      while (!signal.aborted) {
        const next = await unlessAborted(signal, this.#whole());
        if (next === null) return;
        const { position } = next;
        const isNews =
          next.events.length > 0 || position !== told.position || (next.caughtUp && !told.caughtUp);
        if (position !== null && isNews) {
          told = { position, caughtUp: next.caughtUp };
          yield { ...next, position };
        } else if (next.caughtUp) await this.#idle();
      }
    } finally {
      this.#drop();
    }
  }

  /** What comes next, up to where an event is missing. */
  async #whole(): Promise<{ events: StoredEvent[]; caughtUp: boolean; position: bigint | null }> {
    if (this.#damage) throw this.#damage;
    const next = await this.#next();
    const gap = await this.#continuity?.gapIn(next.events);
    if (!gap) return { ...next, position: this.#seen };
    this.#damage = gap.damage;
    const events = next.events.slice(0, gap.whole);
    const last = events.at(-1);
    if (!last) throw gap.damage;
    return { events, caughtUp: false, position: last.position };
  }

  async #next(): Promise<{ events: StoredEvent[]; caughtUp: boolean }> {
    const feed = await this.#open();
    const events: StoredEvent[] = [];
    this.#take(feed, events);
    while (events.length < this.#size && this.#isBehind()) {
      if (!(await feed.more(GATHER_MS))) break;
      if (!this.#take(feed, events) && (feed.failure || this.options.signal.aborted)) break;
    }
    if (events.length === this.#size || (events.length > 0 && this.#isBehind()))
      return { events, caughtUp: false };

    const look = await this.#look();
    while (look.wanted !== null && (this.#seen ?? -1n) < look.wanted && events.length < this.#size) {
      const isSilent = !(await feed.more(this.times.silenceMs));
      if (this.#take(feed, events)) continue;
      if (!isSilent && !feed.failure && !this.options.signal.aborted) continue;
      if (isSilent) this.#replace(new StoreUnavailable(ENGINE, 'the subscription fell silent'));
      return { events, caughtUp: false };
    }
    if (look.wanted !== null && (this.#seen ?? -1n) < look.wanted) return { events, caughtUp: false };
    this.#seen = laterRevision(this.#seen, look.end);
    this.#looked = laterRevision(laterRevision(this.#seen, this.#looked), look.last);
    if (look.atEnd && this.#jumped) await this.#catchUpWithJump();
    return { events, caughtUp: look.atEnd };
  }

  /** The server has looked further than what it sent: nothing up to there is for this reader. */
  #jump(reached: bigint | null): void {
    if (reached === null || reached <= (laterRevision(this.#seen, this.#looked) ?? -1n)) return;
    this.#looked = reached;
    this.#jumped = true;
  }

  /** A position to report is one of this store's own events: the newest, unless it came since. */
  async #catchUpWithJump(): Promise<void> {
    const newest = await this.reader.newest();
    if (newest === null || newest <= (this.#looked ?? -1n)) {
      this.#seen = laterRevision(this.#seen, newest);
      this.#jumped = false;
    }
  }

  #isBehind(): boolean {
    return this.#knownEnd !== null && (this.#seen ?? -1n) < this.#knownEnd;
  }

  /** Adds to `events` what the feed has ready, up to the size of a batch; false when it had nothing. */
  #take(feed: Feed, events: StoredEvent[]): boolean {
    let took = false;
    while (events.length < this.#size) {
      const event = feed.take();
      if (event === null) {
        this.#jump(feed.reached);
        break;
      }
      took = true;
      this.#fruitless = 0;
      const position = positionOf(event);
      // After a feed was opened anew, or where its filter is wider than the reader's.
      if (this.#seen !== null && position <= this.#seen) continue;
      if (!this.#isOwn(event)) continue;
      this.#seen = position;
      if (this.#matches(event)) events.push(toStoredEvent(event, this.prefix));
    }
    return took;
  }

  async #look(): Promise<Look> {
    const from = laterRevision(this.#seen, this.#looked);
    let [count, end, wanted, last]: [number, bigint | null, bigint | null, bigint | null] = [
      0,
      null,
      null,
      null,
    ];
    for await (const event of this.reader.log(from, this.#lookSize)) {
      count += 1;
      const position = positionOf(event);
      if (from !== null && position <= from) continue;
      last = position;
      if (!this.#isOwn(event)) continue;
      end = position;
      if (this.#matches(event)) wanted = position;
    }
    const atEnd = count < this.#lookSize;
    this.#lookSize = atEnd || wanted !== null ? FIRST_LOOK : Math.min(2 * this.#lookSize, LAST_LOOK);
    this.#knownEnd = laterRevision(this.#knownEnd, wanted);
    return { end, wanted, last, atEnd };
  }

  /** Until something happens: an event, a failure, an append of this process, or the time to look again. */
  async #idle(): Promise<void> {
    const before = this.#feed;
    await before?.more(LOOK_EVERY_MS, this.shared.events);
    if (before && !before.failure) this.#fruitless = 0;
  }

  async #open(): Promise<Feed> {
    const failure = this.#feed?.failure;
    if (failure && this.#feed?.isEmpty) this.#replace(failure);
    if (this.#feed) return this.#feed;
    const head = await this.reader.head();
    if (this.#seen !== null && (head === null || this.#seen > head)) throw notInLog(this.#seen);
    if (this.options.signal.aborted) throw new StoreUnavailable(ENGINE, 'the subscription has ended');
    this.#knownEnd = head;
    this.#feed = new Feed(this.shared, {
      after: this.#seen,
      prefix: this.prefix,
      filter: this.options.filter ?? {},
      ahead: this.#size,
      signal: this.options.signal,
    });
    return this.#feed;
  }

  /** Gives up a feed, so that the next batch opens another. A reader too slow for the live feed is asked for just that. */
  #replace(failure: Error): void {
    const nothingCame = this.#fruitless > 0 || this.#seen === this.options.after;
    this.#drop();
    if (nothingCame && this.#seen !== null && isUnknown(failure)) throw notInLog(this.#seen, failure);
    this.#fruitless += 1;
    if (!isAway(failure) || this.#fruitless > FRUITLESS_FEEDS) throw portError(failure);
  }

  #drop(): void {
    this.#feed?.close();
    this.#feed = null;
  }
}
