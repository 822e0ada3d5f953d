import { afterAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type EventStore } from '#libs/event-sourcing';
import { eventStoreContract, type EventStoreHarness } from '#libs/event-sourcing-testing';
import { openEventStoreDb } from '#libs/store-eventstoredb';
import { deleteStreams } from '../engines/delete-streams.js';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';

/** EVENTSTORE_URL's server when it is set, else the test server that speaks the same protocol. */
const given = process.env.EVENTSTORE_URL;
const server = given === undefined || given === '' ? await EventStoreDbServer.start() : null;
const run = `contract-${randomUUID()}-`;
let logs = 0;
afterAll(async () => {
  if (server) server.stop();
  else await deleteStreams(given ?? '', [run]);
}, 120_000);

eventStoreContract(server ? 'eventstoredb (test server)' : 'eventstoredb', () =>
  openLog(server?.url ?? given ?? ''),
);

/** A log of its own for each test: streams of its own prefix. */
async function openLog(url: string): Promise<EventStoreHarness> {
  const streamPrefix = `${run}${logs++}-`;
  const opened: EventStore[] = [];
  const open = async (prefix = streamPrefix): Promise<EventStore> => {
    const store = await openEventStoreDb(url, { streamPrefix: prefix });
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
    second: () => open(),
    damage: null,
    otherLog: () => open(`${run}${logs++}-`),
    async cleanup() {
      for (const each of opened) await each.close();
    },
  };
}
