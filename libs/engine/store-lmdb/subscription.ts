import { setImmediate } from 'node:timers/promises';
import {
  type EventBatch,
  LogDamaged,
  type StoredEvent,
  type SubscribeOptions,
} from '#libs/engine/event-sourcing';
import { type EventLog } from './event-log.js';
import { filtered } from './event-filter.js';
import { type WakeUp } from './wake-up.js';

/** How long an append through another handle may stay unseen, one of another thread or process; those of this one wake at once. */
const POLL_MS = 10;
const DEFAULT_BATCH = 1_000;
/** Events looked at before a filter that lets nothing through reports its progress. */
const PROGRESS_EVERY = 20_000;

/** Reads the log in batches from a position on, each when it is asked for, and sleeps at its end. */
export class Subscription {
  /** Position of the next event to look at. */
  private next: number;

  constructor(
    private readonly log: EventLog,
    private readonly options: SubscribeOptions,
    private readonly wakeUp: WakeUp,
    private readonly refresh: () => void,
  ) {
    this.next = options.after === null ? 0 : Number(options.after) + 1;
    if (this.next > log.end) {
      throw new RangeError(`position ${this.next - 1} is beyond the end of the log (${log.end - 1})`);
    }
  }

  async *batches(): AsyncGenerator<EventBatch> {
    const { signal } = this.options;
    // A reader that starts at the end learns at once that there is nothing to catch up with.
    let news = this.next > 0;
    while (!signal.aborted) {
      this.refresh();
      if (this.next < this.log.end || news) {
        news = false;
        yield this.batch();
        await setImmediate();
      } else {
        await this.wakeUp.sleep(POLL_MS, signal);
      }
    }
  }

  /** What comes before a damaged event is delivered; the batch that would begin with it throws. */
  private batch(): EventBatch {
    const events: StoredEvent[] = [];
    try {
      return this.gather(events);
    } catch (error) {
      const last = events.at(-1);
      if (!last || !(error instanceof LogDamaged)) throw error;
      this.next = Number(last.position) + 1;
      return this.delivery(events);
    }
  }

  private gather(events: StoredEvent[]): EventBatch {
    const size = this.options.batchSize ?? DEFAULT_BATCH;
    const start = this.next;
    while (this.next < this.log.end && this.next - start < PROGRESS_EVERY) {
      for (const group of this.log.read(this.next, size)) {
        for (const event of filtered(group, this.next, this.options.filter)) {
          events.push(event);
          if (events.length === size) {
            this.next = Number(event.position) + 1;
            return this.delivery(events);
          }
        }
        this.next = group.firstPosition + group.events;
      }
      if (events.length > 0) break;
    }
    return this.delivery(events);
  }

  private delivery(events: readonly StoredEvent[]): EventBatch {
    return { events, position: BigInt(this.next - 1), caughtUp: this.next >= this.log.end };
  }
}
