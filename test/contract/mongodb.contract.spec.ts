import { afterAll, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  leaseStoreContract,
  personalKeysContract,
  readStoreContract,
  slotStoreContract,
} from '#libs/engine/event-sourcing-testing';
import { openMongoPersonalKeys, openMongoReadStore } from '#libs/engine/store-mongodb';
import { MongoClient } from 'mongodb';
import { mongoServer } from '../engines/ferretdb.js';
import { skipUnlessRequired } from '../engines/required.js';

// FerretDB over SQLite looks through a whole collection for each update.
jest.setTimeout(120_000);

const server = await mongoServer();

if (server === null) {
  const reason = 'MONGODB_URL is not set and no ferretdb program is here (.ci/ferretdb.sh builds one)';
  skipUnlessRequired('mongodb', `ReadStore contract: mongodb`, reason);
} else {
  afterAll(() => server.stop());
  readStoreContract('mongodb', () => openDatabase(server.url, openMongoReadStore));
  leaseStoreContract('mongodb', () => openDatabase(server.url, openMongoReadStore));
  personalKeysContract('mongodb', () => openDatabase(server.url, openMongoPersonalKeys));
  const isExact = process.env.MONGODB_URL !== undefined;
  slotStoreContract('mongodb', () => openDatabase(server.url, openMongoReadStore), { isExact });

  // FerretDB 1.24 over SQLite reads a document and writes it in two steps, so of two updates at once the older may win.
  const onMongoDb = process.env.MONGODB_URL ? test : test.skip;
  onMongoDb('projectors that write the same documents at once leave the newest of each', async () => {
    const harness = await openDatabase(server.url, openMongoReadStore);
    try {
      const projectors = [harness.store, await harness.second(), await harness.second()];
      const ids = Array.from({ length: 30 }, (_, n) => `d${n}`);
      const model = { name: 'list@1', indexes: {} };
      await Promise.all(
        projectors.map(async (projector, index) => {
          await projector.define([model]);
          for (let round = 1n; round <= 20n; round += 1n) {
            const seen = round * 10n + BigInt(index);
            const writes = ids.map((id) => ({ model: model.name, document: { id, by: index }, seen }));
            await projector.save('list', writes, { position: seen, recordedAt: null });
          }
        }),
      );
      expect(await harness.store.getMany(model.name, ids)).toEqual(
        ids.map((id) => ({ document: { id, by: 2 }, seen: 202n })),
      );
    } finally {
      await harness.cleanup();
    }
  });
}

/** A database of its own for each test, dropped at its end. */
async function openDatabase<Store extends { close(): Promise<void> }>(
  url: string,
  openStore: (url: string, options: { readonly database: string }) => Promise<Store>,
) {
  const database = `contract-${randomUUID()}`;
  const opened: Store[] = [];
  const open = async (): Promise<Store> => {
    const store = await openStore(url, { database });
    opened.push(store);
    return store;
  };
  const store = await open();
  return {
    store,
    async reopen() {
      await store.close();
      return open();
    },
    second: open,
    async cleanup() {
      for (const each of opened) await each.close();
      const client = new MongoClient(url);
      await client.db(database).dropDatabase();
      await client.close();
    },
  };
}
