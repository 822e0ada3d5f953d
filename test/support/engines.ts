import { createHash } from 'node:crypto';
import { afterAll } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { deleteStreams } from '../engines/delete-streams.js';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { mongoServer } from '../engines/ferretdb.js';

/**
 * Which engines the tests of the whole system run on: `eventstoredb`, `mongodb`, both, or none for what is embedded.
 * Set by the jest project (`jest.engines.config.js`).
 */
const chosen = new Set((globalThis as { readonly ENGINES?: readonly string[] }).ENGINES ?? []);

/**
 * In how many partitions the read models are kept; set by the project too. On one pair of engines in several, so that all
 * that is asked of read models is asked of both kinds.
 */
const partitions = (globalThis as { readonly PARTITIONS?: number }).PARTITIONS ?? 1;

/** The real server where its URL is given, else one of the tests' own. */
const eventStoreUrl = process.env['EVENTSTORE_URL'] ?? '';
const ownEventStore =
  chosen.has('eventstoredb') && eventStoreUrl === '' ? await EventStoreDbServer.start() : null;
const mongo = chosen.has('mongodb') ? await mongoServer() : null;
if (chosen.has('mongodb') && mongo === null)
  throw new Error('MONGODB_URL is not set and no ferretdb program is here (.ci/ferretdb.sh builds one)');

const used = new Set<string>();

/** True when the log, or the read models, are in the data directory. */
export const embedded = { events: !chosen.has('eventstoredb'), documents: !chosen.has('mongodb') };

/**
 * The variables of a system on this data directory: the same directory means the same data, on the engines that this
 * run is for. What they come to hold is removed at the end of the test file.
 */
export function engineVariables(directory: string): Record<string, string> {
  const name = `e2e-${createHash('sha256').update(directory).digest('hex').slice(0, 24)}`;
  used.add(name);
  return {
    ...(chosen.has('eventstoredb') && {
      EVENTSTORE_URL: ownEventStore?.url ?? eventStoreUrl,
      EVENTSTORE_STREAM_PREFIX: `${name}-`,
    }),
    ...(mongo && { MONGODB_URL: withDatabase(mongo.url, name) }),
    PROJECTION_PARTITIONS: `${partitions}`,
  };
}

function withDatabase(url: string, database: string): string {
  const [, server = '', query = ''] = /^([^:]+:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(url) ?? [];
  return `${server}/${database}${query}`;
}

afterAll(async () => {
  if (ownEventStore) ownEventStore.stop();
  else if (!embedded.events)
    await deleteStreams(
      eventStoreUrl,
      [...used].map((name) => `${name}-`),
    );
  if (mongo) {
    const client = new MongoClient(mongo.url);
    if (process.env['MONGODB_URL']) for (const name of used) await client.db(name).dropDatabase();
    await client.close();
    await mongo.stop();
  }
});
