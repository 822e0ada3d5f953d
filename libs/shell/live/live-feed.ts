import {
  type EventStore,
  pause,
  retry,
  type StoredEvent,
  StoreUnavailable,
} from '#libs/engine/event-sourcing';

/** Events kept at hand for those who follow; who is further behind reads the log. */
const AT_HAND = 256;
const BATCH = 200;
const BACK_OFF = { first: 500, longest: 5_000 };
/** Pause before read models that stand still are asked again. */
const STILL_MS = 1_000;
/** Before the first event of the log. */
export const BEGINNING = -1n;

/** How far the read models are, wherever they are kept. Made by the composition root. */
export abstract class ShownEvents {
  /** True once the read models show everything up to the position; false when they stand still, and at the signal. */
  abstract shows(position: bigint, signal: AbortSignal): Promise<boolean>;
  /** What they show now; null before the first event. */
  abstract position(): Promise<bigint | null>;
}

export interface FeedParts {
  readonly store: Pick<EventStore, 'readAll' | 'subscribeToAll'>;
  readonly shown: ShownEvents;
  readonly onFault: (error: unknown) => void;
}

/** What has been looked at after a place: up to `position`, and the events in between. */
export interface Looked {
  readonly events: readonly StoredEvent[];
  readonly position: bigint;
}

/**
 * The events of the log in their order, each once the read models show it: who fetches anew on hearing of it sees it. One
 * follows the log for all of this process's readers, for as long as there are any.
 */
export class LiveFeed {
  private readers = 0;
  private following: Following | null = null;

  constructor(private readonly parts: FeedParts) {}

  async join(): Promise<Following> {
    this.readers++;
    this.following ??= new Following(this.parts);
    const { following } = this;
    try {
      await following.begun;
      return following;
    } catch (error) {
      // The next reader begins anew.
      if (this.following === following) this.following = null;
      this.readers--;
      throw error;
    }
  }

  leave(): void {
    this.readers--;
    if (this.readers > 0) return;
    this.following?.stop();
    this.following = null;
  }
}

export class Following {
  /** Resolves when `position` is known. */
  readonly begun: Promise<void>;
  private readonly stopping = new AbortController();
  private readonly waiting = new Set<() => void>();
  private atHand: StoredEvent[] = [];
  /** Every event after it, up to `position`, is at hand. */
  private from = BEGINNING;
  private reached = BEGINNING;

  constructor(private readonly parts: FeedParts) {
    this.begun = this.begin();
  }

  /** What the read models show. */
  get position(): bigint {
    return this.reached;
  }

  /** What is shown after a place, the first of it. */
  async after(place: bigint): Promise<Looked> {
    const until = this.reached;
    if (place >= until) return { events: [], position: place };
    if (place >= this.from) {
      const events = this.atHand.filter(({ position }) => position > place).slice(0, BATCH);
      return { events, position: events.length < BATCH ? until : (events.at(-1)?.position ?? until) };
    }
    const events: StoredEvent[] = [];
    for await (const event of this.parts.store.readAll(place === BEGINNING ? null : place)) {
      if (event.position > until) break;
      events.push(event);
      if (events.length === BATCH) return { events, position: event.position };
    }
    return { events, position: until };
  }

  /** Resolves when more is shown than up to the place, at the time limit, and at the signal. */
  async more(place: bigint, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.reached > place || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', settle);
        this.waiting.delete(settle);
        resolve();
      };
      const timer = setTimeout(settle, timeoutMs);
      signal.addEventListener('abort', settle, { once: true });
      this.waiting.add(settle);
    });
  }

  stop(): void {
    this.stopping.abort();
  }

  private async begin(): Promise<void> {
    this.reached = (await this.parts.shown.position()) ?? BEGINNING;
    this.from = this.reached;
    void this.follow();
  }

  private follow(): Promise<void | null> {
    const { store, shown, onFault } = this.parts;
    const { signal } = this.stopping;
    const subscribe = async () => {
      const after = this.reached === BEGINNING ? null : this.reached;
      for await (const batch of store.subscribeToAll({ after, signal, batchSize: BATCH })) {
        while (!(await shown.shows(batch.position, signal))) {
          if (signal.aborted) return;
          await pause(STILL_MS, signal);
        }
        this.add(batch.events, batch.position);
      }
    };
    const isWorthIt = (error: unknown) => {
      if (!(error instanceof StoreUnavailable)) onFault(error);
      return true;
    };
    return retry(subscribe, { backOff: BACK_OFF, signal, isWorthIt });
  }

  private add(events: readonly StoredEvent[], position: bigint): void {
    this.atHand = [...this.atHand, ...events];
    const dropped = this.atHand.length - AT_HAND;
    if (dropped > 0) {
      this.from = this.atHand[dropped - 1]?.position ?? this.from;
      this.atHand = this.atHand.slice(dropped);
    }
    this.reached = position;
    for (const settle of this.waiting) settle();
  }
}
