import { createHash } from 'node:crypto';
import { canonicalJson, type EventStore, type NewEvent, type StoredEvent } from '#libs/engine/event-sourcing';

export interface CopyOptions {
  /**
   * Appends under way at once. More than one only where the target stores them in the order in which they were asked
   * for: the order of the whole log is part of the copy.
   */
  readonly appendsAtOnce: number;
  /** Called with the source's position. */
  readonly onProgress: (position: bigint) => void;
  readonly signal: AbortSignal;
}

export interface Copied {
  readonly events: number;
  /** Of these, those that the target held before. */
  readonly found: number;
  /** Of the source's events, as {@link digestOf} makes it. */
  readonly digest: string;
}

/** The target holds events that are not the beginning of the source. */
export class NotACopy extends Error {
  override readonly name = 'NotACopy';
}

/** Everything about an event but its position, which belongs to the engine. Times are in the metadata. */
const lineOf = ({ stream, revision, id, type, version, data, metadata }: StoredEvent): string =>
  canonicalJson({ stream, revision: `${revision}`, id, type, version, data, metadata: { ...metadata } }) ??
  '';

/** Bounds of one append: well below what EventStoreDB takes (1 MiB), and little to send again. */
const APPEND_EVENTS = 500;
const APPEND_BYTES = 500_000;

class LogDigest {
  private readonly hash = createHash('sha256');
  events = 0;

  /** Returns the event's size as a line, which is a little more than its size in a log. */
  add(event: StoredEvent): number {
    const line = lineOf(event);
    this.hash.update(`${line}\n`);
    this.events += 1;
    return Buffer.byteLength(line);
  }

  hex(): string {
    return this.hash.copy().digest('hex');
  }
}

/** SHA-256 of a log: its events in order, one canonical JSON line each, without positions. */
export async function digestOf(
  log: EventStore,
  onProgress: (position: bigint) => void,
  signal: AbortSignal,
): Promise<{ readonly events: number; readonly digest: string }> {
  const digest = new LogDigest();
  for await (const event of log.readAll(null)) {
    signal.throwIfAborted();
    digest.add(event);
    onProgress(event.position);
  }
  return { events: digest.events, digest: digest.hex() };
}

/**
 * Neighbours in the log that are neighbours in their stream too: they go into the target with one append. A log takes the use of
 * a key from the first event of an append, so a command that has one begins another append.
 */
class Neighbours {
  private events: StoredEvent[] = [];
  private bytes = 0;

  /** Adds an event; returns those before it when it does not follow them directly, or they are enough for an append. */
  add(event: StoredEvent, bytes: number): readonly StoredEvent[] {
    const last = this.events.at(-1);
    const isFull = this.events.length === APPEND_EVENTS || this.bytes + bytes > APPEND_BYTES;
    const before =
      last && (isFull || last.stream !== event.stream || usesAKey(event, last)) ? this.take() : [];
    this.events.push(event);
    this.bytes += bytes;
    return before;
  }

  take(): readonly StoredEvent[] {
    const taken = this.events;
    this.events = [];
    this.bytes = 0;
    return taken;
  }
}

const usesAKey = ({ metadata }: StoredEvent, last: StoredEvent): boolean =>
  metadata.keyUse !== undefined && metadata.commandId !== last.metadata.commandId;

/**
 * Copies a log: the same ids, streams, revisions, order, data and metadata. What the target holds already must be a
 * beginning of the source and is compared, not written, so an interrupted copy goes on where it was.
 * @throws NotACopy; StoreUnavailable: the same call again goes on
 */
export async function copyLog(
  from: Pick<EventStore, 'readAll'>,
  to: EventStore,
  options: CopyOptions,
): Promise<Copied> {
  const { appendsAtOnce, onProgress, signal } = options;
  const digest = new LogDigest();
  let found = 0;
  let pending: Promise<unknown>[] = [];
  const neighbours = new Neighbours();
  const append = async (events: readonly StoredEvent[]): Promise<void> => {
    const [first] = events;
    if (!first) return;
    pending.push(
      to.append(first.stream, first.revision === 0n ? null : first.revision - 1n, events.map(bare)),
    );
    if (pending.length < appendsAtOnce) return;
    await Promise.all(pending);
    pending = [];
  };
  const there = to.readAll(null)[Symbol.asyncIterator]();
  let next: IteratorResult<StoredEvent> = await there.next();
  try {
    for await (const event of from.readAll(null)) {
      signal.throwIfAborted();
      const bytes = digest.add(event);
      if (next.done !== true) {
        mustBeSame(event, next.value);
        found += 1;
        next = await there.next();
      } else {
        await append(neighbours.add(event, bytes));
      }
      onProgress(event.position);
    }
    await append(neighbours.take());
    await Promise.all(pending);
  } finally {
    await Promise.allSettled(pending);
    await there.return?.();
  }
  if (next.done !== true) {
    throw new NotACopy(`the target has events that the source has not, the first in ${next.value.stream}`);
  }
  return { events: digest.events, found, digest: digest.hex() };
}

function bare({ id, type, version, data, metadata }: StoredEvent): NewEvent {
  return { id, type, version, data, metadata };
}

function mustBeSame(source: StoredEvent, target: StoredEvent): void {
  if (lineOf(source) === lineOf(target)) return;
  throw new NotACopy(
    `the target holds another event than the source: ${target.stream} revision ${target.revision}, ` +
      `where ${source.stream} revision ${source.revision} is due`,
  );
}
