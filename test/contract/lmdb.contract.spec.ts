import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventStore } from '#libs/engine/event-sourcing';
import {
  eventStoreContract,
  type EventStoreHarness,
  leaseStoreContract,
  personalKeysContract,
  readStoreContract,
  slotStoreContract,
} from '#libs/engine/event-sourcing-testing';
import {
  type EventStoreOptions,
  openLmdbEventStore,
  openLmdbPersonalKeys,
  openLmdbReadStore,
} from '#libs/engine/store-lmdb';
import { flipped, putRaw, rawEntries } from '../../libs/engine/store-lmdb/testing/raw-log.js';

interface Closable {
  close(): Promise<void>;
}

/** A directory of its own, everything opened in it, and the way to be rid of both. */
async function harness<Store extends Closable>(open: (directory: string) => Promise<Store>) {
  const directory = await mkdtemp(join(tmpdir(), 'zhitong-contract-'));
  const opened: Store[] = [];
  const another = async (): Promise<Store> => {
    const store = await open(directory);
    opened.push(store);
    return store;
  };
  const closeAll = async (): Promise<void> => {
    for (const store of opened.splice(0)) await store.close();
  };
  return {
    directory,
    store: await another(),
    second: another,
    reopen: async () => {
      await closeAll();
      return another();
    },
    cleanup: async () => {
      await closeAll();
      await rm(directory, { recursive: true });
    },
  };
}

/** The log, whose file a test may damage. */
async function logHarness(options: EventStoreOptions = {}): Promise<EventStoreHarness> {
  const one = await harness((directory) => openLmdbEventStore(directory, options));
  const others: Awaited<ReturnType<typeof harness<EventStore>>>[] = [];
  return {
    ...one,
    async damage(position) {
      const bytes = (await rawEntries(one.directory)).get(Number(position));
      if (!bytes) throw new Error('each event has an entry of its own here');
      await putRaw(one.directory, Number(position), flipped(bytes, bytes.length - 2));
    },
    async otherLog() {
      const other = await harness((directory) => openLmdbEventStore(directory, options));
      others.push(other);
      return other.store;
    },
    async cleanup() {
      for (const other of others) await other.cleanup();
      await one.cleanup();
    },
  };
}

eventStoreContract('lmdb', () => logHarness());
eventStoreContract('lmdb, each commit in another thread', () => logHarness({ commits: { slowMs: 0 } }));
readStoreContract('lmdb', () => harness((directory) => openLmdbReadStore(directory)));
leaseStoreContract('lmdb', () => harness((directory) => openLmdbReadStore(directory)));
slotStoreContract('lmdb', () => harness((directory) => openLmdbReadStore(directory)));
personalKeysContract('lmdb', () => harness((directory) => openLmdbPersonalKeys(directory)));
