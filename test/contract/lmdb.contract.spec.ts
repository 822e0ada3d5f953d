import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  eventStoreContract,
  leaseStoreContract,
  readStoreContract,
  slotStoreContract,
} from '#libs/event-sourcing-testing';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/store-lmdb';

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

eventStoreContract('lmdb', () => harness((directory) => openLmdbEventStore(directory)));
eventStoreContract('lmdb, each commit in another thread', () =>
  harness((directory) => openLmdbEventStore(directory, { commits: { slowMs: 0 } })),
);
readStoreContract('lmdb', () => harness((directory) => openLmdbReadStore(directory)));
leaseStoreContract('lmdb', () => harness((directory) => openLmdbReadStore(directory)));
slotStoreContract('lmdb', () => harness((directory) => openLmdbReadStore(directory)));
