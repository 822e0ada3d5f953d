import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import {
  type Checkpoint,
  type StoredDocument,
  type ModelDefinition,
  type Page,
  PartitionedModel,
  partitionNames,
  partitionOf,
  type Query,
  type ReadStore,
  type Write,
} from '#libs/engine/event-sourcing';
import { readStoreFindContract } from '#libs/engine/event-sourcing-testing';
import { openLmdbReadStore } from '#libs/engine/store-lmdb';

/** A read store that keeps every model in partitions, so that finding in them can be held to the contract of finding. */
function partitionedStore(store: ReadStore, count: number): ReadStore {
  const definitions = new Map<string, ModelDefinition>();
  const whole = (model: string) =>
    new PartitionedModel(store, {
      models: partitionNames(model, count),
      indexes: definitions.get(model)?.indexes ?? {},
      isTally: false,
    });
  const own: Pick<ReadStore, 'define' | 'save' | 'find' | 'get'> = {
    async define(models) {
      for (const model of models) definitions.set(model.name, model);
      await store.define(
        models.flatMap(({ name, indexes }) =>
          partitionNames(name, count).map((each) => ({ name: each, indexes })),
        ),
      );
    },
    save: (projection: string, writes: readonly Write[], checkpoint: Checkpoint) =>
      store.save(
        projection,
        writes.map((write) => ({
          ...write,
          model: partitionNames(write.model, count)[partitionOf(write.document.id, count)] ?? '',
        })),
        checkpoint,
      ),
    find: (model: string, query: Query): Promise<Page> => whole(model).find(query),
    async get(model: string, id: string): Promise<StoredDocument | null> {
      const [document = null] = await whole(model).getMany([id]);
      return document && { document, seen: -1n };
    },
  };
  return new Proxy(store, {
    get(target, property) {
      if (property in own) return Reflect.get(own, property) as unknown;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

describe.each([2, 3, 7])('in %d partitions', (count) => {
  readStoreFindContract('partitions on lmdb', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'zhitong-partitions-'));
    const store = await openLmdbReadStore(directory);
    const notAsked = () => Promise.reject(new Error('finding does not ask for it'));
    return {
      store: partitionedStore(store, count),
      reopen: notAsked,
      second: notAsked,
      cleanup: async () => {
        await store.close();
        await rm(directory, { recursive: true });
      },
    };
  });
});
