import { join } from 'node:path';
import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { type Database, type Key, open, type RootDatabase, type RootDatabaseOptionsWithPath } from 'lmdb';
import { messageOf } from './commit-error.js';
import { type DataDisk } from './data-disk.js';

/** Names of the LMDB environments inside the one data directory. */
export type EnvironmentName = 'events' | 'read-models' | 'keys';

/**
 * Pages of 8 KB allow the read models keys of 4,026 bytes: four cut strings of Chinese and an id. Pages of the log have the
 * size of the system's own.
 */
export const MODELS_PAGE_BYTES = 8192;

export interface OpenOptions {
  /** Reads and follows what another process writes; every write is refused. Default false. */
  readonly readOnly?: boolean;
  /** Looks after the disk; one for all stores of a process on the same directory. Default: one of its own. */
  readonly disk?: DataDisk;
}

export interface EnvironmentSettings {
  readonly durable: boolean;
  readonly readOnly: boolean;
}

/**
 * Opens one environment; the map grows by itself. `durable` makes a write's promise wait for the disk: lmdb's own
 * default (`overlappingSync`) resolves before the flush.
 * @throws StoreUnavailable
 */
export function openEnvironment(
  directory: string,
  name: EnvironmentName,
  settings: EnvironmentSettings,
): RootDatabase {
  return openEnvironmentAt(join(directory, name), name, settings);
}

/**
 * The same for files in a folder of another name.
 * @throws StoreUnavailable
 */
export function openEnvironmentAt(
  path: string,
  name: EnvironmentName,
  settings: EnvironmentSettings,
): RootDatabase {
  const options: RootDatabaseOptionsWithPath & { readonly permissionsMode: number } = {
    path,
    maxDbs: 8,
    readOnly: settings.readOnly,
    encoding: 'binary',
    permissionsMode: 0o600,
    ...(name === 'read-models' ? { pageSize: MODELS_PAGE_BYTES } : {}),
    ...(settings.durable || settings.readOnly ? { overlappingSync: false } : {}),
    // The stores batch what belongs into one commit. lmdb's own batching of a turn's writes would add a promise to each commit
    // that no code can catch, and so end the process when the disk is full.
    eventTurnBatching: false,
  };
  try {
    return open(options);
  } catch (error) {
    throw new StoreUnavailable('lmdb', `cannot open ${name}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Opens one database of an environment; keys are ordered by lmdb (`ordered-binary`) unless they are bytes already.
 * @throws StoreUnavailable when it must exist and does not
 */
export function database<Value extends Buffer | string, Name extends Key>(
  root: RootDatabase,
  name: string,
  encoding: Value extends Buffer ? 'binary' : 'string',
  keyEncoding: 'ordered-binary' | 'binary' = 'ordered-binary',
): Database<Value, Name> {
  // A reader that comes before the first writer gets undefined, which lmdb's types do not say.
  const opened = root.openDB<Value, Name>({ name, encoding, keyEncoding }) as
    Database<Value, Name> | undefined;
  if (!opened) throw new StoreUnavailable('lmdb', `there is no database ${name} to read yet`);
  return opened;
}
