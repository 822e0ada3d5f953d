import { randomUUID } from 'node:crypto';
import {
  eventId,
  type EventStore,
  type Json,
  type NewEvent,
  type StoredEvent,
  WrongExpectedRevision,
} from '#libs/engine/event-sourcing';

/** A store to test, empty at first. Whatever engine stands behind, the expectations are the same. */
export interface EventStoreHarness {
  readonly store: EventStore;
  /** Closes the store and opens it again on the same data; `store` is not used after that. */
  reopen(): Promise<EventStore>;
  /** One more store on the same data, as another process would open it. */
  second(): Promise<EventStore>;
  /**
   * Changes one byte of the event at this position where the engine keeps it. Null where that is the engine's own affair:
   * EventStoreDB has checksums of its own in its files.
   */
  readonly damage: ((position: bigint) => Promise<void>) | null;
  /** One more store on data of its own, empty at first. */
  otherLog(): Promise<EventStore>;
  /** Closes everything that was opened and removes the data. */
  cleanup(): Promise<void>;
}

export const metadata = {
  actor: { person: 'demo-reviewer', post: '科员', department: 'natural-resources', role: 'reviewer' },
  onBehalfOf: null,
  occurredAt: '2026-11-24T02:00:00.000Z',
  recordedAt: '2026-11-24T02:00:00.001Z',
  commandId: 'command-1',
  commandDigest: 'digest-1',
  correlationId: 'correlation-1',
  causationId: null,
  traceparent: null,
  calendarVersion: '2026.1',
  catalogueVersion: null,
} as const;

/** Ids are a run's own: an engine that serves several runs knows ids across streams. */
const RUN = randomUUID();

export function event(name: string, data: Json = { name }, type = 'StepRecorded'): NewEvent {
  return { id: eventId(`${RUN} ${name}`, 0), type, version: 1, data, metadata };
}

export function events(name: string, count: number): NewEvent[] {
  return Array.from({ length: count }, (_, index) => event(`${name}-${index}`));
}

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

export async function first<Item>(items: AsyncIterable<Item>, count: number): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) if (list.push(item) === count) break;
  return list;
}

/** What a promise was rejected with, as a plain object, so that all fields can be compared at once. */
export async function refusal(promise: Promise<unknown>): Promise<object> {
  try {
    return { answered: await promise };
  } catch (error) {
    return error instanceof Error ? { class: error.constructor, ...error } : { thrown: error };
  }
}

export function wrong(stream: string, expected: bigint | null, actual: bigint | null): object {
  return { class: WrongExpectedRevision, name: 'WrongExpectedRevision', stream, expected, actual };
}

export const names = (list: readonly StoredEvent[]): unknown[] =>
  list.map(({ data }) => (data as { name: string }).name);

/** Reads deliveries until `count` events have come; the signal then ends the subscription. */
export async function follow(store: EventStore, after: bigint | null, count: number): Promise<StoredEvent[]> {
  const stop = new AbortController();
  const seen: StoredEvent[] = [];
  for await (const batch of store.subscribeToAll({ after, signal: stop.signal })) {
    seen.push(...batch.events);
    if (seen.length >= count) stop.abort();
  }
  return seen;
}
