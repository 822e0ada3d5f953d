import { Readable } from 'node:stream';
import { type Actor, StoreUnavailable } from '#libs/engine/event-sourcing';
import { type Authenticator, type Credential, HttpProblem, retryLater } from '#libs/shell/nest';
import { type LiveChanges } from './live-changes.js';
import { BEGINNING, type Following, type LiveFeed } from './live-feed.js';
import { type Topic } from './topics.js';

export interface StreamLimits {
  /** Streams at a time, of all persons and of one. */
  readonly most: number;
  readonly mostOfAPerson: number;
  /** How often a stream says that it is alive. */
  readonly heartbeatMs: number;
  /** A reader who takes nothing for this long is cut off. */
  readonly slowMs: number;
}

/** When a browser that lost its stream asks again. */
const RETRY_MS = 3_000;
const RETRY_SECONDS = 30;
/** Events that are sent to a reader who comes back; beyond them they fetch anew. */
const MOST_MISSED = 10_000;
const BUFFER_BYTES = 16_384;

export interface StreamsParts {
  readonly feed: LiveFeed;
  readonly changes: Pick<LiveChanges, 'of' | 'sightOf'>;
  readonly authenticator: Pick<Authenticator, 'identify'>;
  readonly limits: StreamLimits;
  readonly onFault: (error: unknown) => void;
}

export interface Asked {
  readonly actor: Actor;
  readonly credential: Credential;
  readonly topics: readonly Topic[];
  /** The last position that the reader has seen; null: from now on. */
  readonly after: bigint | null;
}

/** The streams of server-sent events that this process has open. */
export class LiveStreams {
  private readonly open = new Set<LiveStream>();
  private isEnding = false;

  constructor(private readonly parts: StreamsParts) {}

  /** @throws HttpProblem 429 when the person has too many, 503 when there are too many, and while the process stops */
  async begin(asked: Asked): Promise<Readable> {
    const { feed, limits } = this.parts;
    const own = [...this.open].filter(({ person }) => person === asked.actor.person).length;
    if (own >= limits.mostOfAPerson) {
      throw retryLater(429, 'stream.too-many-own', RETRY_SECONDS, { most: limits.mostOfAPerson });
    }
    if (this.isEnding || this.open.size >= limits.most) {
      throw retryLater(503, 'stream.too-many', RETRY_SECONDS);
    }
    const stream = new LiveStream(this.parts, asked, () => this.open.delete(stream));
    // Counted before anything is waited for, so that many at once do not all pass.
    this.open.add(stream);
    try {
      return stream.over(await feed.join());
    } catch (error) {
      this.open.delete(stream);
      throw error;
    }
  }

  get count(): number {
    return this.open.size;
  }

  /** Looks again whether those who follow are signed in still. */
  recheck(): void {
    for (const stream of this.open) stream.wake();
  }

  /** Called by Nest before the HTTP server stops, which waits for every answer. */
  beforeApplicationShutdown(): void {
    this.isEnding = true;
    for (const stream of this.open) stream.end('stopping');
  }
}

type Reason = 'stopping' | 'signed-out' | 'unavailable' | 'gone';

/** One reader's stream. What is read of the log is never more than one batch ahead of what the reader has taken. */
class LiveStream {
  readonly person: string;
  private waking = new AbortController();
  /** Why it ends; null while it goes on. */
  private reason: Reason | null = null;
  /** When the reader last took something. */
  private takenAt = performance.now();

  constructor(
    private readonly parts: StreamsParts,
    private readonly asked: Asked,
    private readonly onEnd: () => void,
  ) {
    this.person = asked.actor.person;
  }

  over(following: Following): Readable {
    const { limits, feed } = this.parts;
    const readable = Readable.from(this.frames(following), {
      objectMode: false,
      highWaterMark: BUFFER_BYTES,
    });
    // Paused: what was read waits for the reader, and nothing more is read.
    const watch = setInterval(() => {
      const isWaiting = readable.readableFlowing === false;
      if (isWaiting && performance.now() - this.takenAt > limits.slowMs) readable.destroy();
    }, limits.slowMs / 4);
    watch.unref();
    readable.once('close', () => {
      clearInterval(watch);
      this.end('gone');
      feed.leave();
      this.onEnd();
    });
    return readable;
  }

  wake(): void {
    this.waking.abort();
  }

  end(reason: Reason): void {
    this.reason ??= reason;
    this.waking.abort();
  }

  private async *frames(following: Following): AsyncGenerator<string> {
    try {
      for await (const text of this.changes(following)) {
        yield text;
        this.takenAt = performance.now();
      }
    } catch (error) {
      // What is wrong is not the reader's: they come back in a while.
      if (!(error instanceof StoreUnavailable)) this.parts.onFault(error);
      this.end('unavailable');
    }
    yield frame({ event: 'end', data: { reason: this.reason ?? 'unavailable' } });
  }

  private async *changes(following: Following): AsyncGenerator<string> {
    let place = this.asked.after ?? following.position;
    yield `retry: ${RETRY_MS}\n${frame({ id: place, event: 'ready', data: { position: text(place) } })}`;
    let looked = 0;
    let lastBeat = performance.now();
    for (;;) {
      const actor = await this.stillSignedIn();
      if (actor === null || this.reason !== null) return;
      const { events, position } = await following.after(place);
      looked = position >= following.position ? 0 : looked + events.length;
      if (looked > MOST_MISSED) {
        const from = text(place);
        place = following.position;
        looked = 0;
        yield frame({ id: place, event: 'gap', data: { from, position: text(place) } });
        continue;
      }
      const sight = events.length === 0 ? null : await this.parts.changes.sightOf(actor);
      for (const event of events) {
        const isLast = event === events.at(-1);
        const change = sight && (await this.parts.changes.of(event, this.asked.topics, sight, isLast));
        if (change !== null) yield frame({ id: event.position, data: change });
      }
      place = position;
      const { heartbeatMs } = this.parts.limits;
      if (performance.now() - lastBeat >= heartbeatMs) {
        lastBeat = performance.now();
        // The id alone is not an event to the reader; it says after which position to go on.
        yield `: alive\nid: ${place === BEGINNING ? '' : place}\n\n`;
      }
      await this.more(following, place, Math.max(1, heartbeatMs - (performance.now() - lastBeat)));
    }
  }

  private async more(following: Following, place: bigint, timeoutMs: number): Promise<void> {
    await following.more(place, timeoutMs, this.waking.signal);
    if (this.waking.signal.aborted && this.reason === null) this.waking = new AbortController();
  }

  /** Who reads, as of now; null when they have signed out. */
  private async stillSignedIn(): Promise<Actor | null> {
    try {
      return await this.parts.authenticator.identify(this.asked.credential);
    } catch (error) {
      if (!(error instanceof HttpProblem) || error.status !== 401) throw error;
      this.end('signed-out');
      return null;
    }
  }
}

function text(place: bigint): string | null {
  return place === BEGINNING ? null : place.toString();
}

/** One frame as the HTML standard reads it (section 9.2.6). JSON has no line breaks. */
function frame({
  id,
  event,
  data,
}: {
  readonly id?: bigint;
  readonly event?: string;
  readonly data: object;
}): string {
  const lines = [
    ...(id === undefined || id === BEGINNING ? [] : [`id: ${id}`]),
    ...(event === undefined ? [] : [`event: ${event}`]),
    `data: ${JSON.stringify(data)}`,
  ];
  return `${lines.join('\n')}\n\n`;
}
