import { type StoredEvent } from './event.js';
import { type EventStore } from './event-store.js';

/** The event at a revision of a stream, from 0; null if there is none. */
export async function eventAt(
  events: Pick<EventStore, 'readStream'>,
  stream: string,
  revision: bigint,
): Promise<StoredEvent | null> {
  for await (const event of events.readStream(stream, revision)) return event;
  return null;
}
