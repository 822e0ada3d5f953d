import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InvalidQuery, type Query, type ReadStore, type Write } from '#libs/engine/event-sourcing';
import { at, ids, other, type ReadStoreHarness, worklist, write } from './read-store.harness.js';
import { refusal } from './refusal.js';
import { readStoreFindContract } from './read-store-find.contract.js';

/** What every ReadStore must do. An adapter's spec calls this once with a factory; there are no options. */
export function readStoreContract(name: string, open: () => Promise<ReadStoreHarness>): void {
  readStoreFindContract(name, open);

  describe(`ReadStore contract: ${name}`, () => {
    let harness: ReadStoreHarness;
    let store: ReadStore;
    beforeEach(async () => {
      harness = await open();
      store = harness.store;
      await store.define([worklist, other]);
    });
    afterEach(() => harness.cleanup());

    const save = (...writes: Write[]): Promise<void> => store.save('worklist', writes, at(1));
    const find = async (query: Omit<Query, 'limit'>): Promise<string[]> =>
      ids((await store.find(worklist.name, { ...query, limit: 1000 })).items);

    describe('documents', () => {
      test('come back as they were saved, with the position they have seen', async () => {
        const document = {
          id: '本溪-1 / "x"',
          text: '满族\u0000\n🏗️',
          nested: { list: [1, null, [true, { a: -0.5 }]], empty: {} },
          big: 'y'.repeat(300_000),
        };
        await store.save('worklist', [{ model: worklist.name, document, seen: 9007199254740993n }], at(1));
        expect(await store.get(worklist.name, document.id)).toStrictEqual({
          document,
          seen: 9007199254740993n,
        });
        expect(await store.get(worklist.name, 'absent')).toBeNull();
        expect(await store.get(other.name, document.id)).toBeNull();
      });

      test('come in the order asked, null for a missing one, as often as asked', async () => {
        await save(write('a', { n: 1 }), write('b', { n: 2 }, 5n));
        const a = { document: { id: 'a', n: 1 }, seen: 1n };
        const b = { document: { id: 'b', n: 2 }, seen: 5n };
        expect(await store.getMany(worklist.name, ['b', 'absent', 'a', 'b'])).toStrictEqual([b, null, a, b]);
        expect(await store.getMany(worklist.name, [])).toEqual([]);
      });

      test('are replaced as a whole; of two in one save the later stands', async () => {
        await save(write('a', { n: 1, gone: true }));
        await save(write('a', { n: 2 }, 2n), write('b', { n: 1 }), write('a', { n: 3 }, 3n));
        expect(await store.get(worklist.name, 'a')).toStrictEqual({ document: { id: 'a', n: 3 }, seen: 3n });
        expect(await find({ index: 'all' })).toEqual(['a', 'b']);
      });

      test('are there after reopening, with their indexes and checkpoint', async () => {
        await save(write('a', { department: 'water', due: 1 }));
        const reopened = await harness.reopen();
        await reopened.define([worklist, other]);
        expect(await reopened.get(worklist.name, 'a')).not.toBeNull();
        const page = await reopened.find(worklist.name, {
          index: 'byDepartment',
          equals: { department: 'water' },
          limit: 5,
        });
        expect(page).toEqual({ items: [{ id: 'a', department: 'water', due: 1 }], nextCursor: null });
        expect(await reopened.checkpoint('worklist')).toEqual(at(1));
      });

      test('are seen by a second process', async () => {
        const reader = await harness.second();
        await reader.define([worklist, other]);
        await save(write('a', { department: 'water', due: 1 }));
        expect(await reader.get(worklist.name, 'a')).not.toBeNull();
        const { items } = await reader.find(worklist.name, {
          index: 'byUrgent',
          equals: { urgent: null },
          limit: 5,
        });
        expect(ids(items)).toEqual(['a']);
      });
    });

    describe('checkpoints', () => {
      test('are those of the last save, for each projection separately', async () => {
        expect(await store.checkpoint('worklist')).toBeNull();
        await store.save('worklist', [write('a')], at(3));
        await store.save('overview', [write('a', {}, 1n, other.name)], { position: 0n, recordedAt: null });
        await store.save('worklist', [], {
          position: 9007199254740993n,
          recordedAt: '2026-11-25T00:00:00.000Z',
        });
        expect(await store.checkpoint('worklist')).toEqual({
          position: 9007199254740993n,
          recordedAt: '2026-11-25T00:00:00.000Z',
        });
        expect(await store.checkpoint('overview')).toEqual({ position: 0n, recordedAt: null });
      });

      test('K3 keep the id of the event there, where it is given', async () => {
        await store.save('worklist', [write('a')], { ...at(3), eventId: 'event-3' });
        expect(await store.checkpoint('worklist')).toEqual({ ...at(3), eventId: 'event-3' });
        await store.save('worklist', [], at(4));
        const reopened = await harness.reopen();
        expect(await reopened.checkpoint('worklist')).toEqual(at(4));
      });

      test('and documents of saves on their way together all arrive, in order', async () => {
        await Promise.all(
          Array.from({ length: 50 }, (_, n) =>
            store.save('worklist', [write('a', { department: `d${n}`, due: 1 }, BigInt(n))], at(n)),
          ),
        );
        expect(await store.checkpoint('worklist')).toEqual(at(49));
        expect(await store.get(worklist.name, 'a')).toEqual({
          document: { id: 'a', department: 'd49', due: 1 },
          seen: 49n,
        });
        for (let n = 0; n < 50; n += 1) {
          const found = await find({ index: 'byDepartment', equals: { department: `d${n}` } });
          expect(found).toEqual(n === 49 ? ['a'] : []);
        }
      });
    });

    test('the live version is the last one passed to goLive, for each projection separately', async () => {
      expect(await store.liveVersion('worklist')).toBeNull();
      await store.goLive('worklist', 1);
      await store.goLive('overview', 7);
      await store.goLive('worklist', 2);
      expect([await store.liveVersion('worklist'), await store.liveVersion('overview')]).toEqual([2, 7]);
      const reopened = await harness.reopen();
      expect(await reopened.liveVersion('worklist')).toBe(2);
    });

    test('K3 the log that documents were filled from is the one noted first, until it is forgotten', async () => {
      expect(await store.filledFrom()).toBeNull();
      await Promise.all([store.fillFrom('log-1'), store.fillFrom('log-1')]);
      await store.fillFrom('log-2');
      expect(await store.filledFrom()).toBe('log-1');
      const second = await harness.second();
      await second.fillFrom('log-3');
      expect(await second.filledFrom()).toBe('log-1');
      await store.fillFrom(null);
      expect(await second.filledFrom()).toBeNull();
      await second.fillFrom('log-3');
      const reopened = await harness.reopen();
      expect(await reopened.filledFrom()).toBe('log-3');
    });

    test('scan gives every document of the model in order of id, and may be left early', async () => {
      const count = 1_234;
      await save(
        ...Array.from({ length: count }, (_, n) => write(`d${(n * 7) % count}`, { n })),
        write('é'),
        write('\uffee'),
        write('🏗️'),
      );
      await store.save('overview', [write('x', {}, 1n, other.name)], at(1));
      const seen: string[] = [];
      for await (const { document, seen: position } of store.scan(worklist.name)) {
        seen.push(document.id);
        if (position !== 1n) throw new Error(`${document.id} has seen ${position}`);
      }
      const all = [...Array.from({ length: count }, (_, n) => `d${n}`), 'é', '\uffee', '🏗️'];
      expect(seen).toEqual(all.sort((one, two) => Buffer.compare(Buffer.from(one), Buffer.from(two))));
      for await (const { document } of store.scan(worklist.name)) {
        expect(document.id).toBe('d0');
        break;
      }
    });

    test('drop forgets documents, index entries and checkpoint, of what was named only', async () => {
      await store.save('worklist', [write('a', { department: 'water', due: 1 })], at(1));
      await store.save('overview', [write('x', {}, 1n, other.name)], at(2));
      await store.drop([worklist.name], 'worklist');
      expect(await store.get(worklist.name, 'a')).toBeNull();
      expect(await find({ index: 'byDepartment', equals: { department: 'water' } })).toEqual([]);
      expect(await store.checkpoint('worklist')).toBeNull();
      expect(await store.get(other.name, 'x')).not.toBeNull();
      expect(await store.checkpoint('overview')).toEqual(at(2));
      await store.save('worklist', [write('a', { department: 'forestry', due: 1 })], at(1));
      expect(await find({ index: 'byDepartment', equals: { department: 'forestry' } })).toEqual(['a']);
    });

    test('drop forgets thousands as well, and leaves the store as if they had never been', async () => {
      const many = Array.from({ length: 1_200 }, (_, n) =>
        write(`d${n}`, { department: 'water', tags: ['x', `t${n}`] }),
      );
      await save(...many);
      await store.drop([worklist.name], 'worklist');
      expect(await find({ index: 'byTag', equals: { tags: 'x' } })).toEqual([]);
      expect(await store.getMany(worklist.name, ['d0', 'd1199'])).toEqual([null, null]);
      await save(write('d1199', { department: 'forestry', tags: ['x'] }));
      expect(await find({ index: 'byTag', equals: { tags: 'x' } })).toEqual(['d1199']);
    });

    test('the inventory names all that is stored, by any version of the program, and nothing that was dropped', async () => {
      await store.save('worklist', [write('a', { department: 'water', due: 1 })], at(1));
      await store.save('overview', [write('x', {}, 1n, other.name)], at(2));
      const second = await harness.second();
      const before = await second.inventory();
      expect(before).toEqual({
        models: [other.name, worklist.name].sort(),
        checkpoints: ['overview', 'worklist'],
      });
      await second.drop([worklist.name], 'worklist');
      expect(await store.inventory()).toEqual({ models: [other.name], checkpoints: ['overview'] });
      expect(await store.get(worklist.name, 'a')).toBeNull();
      expect(await find({ index: 'byDepartment', equals: { department: 'water' } })).toEqual([]);
    });

    describe('define', () => {
      test('again changes nothing', async () => {
        await save(write('a', { department: 'water', due: 1 }));
        await store.define([other, worklist]);
        expect(await find({ index: 'byDepartment', equals: { department: 'water' } })).toEqual(['a']);
      });

      test('by several processes at once creates each index once and fails for none', async () => {
        const fresh = { ...worklist, name: 'fresh@1' };
        const others = await Promise.all([1, 2, 3].map(() => harness.second()));
        await Promise.all([store, ...others].map((each) => each.define([fresh])));
        await store.save('fresh', [write('a', { department: 'water', due: 1 }, 1n, fresh.name)], at(1));
        for (const each of [store, ...others]) {
          const query = { index: 'byDepartment', equals: { department: 'water' }, limit: 5 };
          expect(ids((await each.find(fresh.name, query)).items)).toEqual(['a']);
        }
      });

      test('with other indexes builds what is missing from the documents that are there', async () => {
        await save(
          ...Array.from({ length: 1_200 }, (_, n) =>
            write(`d${n}`, { department: 'water', due: n, person: `p${n % 3}` }),
          ),
        );
        await store.define([
          {
            name: worklist.name,
            indexes: {
              byPerson: { equals: ['person'], range: 'due' },
              byDepartment: { equals: ['department'] },
              byTitle: { equals: [], range: 'title', present: 'title' },
            },
          },
        ]);
        expect(await find({ index: 'byTitle' })).toEqual([]);
        const found = await find({ index: 'byPerson', equals: { person: 'p1' }, range: { lt: 9 } });
        expect(found).toEqual(['d1', 'd4', 'd7']);
        const byDepartment = await find({ index: 'byDepartment', equals: { department: 'water' } });
        expect(byDepartment.slice(0, 3)).toEqual(['d0', 'd1', 'd10']);
        expect(await refusal(find({ index: 'byUrgent', equals: { urgent: null } }))).toBe(InvalidQuery);
        await save(write('d1', { department: 'forestry', due: 1, person: 'p2' }, 2n));
        expect(await find({ index: 'byPerson', equals: { person: 'p1' }, range: { lt: 9 } })).toEqual([
          'd4',
          'd7',
        ]);
        expect(await store.get(worklist.name, 'd7')).toEqual({
          document: { id: 'd7', department: 'water', due: 7, person: 'p1' },
          seen: 1n,
        });
      });
    });
  });
}
