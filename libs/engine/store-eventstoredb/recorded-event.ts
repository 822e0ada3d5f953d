import { createHash } from 'node:crypto';
import { type EventData, type RecordedEvent } from '@eventstore/db-client';
import {
  EventTooLarge,
  type EventMetadata,
  type Json,
  LogDamaged,
  MAX_EVENT_BYTES,
  type NewEvent,
  type StoredEvent,
} from '#libs/engine/event-sourcing';

/** Metadata as the engine keeps it: ours, and the version of the data's shape, which EventStoreDB has no place for. */
type StoredMetadata = EventMetadata & { readonly eventVersion: number };

const UTF8 = new TextEncoder();

/**
 * Events as the client takes them, copied, so that the caller may change its own. The client must never see an
 * append above 3 MB: it goes out in several frames, the second answer throws outside any call, and the
 * process dies. The server refuses above 1 MiB for all events of one append together.
 * @throws EventTooLarge
 */
export function toEventData(stream: string, events: readonly NewEvent[]): EventData[] {
  let total = 0;
  return events.map(({ id, type, version, data, metadata }) => {
    const dataText = JSON.stringify(data);
    const metadataText = JSON.stringify(metadata);
    const bytes = Buffer.byteLength(dataText) + Buffer.byteLength(metadataText);
    if (bytes > MAX_EVENT_BYTES) throw new EventTooLarge(stream, bytes, MAX_EVENT_BYTES);
    total += bytes;
    if (total > MAX_APPEND_BYTES) throw new EventTooLarge(stream, total, MAX_APPEND_BYTES);
    return {
      id,
      type,
      contentType: 'application/json',
      data: JSON.parse(dataText) as Record<string, unknown>,
      // As bytes, the client sends them as they are.
      metadata: UTF8.encode(`${metadataText.slice(0, -1)},"eventVersion":${version}}`),
    };
  });
}

/** All events of one append: a little above one event's limit, well below the server's 1,048,576. */
const MAX_APPEND_BYTES = 1_020_000;

/** `$…` belongs to the engine: statistics, stream metadata, links, settings. */
const isSystem = (event: { readonly streamId: string; readonly type: string }): boolean =>
  event.streamId.startsWith('$') || event.type.startsWith('$');

/** Position in the log. The commit position alone: with appends through gRPC it is the event's own. */
export function positionOf(event: RecordedEvent): bigint {
  if (event.position === undefined)
    throw new Error(`${event.streamId}: the server gives no positions; EventStoreDB 22.6 or later is needed`);
  return BigInt(event.position.commit);
}

/**
 * An event as the log returns it; `prefix` is what this store puts before its streams' names.
 * @throws LogDamaged
 */
export function toStoredEvent(event: RecordedEvent, prefix: string): StoredEvent {
  const metadata = event.metadata as StoredMetadata | undefined;
  const stream = event.streamId.slice(prefix.length);
  if (!event.isJson || typeof metadata?.eventVersion !== 'number')
    throw new LogDamaged(positionOf(event), stream, `event ${event.id} was not written by this system`);
  // An object that is not JSON any more the client gives as its text.
  if (typeof event.data === 'string' && /^[[{]/.test(event.data))
    throw new LogDamaged(positionOf(event), stream, `the data of event ${event.id} cannot be read`);
  const { eventVersion, ...own } = metadata;
  return {
    id: event.id,
    type: event.type,
    version: eventVersion,
    data: event.data as Json,
    metadata: own,
    stream,
    // The client's types say bigint; some of its versions give numbers.
    revision: BigInt(event.revision),
    position: positionOf(event),
  };
}

/** Whether an event is one of this store's: not the engine's, and in a stream that begins with its prefix. */
export const ownEvent =
  (prefix: string) =>
  (event: { readonly streamId: string; readonly type: string }): boolean =>
    !isSystem(event) && event.streamId.startsWith(prefix);

/**
 * Which log it is whose oldest event this is. Its id, the time it was written down and its place: of two logs that begin with
 * the same command, as two seeded ones do, one of these differs. A log that is copied to another server is another log, since
 * its positions are.
 */
export function logIdOf({ id, position, metadata }: StoredEvent): string {
  const text = JSON.stringify([id, `${position}`, metadata.recordedAt]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** The later of two positions, where null is before all. */
export const laterRevision = (one: bigint | null, other: bigint | null): bigint | null =>
  one === null || (other !== null && other > one) ? other : one;
