import { type EventEmitter } from 'node:events';
import { type AllStreamRecordedEvent, type AllStreamSubscription, START } from '@eventstore/db-client';
import { type EventFilter, StoreUnavailable } from '#libs/engine/event-sourcing';
import { serverFilter } from './event-filter.js';
import { type SharedClient } from './shared-client.js';
import { ENGINE } from './time-limit.js';

/** Where a feed begins and what it lets through. */
export type FeedOptions = {
  readonly after: bigint | null;
  readonly prefix: string;
  readonly filter: EventFilter;
  /** How many events are kept ready before the server is made to wait. */
  readonly ahead: number;
  /** Wakes who waits for more. */
  readonly signal: AbortSignal;
};

/**
 * One subscription of the client, read when asked: it fills up to its limit, then the connection's flow control holds
 * the server back.
 */
export class Feed {
  readonly #subscription: AllStreamSubscription;
  #reached: bigint | null = null;
  #failure: Error | null = null;
  /** Ends a reader's wait for more. */
  #wake: () => void = () => undefined;
  readonly #onNews = (): void => {
    this.#wake();
  };

  constructor(
    shared: SharedClient,
    private readonly options: FeedOptions,
  ) {
    const { after, prefix, filter, ahead } = options;
    this.#subscription = shared.client.subscribeToAll(
      {
        fromPosition: after === null ? START : { commit: after, prepare: after },
        filter: serverFilter(prefix, filter, ({ commit }) => {
          this.#reached = BigInt(commit);
        }),
      },
      { highWaterMark: ahead },
    );
    // Kept forever: after the server's end a second error follows the first, and without a listener it ends the
    // process.
    this.#subscription.on('error', (error: Error) => {
      shared.failed(error);
      this.#failure ??= error;
      this.#wake();
    });
    this.#subscription.once('end', () => {
      this.#failure ??= new StoreUnavailable(ENGINE, 'the server ended the subscription');
      this.#wake();
    });
    // Once and not at each wait: while a reader is faster than the server, it waits for every few events.
    this.#subscription.on('readable', this.#onNews);
    options.signal.addEventListener('abort', this.#onNews);
  }

  /** Why no more events will come; null while they may. What came before can still be taken. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** The server has looked at everything up to here; holds once all events that came have been taken. */
  get reached(): bigint | null {
    return this.#reached;
  }

  /** The next event that is there, or null. */
  take(): AllStreamRecordedEvent | null {
    for (;;) {
      const item = this.#subscription.read() as { event?: AllStreamRecordedEvent } | null;
      if (item === null) return null;
      if (item.event) return item.event;
    }
  }

  get isEmpty(): boolean {
    return this.#subscription.readableLength === 0;
  }

  /**
   * Resolves when something may be there to take, the feed has failed, or the signal or an `append` event says so:
   * true; or when so much time has passed: false.
   */
  async more(waitMs: number, appends?: EventEmitter): Promise<boolean> {
    if (!this.isEmpty || this.#failure || this.options.signal.aborted) return true;
    return new Promise<boolean>((resolve) => {
      const settle = (happened: boolean) => {
        clearTimeout(timer);
        appends?.off('append', this.#onNews);
        this.#wake = () => undefined;
        resolve(happened);
      };
      const timer = setTimeout(settle, waitMs, false);
      appends?.on('append', this.#onNews);
      this.#wake = () => {
        settle(true);
      };
    });
  }

  close(): void {
    this.options.signal.removeEventListener('abort', this.#onNews);
    this.#subscription.off('readable', this.#onNews);
    void this.#subscription.unsubscribe().catch(() => undefined);
    // A call ends only once what it has sent was read, and there is no other reader.
    this.#subscription.resume();
  }
}
