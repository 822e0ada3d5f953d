import { join } from 'node:path';
import { LogDamaged, ReadModelsDamaged, StoreUnavailable } from '#libs/event-sourcing';
import { type Database, type Key, open, type RootDatabase, type RootDatabaseOptionsWithPath } from 'lmdb';

/** Names of the two LMDB environments inside the one data directory. */
export type EnvironmentName = 'events' | 'read-models';

export interface OpenOptions {
  /** Reads and follows what another process writes; every write is refused. Default false. */
  readonly readOnly?: boolean;
}

/**
 * Opens one environment; the map grows by itself. `durable` makes a write's promise wait for the disk: lmdb's own
 * default (`overlappingSync`) resolves before the flush.
 * @throws StoreUnavailable
 */
export function openEnvironment(
  directory: string,
  name: EnvironmentName,
  settings: { readonly durable: boolean; readonly pageSize?: number; readonly readOnly: boolean },
): RootDatabase {
  const options: RootDatabaseOptionsWithPath = {
    path: join(directory, name),
    maxDbs: 8,
    readOnly: settings.readOnly,
    encoding: 'binary',
    ...(settings.pageSize === undefined ? {} : { pageSize: settings.pageSize }),
    ...(settings.durable || settings.readOnly ? { overlappingSync: false } : {}),
    // What belongs into one commit is batched by the stores. lmdb's own gathering of a turn's writes would add a
    // promise to each commit that nobody can reach, and so end the process when the disk is full.
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

/**
 * Turns what a write failed with into the port's error. lmdb puts the true reason into a second promise, `commitError`, which
 * would end the process as an unhandled rejection; waiting for it here handles exactly that one.
 */
export async function unavailable(
  error: unknown,
): Promise<StoreUnavailable | LogDamaged | ReadModelsDamaged> {
  const isOurs =
    error instanceof StoreUnavailable || error instanceof LogDamaged || error instanceof ReadModelsDamaged;
  if (isOurs) return error;
  const reason = await commitErrorOf(error);
  return new StoreUnavailable('lmdb', messageOf(reason ?? error), { cause: reason ?? error });
}

async function commitErrorOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !('commitError' in error) || !(error.commitError instanceof Promise))
    return null;
  try {
    await error.commitError;
    return null;
  } catch (reason) {
    return reason;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
