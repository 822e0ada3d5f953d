import { type EventStore, type StoredEvent } from '#libs/engine/event-sourcing';

/** The event at a revision of a stream; null if there is none. */
export async function eventAt(
  events: EventStore,
  stream: string,
  revision: number,
): Promise<StoredEvent | null> {
  for await (const event of events.readStream(stream, BigInt(revision))) return event;
  return null;
}
