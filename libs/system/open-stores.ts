import { mkdir } from 'node:fs/promises';
import { type EventStore, type ReadStore } from '#libs/event-sourcing';
import { openEventStoreDb } from '#libs/store-eventstoredb';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/store-lmdb';
import { openMongoReadStore } from '#libs/store-mongodb';
import { type EngineConfig, InvalidConfig } from './config.js';

/** A store, and what an operator calls its engine. */
export interface OpenEventStore {
  readonly store: EventStore;
  readonly engine: string;
  /**
   * About how far the positions of two neighbouring events lie apart: 1 where they are counted, the size of an event
   * where they are places in a file.
   */
  readonly positionsAnEvent: bigint;
}
export interface OpenReadStore {
  readonly store: ReadStore;
  readonly engine: string;
}

export interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly engines: { readonly events: string; readonly documents: string };
  readonly positionsAnEvent: bigint;
}

export interface ReadStoreOptions {
  /** Documents that the embedded store keeps decoded, for a process that answers queries. Default 0. */
  readonly documentsAtHand?: number;
}

export const EMBEDDED: EngineConfig = {
  eventStoreUrl: null,
  streamPrefix: '',
  mongoUrl: null,
  timeLimitMs: 10_000,
};

/** An event of ours with its envelope, as EventStoreDB keeps it, in bytes. */
const BYTES_AN_EVENT = 1_024n;

/**
 * The one place that knows which engines run. An engine that is away is no reason not to open: its store says so at
 * each call.
 * @throws InvalidConfig for a connection string that is none
 */
export async function openStores(
  dataDirectory: string,
  engines = EMBEDDED,
  options: ReadStoreOptions = {},
): Promise<Stores> {
  const events = await openEventStore(dataDirectory, engines);
  try {
    const documents = await openReadStore(dataDirectory, engines, options);
    return {
      eventStore: events.store,
      readStore: documents.store,
      engines: { events: events.engine, documents: documents.engine },
      positionsAnEvent: events.positionsAnEvent,
    };
  } catch (error) {
    await events.store.close();
    throw error;
  }
}

/** The log alone. @throws InvalidConfig */
export async function openEventStore(
  dataDirectory: string,
  { eventStoreUrl, streamPrefix, timeLimitMs }: EngineConfig,
): Promise<OpenEventStore> {
  if (eventStoreUrl === null) {
    await mkdir(dataDirectory, { recursive: true });
    return { store: await openLmdbEventStore(dataDirectory), engine: 'lmdb', positionsAnEvent: 1n };
  }
  const store = await readable('EVENTSTORE_URL', () =>
    openEventStoreDb(eventStoreUrl, { streamPrefix, timeLimitMs }),
  );
  return { store, engine: 'eventstoredb', positionsAnEvent: BYTES_AN_EVENT };
}

/** The read models alone. @throws InvalidConfig */
export async function openReadStore(
  dataDirectory: string,
  { mongoUrl, timeLimitMs }: EngineConfig,
  { documentsAtHand = 0 }: ReadStoreOptions = {},
): Promise<OpenReadStore> {
  if (mongoUrl === null) {
    await mkdir(dataDirectory, { recursive: true });
    return { store: await openLmdbReadStore(dataDirectory, { documentsAtHand }), engine: 'lmdb' };
  }
  const store = await readable('MONGODB_URL', () => openMongoReadStore(mongoUrl, { timeLimitMs }));
  return { store, engine: 'mongodb' };
}

/** Opening connects to nothing, so what goes wrong is the connection string. Drivers repeat it, password and all. */
async function readable<Store>(variable: string, open: () => Promise<Store>): Promise<Store> {
  try {
    return await open();
  } catch {
    throw new InvalidConfig(variable, 'is no connection string that its driver can read');
  }
}
