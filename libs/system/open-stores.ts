import { mkdir } from 'node:fs/promises';
import { type EventStore, LogDamaged, ReadModelsDamaged, type ReadStore } from '#libs/event-sourcing';
import { openEventStoreDb } from '#libs/store-eventstoredb';
import { damageIn, openLmdbEventStore, openLmdbReadStore } from '#libs/store-lmdb';
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
  /** Lets damaged embedded read models be moved aside and built anew, and is told of it. Default: they are refused. */
  readonly onDamaged?: (what: string) => void;
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

/**
 * Looks at every page of the embedded files that is in use, also while a server runs.
 * @throws LogDamaged
 * @throws ReadModelsDamaged
 */
export async function filesMustBeWhole(
  dataDirectory: string,
  { eventStoreUrl, mongoUrl }: EngineConfig,
): Promise<void> {
  if (eventStoreUrl === null) {
    const damage = await damageIn(dataDirectory, 'events');
    if (damage !== null) throw new LogDamaged(null, null, damage);
  }
  if (mongoUrl === null) {
    const damage = await damageIn(dataDirectory, 'read-models');
    if (damage !== null)
      throw new ReadModelsDamaged(`${damage}; the server builds them anew when it is started`);
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
  { documentsAtHand = 0, onDamaged }: ReadStoreOptions = {},
): Promise<OpenReadStore> {
  if (mongoUrl === null) {
    await mkdir(dataDirectory, { recursive: true });
    return {
      store: await openLmdbReadStore(dataDirectory, { documentsAtHand, ...(onDamaged && { onDamaged }) }),
      engine: 'lmdb',
    };
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
