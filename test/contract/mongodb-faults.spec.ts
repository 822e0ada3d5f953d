import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ReadStore, StoreUnavailable, type Write } from '#libs/engine/event-sourcing';
import { refusal } from '#libs/engine/event-sourcing-testing';
import { openMongoReadStore } from '#libs/engine/store-mongodb';
import { MongoClient } from 'mongodb';
import { collectionName } from '../../libs/engine/store-mongodb/document-codec.js';
import { writeGuarded } from '../../libs/engine/store-mongodb/guarded-writes.js';
import { type Stored } from '../../libs/engine/store-mongodb/stored.js';
import { ferretDbProgram, startFerretDb } from '../engines/ferretdb.js';
import { skipUnlessRequired } from '../engines/required.js';
import { TcpProxy } from '../engines/tcp-proxy.js';

jest.setTimeout(60_000);

const model = { name: 'list@1', indexes: { all: { equals: [] } } };

const write = (id: string, seen: bigint, by = 'one'): Write => ({
  model: model.name,
  document: { id, by },
  seen,
});
const at = (position: bigint) => ({ position, recordedAt: null });

async function content(store: ReadStore): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const { document, seen } of store.scan(model.name)) list.push([document.id, document.by, seen]);
  return list;
}

/** Asks again as long as the store is away: a connection that was cut may be found out only when it is used. */
async function answered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await sleep(20);
    }
  }
}

const program = ferretDbProgram();
if (program === null) {
  const reason = 'no ferretdb program is here (.ci/ferretdb.sh builds one)';
  skipUnlessRequired('mongodb', 'MongoDB, when the server or the way to it fails', reason);
} else {
  const server = await startFerretDb(program);
  const proxy = await TcpProxy.start('127.0.0.1', Number(new URL(server.url).port));
  afterAll(async () => {
    await proxy.close();
    await server.stop();
  });
  faults(proxy);
}

function faults(proxy: TcpProxy): void {
  let database: string;
  let store: ReadStore;
  const opened: ReadStore[] = [];
  const open = async (timeLimitMs = 1_000): Promise<ReadStore> => {
    const another = await openMongoReadStore(`mongodb://127.0.0.1:${proxy.port}`, {
      database,
      timeLimitMs,
    });
    opened.push(another);
    await another.define([model]);
    return another;
  };
  beforeEach(async () => {
    database = `faults-${randomUUID()}`;
    store = await open();
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  describe('MongoDB, two projectors by accident', () => {
    test('an older state never overwrites a newer one, wherever it is in the list', async () => {
      await store.save('list', [write('a', 5n), write('c', 9n), write('e', 5n)], at(9n));
      const late = await open();
      const writes = ['a', 'b', 'c', 'd', 'e'].map((id) => write(id, 7n, 'late'));
      await late.save('list', writes, at(7n));
      expect(await content(store)).toEqual([
        ['a', 'late', 7n],
        ['b', 'late', 7n],
        ['c', 'one', 9n],
        ['d', 'late', 7n],
        ['e', 'late', 7n],
      ]);
    });

    test('a checkpoint never goes back', async () => {
      const late = await open();
      await store.save('list', [write('a', 9n)], at(9n));
      await late.save('list', [write('a', 7n)], at(7n));
      expect(await store.checkpoint('list')).toEqual(at(9n));
    });

    test('a newer state that comes between looking and writing stays', async () => {
      await store.save('list', [write('b', 1n), write('c', 1n)], at(1n));
      const client = new MongoClient(`mongodb://127.0.0.1:${proxy.port}`, { useBigInt64: true });
      const collection = client.db(database).collection<Stored>(collectionName(model.name));
      const late = ['a', 'b', 'c', 'd'].map((id) => ({
        _id: id,
        seen: 5n,
        document: { id, by: 'late' },
        index: {},
      }));
      let calls = 0;
      await writeGuarded(collection, late, 2, async (work) => {
        const answer = await work();
        calls += 1;
        // Behind the first look: a new document and a newer state of one that is there.
        if (calls === 1) await store.save('list', [write('a', 9n), write('c', 8n)], at(9n));
        return answer;
      });
      await client.close();
      expect(await content(store)).toEqual([
        ['a', 'one', 9n],
        ['b', 'late', 5n],
        ['c', 'one', 8n],
        ['d', 'late', 5n],
      ]);
    });
  });

  describe('MongoDB, when the server or the way to it fails', () => {
    test('while it is away every call says so, and works again after it is back', async () => {
      await store.save('list', [write('a', 1n)], at(1n));
      await proxy.close();
      expect(await refusal(store.get(model.name, 'a'))).toBe(StoreUnavailable);
      expect(await refusal(store.find(model.name, { index: 'all', limit: 1 }))).toBe(StoreUnavailable);
      expect(await refusal(store.save('list', [write('b', 2n)], at(2n)))).toBe(StoreUnavailable);
      expect(await refusal(store.checkpoint('list'))).toBe(StoreUnavailable);
      expect(await refusal(content(store))).toBe(StoreUnavailable);
      await proxy.open();
      await store.save('list', [write('b', 2n)], at(2n));
      expect(await content(store)).toEqual([
        ['a', 'one', 1n],
        ['b', 'one', 2n],
      ]);
    });

    test('while it is away from the first call on every call says so, and works once it is there', async () => {
      await store.save('list', [write('a', 1n)], at(1n));
      await proxy.close();
      const late = await openMongoReadStore(`mongodb://127.0.0.1:${proxy.port}`, {
        database,
        timeLimitMs: 1_000,
      });
      opened.push(late);
      expect(await refusal(late.liveVersion('list'))).toBe(StoreUnavailable);
      expect(await refusal(late.define([model]))).toBe(StoreUnavailable);
      expect(await refusal(late.get(model.name, 'a'))).toBe(StoreUnavailable);
      await proxy.open();
      expect(await late.get(model.name, 'a')).toEqual({ document: { id: 'a', by: 'one' }, seen: 1n });
    });

    test('a server that does not answer does not hold a call longer than its limit', async () => {
      await store.save('list', [write('a', 1n)], at(1n));
      proxy.hold();
      const calls = [
        refusal(store.get(model.name, 'a')),
        refusal(store.liveVersion('list')),
        refusal(store.save('list', [write('a', 2n)], at(2n))),
      ];
      expect(await Promise.all(calls)).toEqual([StoreUnavailable, StoreUnavailable, StoreUnavailable]);
      proxy.resume();
      await store.save('list', [write('a', 3n)], at(3n));
      expect(await content(store)).toEqual([['a', 'one', 3n]]);
    });

    test('a save that was cut off leaves a beginning of its list, and the old checkpoint', async () => {
      const store = await open(8_000);
      const ids = Array.from({ length: 3_000 }, (_, n) => `d${String(n).padStart(5, '0')}`);
      await store.save('list', [], at(1n));
      const saving = refusal(
        store.save(
          'list',
          ids.map((id) => write(id, 2n)),
          at(2n),
        ),
      );
      while ((await store.get(model.name, 'd00000')) === null) await sleep(5);
      proxy.cut();
      expect(await saving).toBe(StoreUnavailable);
      const stored = (await answered(() => content(store))).length;
      expect(stored).toBeGreaterThan(0);
      expect(stored).toBeLessThan(ids.length);
      expect(await content(store)).toEqual(ids.slice(0, stored).map((id) => [id, 'one', 2n]));
      expect(await store.checkpoint('list')).toEqual(at(1n));
      await store.save(
        'list',
        ids.map((id) => write(id, 2n)),
        at(2n),
      );
      expect(await content(store)).toHaveLength(ids.length);
    });
  });
}
