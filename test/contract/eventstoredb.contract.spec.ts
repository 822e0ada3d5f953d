import { afterAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type EventStore } from '#libs/engine/event-sourcing';
import { eventStoreContract, type EventStoreHarness } from '#libs/engine/event-sourcing-testing';
import { openEventStoreDb } from '#libs/engine/store-eventstoredb';
import { deleteStreams } from '../engines/delete-streams.js';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';

/** EVENTSTORE_URL's server when it is set; else the test server that speaks the same protocol, one for each log. */
const given = process.env.EVENTSTORE_URL ?? '';
const run = `contract-${randomUUID()}-`;
let logs = 0;
if (given !== '') afterAll(() => deleteStreams(given, [run]));

eventStoreContract(given === '' ? 'eventstoredb (test server)' : 'eventstoredb', openLog);

/** A log of its own for each test: streams of its own prefix. */
async function openLog(): Promise<EventStoreHarness> {
  const server = given === '' ? await EventStoreDbServer.start() : null;
  const url = server?.url ?? given;
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
      server?.stop();
    },
  };
}
