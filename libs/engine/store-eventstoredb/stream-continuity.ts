import { LRUCache } from 'lru-cache';
import { LogDamaged, type StoredEvent } from '#libs/engine/event-sourcing';

/** Streams whose last revision is remembered, at least; at most twice as many, so that memory does not grow with the log. */
const REMEMBERED_STREAMS = 50_000;
/** Streams of which a reader that begins in the middle of the log asks for the event before the first that it meets. */
const LOOK_UPS = 1_000;

/** Reads the event of a stream at a revision; null if there is none. */
type EventBefore = (stream: string, revision: bigint) => Promise<Pick<StoredEvent, 'revision'> | null>;

export interface ContinuityOptions {
  /** The reader begins with the first event of the log: each stream's first event must then be its first revision. */
  readonly isFromStart: boolean;
  readonly before: EventBefore;
  readonly remembered?: number;
  readonly lookUps?: number;
}

/** Where an event stands. */
type Placed = Pick<StoredEvent, 'stream' | 'revision' | 'position'>;

/** Where events cease to follow one another. */
export interface Gap {
  /** How many of the events come before it. */
  readonly whole: number;
  readonly damage: LogDamaged;
}

/**
 * Whether the events of each stream that a reader is given follow one another: EventStoreDB keeps no chain over its log, and a
 * lost event would otherwise go unnoticed. Nothing is ever deleted, so the revisions of a stream count from zero without gaps.
 * A stream that was not seen for long is forgotten, and its next event is accepted unchecked.
 */
export class StreamContinuity {
  readonly #next: LRUCache<string, bigint>;
  #streams = 0;
  #lookUps: number;

  constructor(private readonly options: ContinuityOptions) {
    this.#next = new LRUCache({ max: options.remembered ?? REMEMBERED_STREAMS });
    this.#lookUps = options.lookUps ?? LOOK_UPS;
  }

  /** The first gap in events that follow those checked before; null if there is none. */
  async gapIn(events: readonly Placed[]): Promise<Gap | null> {
    await this.#learn(events);
    for (const [index, event] of events.entries()) {
      const { stream, revision } = event;
      const due = this.#next.get(stream) ?? this.#dueFirst(revision);
      if (revision !== due) return { whole: index, damage: gapBefore(event, due) };
      this.#next.set(stream, revision + 1n);
    }
    return null;
  }

  /** Of a stream that is not remembered. */
  #dueFirst(revision: bigint): bigint {
    this.#streams += 1;
    const hasForgottenNone = this.#streams <= this.#next.max;
    return this.options.isFromStart && hasForgottenNone ? 0n : revision;
  }

  /** Asks the engine for the events before those of streams first seen in the middle. */
  async #learn(events: readonly Placed[]): Promise<void> {
    if (this.options.isFromStart || this.#lookUps <= 0) return;
    const first = new Map<string, Placed>();
    for (const event of events) {
      if (!first.has(event.stream) && this.#next.get(event.stream) === undefined)
        first.set(event.stream, event);
    }
    const asked = [...first.values()].filter(({ revision }) => revision > 0n).slice(0, this.#lookUps);
    this.#lookUps -= asked.length;
    await Promise.all(
      asked.map(async ({ stream, revision }) => {
        const before = await this.options.before(stream, revision - 1n);
        this.#next.set(stream, before?.revision === revision - 1n ? revision : revision - 1n);
      }),
    );
  }
}

/** @throws LogDamaged where the revisions of one stream's events, read in order, do not follow one another */
export function mustFollow(event: Placed, due: bigint): void {
  if (event.revision !== due) throw gapBefore(event, due);
}

function gapBefore({ stream, revision, position }: Placed, due: bigint): LogDamaged {
  const reason =
    revision > due
      ? `revision ${revision} comes where ${due} is due: ${revision - due === 1n ? 'an event is' : 'events are'} missing`
      : `revision ${revision} comes a second time, where ${due} is due`;
  return new LogDamaged(position, stream, reason);
}
