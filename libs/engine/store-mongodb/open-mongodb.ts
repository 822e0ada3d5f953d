import { type PersonalKeys, type ReadStore } from '#libs/engine/event-sourcing';
import { MongoClient } from 'mongodb';
import { MongoConnection } from './mongodb-connection.js';
import { MongoPersonalKeys } from './mongodb-personal-keys.js';
import { MongoReadStore } from './mongodb-read-store.js';

export interface MongoOptions {
  /** Where the data live. Default: the database the URL names, otherwise `zhitong`. */
  readonly database?: string;
  /** How long one call may take before the store counts as away. Default 10,000 ms. */
  readonly timeLimitMs?: number;
}

const TIME_LIMIT_MS = 10_000;
/** How long to look for a primary: an engine that is away is reported after this, not after the whole limit. */
const SELECTION_MS = 3_000;

/** The database a connection string names; the driver would use `test` if it names none. */
const databaseOf = (url: string): string | null =>
  /^mongodb(?:\+srv)?:\/\/[^/]*\/([^?]+)/.exec(url)?.[1] ?? null;

/**
 * Read models in MongoDB (a single node, a replica set, a sharded cluster) or FerretDB. Each document carries the
 * position it has seen, each write names the position it may replace, and the checkpoint is written last: so neither
 * transactions nor change streams are needed.
 * @throws MongoParseError for text that is not a URL
 */
export async function openMongoReadStore(url: string, options: MongoOptions = {}): Promise<ReadStore> {
  return Promise.resolve(new MongoReadStore(connectionTo(url, options)));
}

/** The keys of personal data, in a collection of their own. @throws MongoParseError for text that is not a URL */
export async function openMongoPersonalKeys(url: string, options: MongoOptions = {}): Promise<PersonalKeys> {
  return Promise.resolve(new MongoPersonalKeys(connectionTo(url, options)));
}

/**
 * Writes wait for a majority; reads go to the primary, because the projector must read what it wrote. TLS, user and replica set come
 * with the URL. Connects at the first call, so that an engine that is down at the start is an unavailable store and does not end
 * the process.
 */
function connectionTo(url: string, options: MongoOptions): MongoConnection {
  const timeLimitMs = options.timeLimitMs ?? TIME_LIMIT_MS;
  const open = () =>
    new MongoClient(url, {
      appName: 'zhitong',
      ignoreUndefined: true,
      useBigInt64: true,
      readPreference: 'primary',
      writeConcern: { w: 'majority' },
      serverSelectionTimeoutMS: Math.min(SELECTION_MS, timeLimitMs),
      connectTimeoutMS: timeLimitMs,
      socketTimeoutMS: timeLimitMs,
      waitQueueTimeoutMS: timeLimitMs,
    });
  const database = options.database ?? databaseOf(url) ?? 'zhitong';
  return new MongoConnection(open, { database, timeLimitMs });
}
