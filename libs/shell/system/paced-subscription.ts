import { setTimeout as delay } from 'node:timers/promises';
import { type EventBatch, type EventStore, type SubscribeOptions } from '#libs/engine/event-sourcing';

/** A batch of at least this many events means that many are writing at once. */
const BUSY = 16;

/** Milliseconds between batches, and how many times as long as the follower took for the last one they are at least. */
export interface Intervals {
  readonly shortest: number;
  readonly longest: number;
  readonly timesAsLong: number;
}

/** Milliseconds to wait after a batch that took `took` milliseconds. */
export function pauseAfter(took: number, { shortest, longest, timesAsLong }: Intervals): number {
  return Math.max(0, Math.min(longest, Math.max(shortest, took * timesAsLong)) - took);
}

/**
 * Batches events for a subscriber while much is written: after a full batch the next one is delayed, so that a document
 * touched by many events is written once rather than once per event. The delay grows with the time the subscriber takes,
 * so that it leaves the processors to the writers. While little is written, each event is delivered at once, as is
 * anything a caller is waiting for. Far behind the log nothing is delayed.
 */
export class Throttle {
  private readonly waiting = new Set<AbortController>();
  private isFlushing = false;

  constructor(private readonly intervals: Intervals) {}

  /** A caller is waiting: deliver the next batch at once. */
  flushNow(): void {
    this.isFlushing = true;
    for (const one of this.waiting) one.abort();
  }

  /** The same store with throttled subscriptions. */
  of(store: EventStore): EventStore {
    return {
      append: (stream, expected, events) => store.append(stream, expected, events),
      readStream: (stream, from) => store.readStream(stream, from),
      readAll: (after, filter) => store.readAll(after, filter),
      readAt: (position) => store.readAt(position),
      subscribeToAll: (options) => this.throttled(store, options),
      lastPosition: () => store.lastPosition(),
      identity: () => store.identity(),
      close: () => store.close(),
    };
  }

  private async *throttled(store: EventStore, options: SubscribeOptions): AsyncGenerator<EventBatch> {
    for await (const batch of store.subscribeToAll(options)) {
      const given = performance.now();
      yield batch;
      if (batch.caughtUp && batch.events.length >= BUSY) {
        await this.pause(pauseAfter(performance.now() - given, this.intervals), options.signal);
      }
    }
  }

  private async pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (milliseconds > 0 && !this.isFlushing && !signal.aborted) {
      const hurried = new AbortController();
      this.waiting.add(hurried);
      // Ends early, without a fault, when it is hurried or the subscription is over.
      await delay(milliseconds, undefined, { signal: AbortSignal.any([signal, hurried.signal]) }).catch(
        () => undefined,
      );
      this.waiting.delete(hurried);
    }
    this.isFlushing = false;
  }
}
