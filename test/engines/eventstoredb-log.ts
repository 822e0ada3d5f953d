/** An event as the test server keeps it. `position` is both its commit and its prepare position. */
export interface LogEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly created: Date;
}

export type ProposedEvent = Pick<LogEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

export type Expected = bigint | 'any' | 'no_stream' | 'stream_exists';

export type AppendOutcome =
  | { readonly kind: 'stored'; readonly revision: bigint | null; readonly position: bigint | null }
  | { readonly kind: 'wrong-expected-version'; readonly current: bigint | null }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'bad-request' }
  /** The node answers without having stored anything: it starts, follows another, or the time of the append is over. */
  | { readonly kind: 'not-ready' | 'not-leader' | 'timeout' };

export const MAX_APPEND_SIZE = 1_048_576;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * What EventStoreDB keeps and how it answers, as measured against a real 22.10: positions are places in a file of
 * records, so they have gaps; the engine writes events of its own; an append is known again by its ids at the place
 * where the expected revision puts them.
 */
export class EventStoreDbLog {
  #events: LogEvent[] = [];
  #streams = new Map<string, LogEvent[]>();
  #end = 0n;
  readonly #listeners = new Set<() => void>();

  constructor() {
    this.#store('$settings', [systemEvent('$UserCreated'), systemEvent('$settings')]);
  }

  get events(): readonly LogEvent[] {
    return this.#events;
  }

  stream(name: string): readonly LogEvent[] {
    return this.#streams.get(name) ?? [];
  }

  append(stream: string, expected: Expected, events: readonly ProposedEvent[]): AppendOutcome {
    if (stream === '' || events.some(({ id, type }) => !UUID.test(id) || type === ''))
      return { kind: 'bad-request' };
    const size = events.reduce(
      (sum, { type, data, metadata }) => sum + data.length + metadata.length + type.length,
      0,
    );
    if (size > MAX_APPEND_SIZE) return { kind: 'too-large' };
    const known = this.stream(stream);
    const last = known.at(-1);
    if (events.length === 0)
      return { kind: 'stored', revision: last?.revision ?? null, position: last?.position ?? null };
    const again = this.#again(known, expected, events);
    if (again) return { kind: 'stored', revision: again.revision, position: again.position };
    const fits =
      expected === 'any' ||
      (expected === 'no_stream' && !last) ||
      (expected === 'stream_exists' && last !== undefined) ||
      expected === last?.revision;
    if (!fits) return { kind: 'wrong-expected-version', current: last?.revision ?? null };
    const stored = this.#store(stream, events);
    for (const listener of this.#listeners) listener();
    return { kind: 'stored', revision: stored.revision, position: stored.position };
  }

  /** Another stream has an event with one of these ids. */
  isKnownElsewhere(stream: string, events: readonly ProposedEvent[]): boolean {
    const ids = new Set(events.map(({ id }) => id.toLowerCase()));
    return this.#events.some((event) => event.stream !== stream && ids.has(event.id));
  }

  /** Writes an event of the engine's own, as its statistics do. */
  writeSystemEvent(): void {
    this.#store('$stats-127.0.0.1:2113', [systemEvent('$statsCollected')]);
    for (const listener of this.#listeners) listener();
  }

  /** Index of the first event at or after a position; null when the position lies inside a record. */
  indexOf(position: bigint): number | null {
    if (position >= this.#end) return this.#events.length;
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return this.#events[low]?.position === position ? low : null;
  }

  /** Back to an older state, as after restoring a backup. */
  restore(events: number): void {
    const kept = this.#events.slice(0, events);
    this.#events = [];
    this.#streams.clear();
    this.#end = 0n;
    for (const event of kept) this.#store(event.stream, [event]);
  }

  /** As a server whose files have lost an event: it is in no answer any more, and the others keep their revisions. */
  lose(stream: string, revision: bigint): void {
    this.become(this.#events.filter((event) => event.stream !== stream || event.revision !== revision));
  }

  /** As a server whose files say something else, or are right again: events with their places. */
  become(events: readonly LogEvent[]): void {
    this.#events = [...events];
    this.#streams.clear();
    for (const event of events) {
      const list = this.#streams.get(event.stream);
      if (list) list.push(event);
      else this.#streams.set(event.stream, [event]);
    }
  }

  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #again(known: readonly LogEvent[], expected: Expected, events: readonly ProposedEvent[]): LogEvent | null {
    const first =
      typeof expected === 'bigint'
        ? Number(expected) + 1
        : expected === 'no_stream'
          ? 0
          : known.findIndex(({ id }) => id === events[0]?.id);
    if (first < 0) return null;
    const there = known.slice(first, first + events.length);
    const same = there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);
    return same ? (there.at(-1) ?? null) : null;
  }

  #store(stream: string, events: readonly ProposedEvent[]): LogEvent {
    const list = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, list);
    let stored: LogEvent | null = null;
    for (const { id, type, contentType, data, metadata } of events) {
      stored = {
        id: id.toLowerCase(),
        stream,
        revision: (list.at(-1)?.revision ?? -1n) + 1n,
        position: this.#end,
        type,
        contentType,
        data,
        metadata,
        created: new Date(),
      };
      list.push(stored);
      this.#events.push(stored);
      this.#end += BigInt(100 + stream.length + type.length + data.length + metadata.length);
    }
    if (!stored) throw new Error('nothing to store');
    return stored;
  }
}

const systemEvent = (type: string): ProposedEvent => ({
  id: crypto.randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: new Uint8Array(),
});
