import { mkdir } from 'node:fs/promises';
import { type EventStore, type ReadStore } from '#libs/event-sourcing';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/store-lmdb';

export interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
}

/** The one place that knows which engines run. */
export async function openStores(dataDirectory: string): Promise<Stores> {
  await mkdir(dataDirectory, { recursive: true });
  const eventStore = await openLmdbEventStore(dataDirectory);
  try {
    return { eventStore, readStore: await openLmdbReadStore(dataDirectory) };
  } catch (error) {
    await eventStore.close();
    throw error;
  }
}
