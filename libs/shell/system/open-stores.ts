import {
  type EventStore,
  LogDamaged,
  type PersonalKeys,
  PersonalKeysDamaged,
  ReadModelsDamaged,
  type ReadStore,
  type StoreBroken,
  defined,
} from '#libs/engine/event-sourcing';
import {
  type CheckedEntry,
  checkLmdbLog,
  damageIn,
  DataDisk,
  forgetAcknowledged,
  lastAcknowledged,
  openLmdbEventStore,
  openLmdbPersonalKeys,
  openLmdbReadStore,
} from '#libs/engine/store-lmdb';
import { type Config, type EngineConfig } from './config.js';
import { InvalidConfig } from './invalid-config.js';
import { type AcknowledgedNote } from './log-comparison.js';
import { makePrivate } from './private-directory.js';

export type { CheckedEntry, LogProblem } from '#libs/engine/store-lmdb';

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
  /** What lies under the embedded stores; null where nothing is embedded. */
  readonly disk: DataDisk | null;
}

export interface StoreOptions {
  /** Called when an embedded store can never be used again: the process has to end. */
  readonly onBroken?: (error: StoreBroken) => void;
  /** One for all embedded stores of a process. Default: one of its own. */
  readonly disk?: DataDisk;
}

export interface ReadStoreOptions extends StoreOptions {
  /** Documents that the embedded store keeps decoded, for a process that answers queries. Default 0. */
  readonly documentsAtHand?: number;
  /**
   * If given, damaged embedded read models are moved aside and built anew, and it is called with the damage. Default: they are
   * refused.
   */
  readonly onDamaged?: (what: string) => void;
}

export const EMBEDDED: EngineConfig = {
  eventStoreUrl: null,
  streamPrefix: '',
  mongoUrl: null,
  timeLimitMs: 10_000,
  diskReserve: null,
};

/** An event of ours with its envelope, as EventStoreDB keeps it, in bytes. */
const BYTES_AN_EVENT = 1_024n;

/**
 * The one place that knows which engines run, and the only one that loads their drivers: a process on the embedded stores keeps
 * neither in memory. An unavailable engine does not prevent opening: its store throws at each call.
 * @throws InvalidConfig for text that is not a connection string; StoreBroken, StoreFull
 */
export async function openStores(
  dataDirectory: string,
  engines = EMBEDDED,
  options: ReadStoreOptions = {},
): Promise<Stores> {
  const isEmbedded = engines.eventStoreUrl === null || engines.mongoUrl === null;
  const disk = isEmbedded ? diskOf(dataDirectory, engines, options) : null;
  const together = disk === null ? options : { ...options, disk };
  const events = await openEventStore(dataDirectory, engines, together);
  try {
    const documents = await openReadStore(dataDirectory, engines, together);
    return {
      eventStore: events.store,
      readStore: documents.store,
      engines: { events: events.engine, documents: documents.engine },
      positionsAnEvent: events.positionsAnEvent,
      disk,
    };
  } catch (error) {
    await events.store.close();
    throw error;
  }
}

/**
 * Looks at every page of the embedded files that is in use, also while a server runs.
 * @throws LogDamaged
 * @throws PersonalKeysDamaged, ReadModelsDamaged
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
    const damageOfKeys = await damageIn(dataDirectory, 'keys');
    if (damageOfKeys !== null) throw new PersonalKeysDamaged(damageOfKeys);
    const damage = await damageIn(dataDirectory, 'read-models');
    if (damage !== null)
      throw new ReadModelsDamaged(`${damage}; the server builds them anew when it is started`);
  }
}

/** The log alone. @throws InvalidConfig */
export async function openEventStore(
  dataDirectory: string,
  engines: EngineConfig,
  options: StoreOptions = {},
): Promise<OpenEventStore> {
  const { eventStoreUrl, streamPrefix, timeLimitMs } = engines;
  if (eventStoreUrl === null) {
    makePrivate(dataDirectory);
    const disk = diskOf(dataDirectory, engines, options);
    return { store: await openLmdbEventStore(dataDirectory, { disk }), engine: 'lmdb', positionsAnEvent: 1n };
  }
  const { openEventStoreDb } = await import('#libs/engine/store-eventstoredb');
  const store = await readable('EVENTSTORE_URL', () =>
    openEventStoreDb(eventStoreUrl, { streamPrefix, timeLimitMs }),
  );
  return { store, engine: 'eventstoredb', positionsAnEvent: BYTES_AN_EVENT };
}

/** Each entry of the log, checked by itself; null where the engine has checksums of its own. */
export function checkedLog({
  dataDirectory,
  engines,
}: {
  readonly dataDirectory: string;
  readonly engines: EngineConfig;
}): AsyncIterable<CheckedEntry> | null {
  return engines.eventStoreUrl === null ? checkLmdbLog(dataDirectory) : null;
}

/** EventStoreDB keeps its log itself: nothing is noted of it. */
export function acknowledgedNoteOf({
  dataDirectory,
  engines,
}: Pick<Config, 'dataDirectory' | 'engines'>): AcknowledgedNote {
  const isEmbedded = engines.eventStoreUrl === null;
  return {
    last: () => (isEmbedded ? lastAcknowledged(dataDirectory) : null),
    forget: () => {
      forgetAcknowledged(dataDirectory);
    },
  };
}

/** The read models alone. @throws InvalidConfig */
export async function openReadStore(
  dataDirectory: string,
  engines: EngineConfig,
  options: ReadStoreOptions = {},
): Promise<OpenReadStore> {
  const { mongoUrl, timeLimitMs } = engines;
  if (mongoUrl === null) {
    makePrivate(dataDirectory);
    const { documentsAtHand = 0, onDamaged } = options;
    const store = await openLmdbReadStore(dataDirectory, {
      documentsAtHand,
      disk: diskOf(dataDirectory, engines, options),
      ...defined({ onDamaged }),
    });
    return { store, engine: 'lmdb' };
  }
  const { openMongoReadStore } = await import('#libs/engine/store-mongodb');
  const store = await readable('MONGODB_URL', () => openMongoReadStore(mongoUrl, { timeLimitMs }));
  return { store, engine: 'mongodb' };
}

/**
 * The keys of personal data: with the read models in MongoDB, else in the data directory.
 * @throws InvalidConfig, StoreUnavailable, StoreFull, StoreBroken, PersonalKeysDamaged
 */
export async function openPersonalKeys(
  dataDirectory: string,
  engines: EngineConfig,
  options: StoreOptions = {},
): Promise<PersonalKeys> {
  const { mongoUrl, timeLimitMs } = engines;
  if (mongoUrl === null) {
    makePrivate(dataDirectory);
    return openLmdbPersonalKeys(dataDirectory, { disk: diskOf(dataDirectory, engines, options) });
  }
  const { openMongoPersonalKeys } = await import('#libs/engine/store-mongodb');
  return readable('MONGODB_URL', () => openMongoPersonalKeys(mongoUrl, { timeLimitMs }));
}

function diskOf(
  dataDirectory: string,
  { diskReserve }: EngineConfig,
  { disk, onBroken }: StoreOptions,
): DataDisk {
  return disk ?? new DataDisk(dataDirectory, { reserve: diskReserve, ...defined({ onBroken }) });
}

/** Opening connects to nothing, so what goes wrong is the connection string. Drivers repeat it, password and all. */
async function readable<Store>(variable: string, open: () => Promise<Store>): Promise<Store> {
  try {
    return await open();
  } catch {
    throw new InvalidConfig(variable, 'is no connection string that its driver can read');
  }
}
