import {
  ascending,
  type Actor,
  defined,
  type EventStore,
  type Json,
  type StoredEvent,
} from '#libs/engine/event-sourcing';
import { type KeysetPlace } from '../answers/keyset-cursor.js';

/** One event of the log, word for word; revision and position as strings. */
export interface AuditItem {
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly type: string;
  readonly version: number;
  readonly actor: Actor;
  readonly onBehalfOf: Actor | null;
  /** The delegation by which it was decided at the window; left out where none was needed. */
  readonly delegation?: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly data: Json;
}

/** Reads in the order of the log, in which neighbours are read together; returns the events in the order given. */
export async function readPlaces(
  store: EventStore,
  places: readonly KeysetPlace[],
): Promise<readonly AuditItem[]> {
  const positions = places.map(({ position }) => position).sort(ascending);
  const items = await Promise.all(
    positions.map(async (position) => {
      const event = await store.readAt(position);
      if (event === null)
        throw new Error(`the audit trail names position ${position}, and the log has nothing there`);
      return [position, itemOf(event)] as const;
    }),
  );
  const byPosition = new Map(items);
  return places.flatMap(({ position }) => byPosition.get(position) ?? []);
}

/** The largest position that a log has. */
const LAST_POSITION = 2n ** 63n - 1n;

/** The event at a position, in digits; null if there is none. */
export async function eventAtPosition(store: EventStore, digits: string): Promise<AuditItem | null> {
  const position = BigInt(digits);
  if (position > LAST_POSITION) return null;
  const event = await store.readAt(position);
  return event === null ? null : itemOf(event);
}

export function itemOf(event: StoredEvent): AuditItem {
  const { metadata } = event;
  return {
    stream: event.stream,
    revision: event.revision.toString(),
    position: event.position.toString(),
    type: event.type,
    version: event.version,
    actor: metadata.actor,
    onBehalfOf: metadata.onBehalfOf,
    ...defined({ delegation: metadata.delegation }),
    occurredAt: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    commandId: metadata.commandId,
    correlationId: metadata.correlationId,
    data: event.data,
  };
}
