import type { NewEvent, StoredEvent } from './event.js';

/** Where an append ended: the revision of its last event and that event's position in the log. */
export interface AppendResult {
  readonly revision: bigint;
  readonly position: bigint;
}

/** Chooses events of the whole log by the beginning of their stream's name or by type. Both given: both must hold. */
export interface EventFilter {
  readonly streamPrefixes?: readonly string[];
  readonly types?: readonly string[];
}

/** One delivery of a subscription. */
export interface EventBatch {
  /** In order of position; may be empty when only the progress is news. */
  readonly events: readonly StoredEvent[];
  /** Everything up to and including this position has been looked at, events that the filter left out too. */
  readonly position: bigint;
  /** True when the log had nothing newer at the time of reading. */
  readonly caughtUp: boolean;
}

export interface SubscribeOptions {
  /** Start after this position; null = from the first event. */
  readonly after: bigint | null;
  readonly filter?: EventFilter;
  /** Ends the iteration quietly. */
  readonly signal: AbortSignal;
  /** Largest number of events in one batch. Default 1000. */
  readonly batchSize?: number;
}

/** Which log a store holds. */
export interface LogIdentity {
  /** The same as long as the log lives, and of no two logs the same. */
  readonly id: string;
  /**
   * SHA-256 over everything up to the newest event, in hex, where the engine keeps such a chain, as the embedded one does;
   * else null. Two copies of a log with the same head are the same.
   */
  readonly chain: { readonly position: bigint; readonly head: string } | null;
}

/** What a caller that keeps the state of a stream needs to know of a store that seals personal data. */
export interface PersonalSealing {
  /**
   * What will be stored in place of these events. Who folds these has the same state as after reading them.
   * @throws StoreUnavailable, PersonalKeysDamaged
   */
  seal(events: readonly NewEvent[]): Promise<readonly NewEvent[]>;
  /** The key of what digests of commands say of personal data. @throws StoreUnavailable, PersonalKeysDamaged */
  digestKey(): Promise<Uint8Array>;
}

/** The largest event, serialised (data and metadata), that any store takes: 1,000,000 bytes. */
export const MAX_EVENT_BYTES = 1_000_000;

/**
 * The log. It returns exactly what was written: when it cannot guarantee that, every call throws LogDamaged. Every adapter
 * behaves as `testing/event-store.contract.ts` says; no code outside an adapter knows which one runs.
 */
export interface EventStore {
  /**
   * Writes all events or none, after `expected` (null = the stream must not exist yet), and resolves once they are on disk. The
   * same append again (stream, expected revision and event ids) returns the first result and stores nothing. An empty list is a
   * programming error. Where the first event's metadata name the use of a key (`keyUse`), an engine that can keep an index of
   * them in the append's own transaction refuses the key for another thing; see `refuseUsedKeys` for those that cannot.
   * @throws WrongExpectedRevision when the stream is elsewhere; KeyUsedElsewhere; EventTooLarge; InvalidAppend;
   * StoreUnavailable; LogDamaged
   */
  append(stream: string, expected: bigint | null, events: readonly NewEvent[]): Promise<AppendResult>;

  /** How personal data are sealed in it; left out by a store that stores events as they are given. */
  readonly personal?: PersonalSealing;

  /** The stream's events from a revision on (inclusive, default 0n), oldest first. An absent stream yields nothing. */
  readStream(stream: string, from?: bigint): AsyncIterable<StoredEvent>;

  /** The log after a position (null = from the first event), oldest first, up to its end at the time of the call. */
  readAll(after: bigint | null, filter?: EventFilter): AsyncIterable<StoredEvent>;

  /** The event at exactly this position, or null. */
  readAt(position: bigint): Promise<StoredEvent | null>;

  /**
   * The log after a position, then whatever is appended, forever, one batch at a time: the next batch is read when
   * the consumer asks for it. Sees appends of other processes too.
   * @throws StoreUnavailable when the engine goes away; subscribe again from the last position handled.
   */
  subscribeToAll(options: SubscribeOptions): AsyncIterable<EventBatch>;

  /** Position of the newest event; null when the log is empty. */
  lastPosition(): Promise<bigint | null>;

  /** Null while the log is empty, and of an embedded log of the first format until something is appended to it. */
  identity(): Promise<LogIdentity | null>;

  /** Finishes what was accepted, then releases the engine. */
  close(): Promise<void>;
}
