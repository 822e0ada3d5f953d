import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InvalidQuery, type Query, type ReadStore, type Write } from '#libs/engine/event-sourcing';
import { at, ids, other, pages, type ReadStoreHarness, worklist, write } from './read-store.harness.js';
import { refusal } from './refusal.js';

/** The part of the contract that is about finding documents; `readStoreContract` calls it. */
export function readStoreFindContract(name: string, open: () => Promise<ReadStoreHarness>): void {
  describe(`ReadStore contract: ${name}: find`, () => {
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

    describe('find', () => {
      test('by equal fields, ordered by the range field: null first, then numbers; ties by id', async () => {
        await save(
          write('e', { department: 'water', due: 10 }),
          write('d', { department: 'water', due: -3.5 }),
          write('c', { department: 'water', due: null }),
          write('b', { department: 'water', due: 10 }),
          write('a', { department: 'water', due: 2 }),
          write('f', { department: 'forestry', due: 1 }),
          write('g', { department: null, due: 1 }),
          write('h', { department: 'water-2', due: 1 }),
          write('i', { department: 'water', due: -1e9 }),
          write('j', { department: 'water' }),
        );
        const water = { index: 'byDepartment', equals: { department: 'water' } } as const;
        expect(await find(water)).toEqual(['c', 'j', 'i', 'd', 'a', 'b', 'e']);
        expect(await find({ ...water, order: 'desc' })).toEqual(['e', 'b', 'a', 'd', 'i', 'j', 'c']);
        expect(await find({ index: 'byDepartment', equals: { department: null } })).toEqual(['g']);
        expect(await find({ index: 'byDepartment', equals: { department: 'absent' } })).toEqual([]);
        expect(await find({ index: 'byDepartment', equals: { department: 'wate' } })).toEqual([]);
      });

      test('between bounds, each kind alone and together, either way', async () => {
        await save(...[1, 2, 3, 4, 5].map((due) => write(`n${due}`, { department: 'water', due })));
        await save(write('none', { department: 'water', due: null }));
        const within = (range: Query['range'], order: 'asc' | 'desc' = 'asc') =>
          find({
            index: 'byDepartment',
            equals: { department: 'water' },
            order,
            ...(range ? { range } : {}),
          });
        expect(await within({ gte: 2 })).toEqual(['n2', 'n3', 'n4', 'n5']);
        expect(await within({ gt: 2 })).toEqual(['n3', 'n4', 'n5']);
        expect(await within({ gte: 2, lte: 4 })).toEqual(['n2', 'n3', 'n4']);
        expect(await within({ gt: 2, lt: 4 })).toEqual(['n3']);
        expect(await within({ gte: 2, lte: 4 }, 'desc')).toEqual(['n4', 'n3', 'n2']);
        expect(await within({ gt: 2, lt: 4 }, 'desc')).toEqual(['n3']);
        expect(await within({ gte: 4, lte: 2 })).toEqual([]);
        expect(await within({ gt: 3, lt: 3 })).toEqual([]);
        // A bound leaves nulls out, unless null itself is the bound.
        expect(await within({ lte: 2 })).toEqual(['n1', 'n2']);
        expect(await within({ lt: 2 }, 'desc')).toEqual(['n1']);
        expect(await within({ gte: null, lt: 2 })).toEqual(['none', 'n1']);
        expect(await within({ lte: null })).toEqual(['none']);
        expect(await within({ gt: null })).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
      });

      test('by strings in the order of their UTF-8 bytes', async () => {
        const titles = [
          '',
          'A',
          'Z',
          'a',
          'a\u0000',
          'a\u0000b',
          'ab',
          'b',
          'é',
          '中',
          '国',
          '\uffee',
          '🏗️',
          '𠮷',
        ];
        await save(...titles.map((title, index) => write(`t${index}`, { title })));
        const sorted = [...titles].sort((one, two) => Buffer.compare(Buffer.from(one), Buffer.from(two)));
        const found = await store.find(worklist.name, { index: 'byTitle', limit: 100 });
        expect(found.items.map(({ title }) => title)).toEqual(sorted);
        const down = await store.find(worklist.name, { index: 'byTitle', order: 'desc', limit: 100 });
        expect(down.items.map(({ title }) => title)).toEqual([...sorted].reverse());
        expect(await find({ index: 'byTitle', range: { gte: 'a', lt: 'b' } })).toEqual([
          't3',
          't4',
          't5',
          't6',
        ]);
      });

      test('without a range field in order of id, by UTF-8 bytes', async () => {
        const list = ['b', 'a', 'é', 'aa', '🏗️', '\uffee', 'B', '10', '9'];
        await save(...list.map((id) => write(id)));
        const sorted = [...list].sort((one, two) => Buffer.compare(Buffer.from(one), Buffer.from(two)));
        expect(await find({ index: 'all' })).toEqual(sorted);
        expect(await find({ index: 'all', order: 'desc' })).toEqual([...sorted].reverse());
      });

      test('by booleans and by two fields', async () => {
        await save(
          write('a', { urgent: true, department: 'water', lamp: 'red', title: 'x' }),
          write('b', { urgent: false, department: 'water', lamp: 'green', title: 'y' }),
          write('c', { urgent: null, department: 'water', lamp: 'red', title: 'w' }),
          write('d', { department: 'forestry', lamp: 'red', title: 'v' }),
        );
        expect(await find({ index: 'byUrgent', equals: { urgent: true } })).toEqual(['a']);
        expect(await find({ index: 'byUrgent', equals: { urgent: false } })).toEqual(['b']);
        expect(await find({ index: 'byUrgent', equals: { urgent: null } })).toEqual(['c', 'd']);
        const red = { index: 'byDepartmentAndLamp', equals: { department: 'water', lamp: 'red' } };
        expect(await find(red)).toEqual(['c', 'a']);
        expect(await find({ ...red, range: { gte: 'x' } })).toEqual(['a']);
      });

      test('an index of what is present leaves out documents without it', async () => {
        await save(
          write('a', { lateSince: '2026-03-02', holder: 'water', due: null }),
          write('b', { lateSince: null, holder: null, due: 1 }),
          write('c', { lateSince: '2026-03-01', holder: 'water', due: 2 }),
          write('d', { due: 3 }),
        );
        expect(await find({ index: 'late' })).toEqual(['c', 'a']);
        expect(await find({ index: 'late', range: { lt: '2026-03-02' } })).toEqual(['c']);
        expect(await find({ index: 'byHolder', equals: { holder: 'water' } })).toEqual(['a', 'c']);
        expect(await find({ index: 'byHolder', equals: { holder: null } })).toEqual([]);
        await save(
          write('a', { lateSince: null, holder: null, due: null }, 2n),
          write('b', { lateSince: '2026-02-01', holder: 'water', due: 1 }, 2n),
        );
        expect(await find({ index: 'late' })).toEqual(['b', 'c']);
        expect(await find({ index: 'byHolder', equals: { holder: 'water' } })).toEqual(['b', 'c']);
      });

      test('by each element of an array, once for elements that repeat', async () => {
        await save(
          write('a', { tags: ['x', 'y', 'x'] }),
          write('b', { tags: ['y', null] }),
          write('c', { tags: [] }),
          write('d', { tags: 'x' }),
          write('e', {}),
        );
        const tagged = (tag: string | null) => find({ index: 'byTag', equals: { tags: tag } });
        expect(await tagged('x')).toEqual(['a', 'd']);
        expect(await tagged('y')).toEqual(['a', 'b']);
        expect(await tagged(null)).toEqual(['b', 'e']);
        await save(write('a', { tags: ['z'] }, 2n));
        expect([await tagged('x'), await tagged('y'), await tagged('z')]).toEqual([['d'], ['b'], ['a']]);
      });

      test('by the new values only, once a document has changed', async () => {
        await save(
          write('a', { department: 'water', due: 1, urgent: true }),
          write('b', { department: 'water', due: 2 }),
        );
        await save(write('a', { department: 'forestry', due: 1, urgent: true }, 2n));
        await save(
          write('a', { department: 'forestry', due: 9, urgent: true }, 3n),
          write('b', { department: 'water', due: 0 }, 3n),
        );
        expect(await find({ index: 'byDepartment', equals: { department: 'water' } })).toEqual(['b']);
        expect(await find({ index: 'byDepartment', equals: { department: 'forestry' } })).toEqual(['a']);
        expect(
          await find({ index: 'byDepartment', equals: { department: 'forestry' }, range: { lt: 9 } }),
        ).toEqual([]);
        expect(await find({ index: 'byUrgent', equals: { urgent: true } })).toEqual(['a']);
      });

      test('accepts long strings; characters after the 256th do not distinguish them', async () => {
        const long = '县'.repeat(256);
        await save(
          write('b', { department: `${long}A`, due: `${long}1`, lamp: long, title: long }),
          write('a', { department: `${long}B`, due: `${long}2`, lamp: long, title: 'x'.repeat(5_000) }),
          write('c', { department: long.slice(1), due: '1' }),
        );
        expect(await find({ index: 'byDepartment', equals: { department: `${long}C` } })).toEqual(['a', 'b']);
        expect(await find({ index: 'byDepartment', equals: { department: long.slice(1) } })).toEqual(['c']);
        expect(
          await find({ index: 'byDepartmentAndLamp', equals: { department: long, lamp: long } }),
        ).toEqual(['a', 'b']);
      });
    });

    describe('pages', () => {
      test('join without gap or repeat, whatever their size, either way', async () => {
        await save(
          ...Array.from({ length: 23 }, (_, n) => write(`d${n}`, { department: 'water', due: n % 5 })),
        );
        for (const order of ['asc', 'desc'] as const) {
          const query = { index: 'byDepartment', equals: { department: 'water' }, order, limit: 1000 };
          const whole = await find(query);
          for (const limit of [1, 4, 22, 23, 24]) {
            const list = await pages(store, { ...query, limit });
            expect(list.flat()).toEqual(whole);
            expect(list.map((page) => page.length)).toEqual(
              Array.from({ length: Math.ceil(23 / limit) }, (_, n) => Math.min(limit, 23 - n * limit)),
            );
          }
        }
      });

      test('are not shifted by what is inserted before, and show what is inserted after', async () => {
        await save(...[10, 20, 30, 40].map((due) => write(`d${due}`, { department: 'water', due })));
        const query = { index: 'byDepartment', equals: { department: 'water' }, limit: 2 };
        const one = await store.find(worklist.name, query);
        await save(
          write('d05', { department: 'water', due: 5 }),
          write('d35', { department: 'water', due: 35 }),
        );
        const two = await store.find(worklist.name, { ...query, cursor: one.nextCursor });
        const three = await store.find(worklist.name, { ...query, cursor: two.nextCursor });
        expect([ids(one.items), ids(two.items), ids(three.items)]).toEqual([
          ['d10', 'd20'],
          ['d30', 'd35'],
          ['d40'],
        ]);
        expect(three.nextCursor).toBeNull();
      });

      test('go on where the last document of a page has moved away', async () => {
        await save(...[10, 20, 30].map((due) => write(`d${due}`, { department: 'water', due })));
        const query = { index: 'byDepartment', equals: { department: 'water' }, limit: 2 };
        const one = await store.find(worklist.name, query);
        await save(write('d20', { department: 'forestry', due: 20 }, 2n));
        expect(ids((await store.find(worklist.name, { ...query, cursor: one.nextCursor })).items)).toEqual([
          'd30',
        ]);
      });

      test('may change their size, but not the query', async () => {
        await save(...[1, 2, 3].map((due) => write(`d${due}`, { department: 'water', due, title: 't' })));
        const query: Query = { index: 'byDepartment', equals: { department: 'water' }, limit: 1 };
        const { nextCursor: cursor } = await store.find(worklist.name, query);
        expect(ids((await store.find(worklist.name, { ...query, limit: 9, cursor })).items)).toEqual([
          'd2',
          'd3',
        ]);
        const wrong: Query[] = [
          { ...query, cursor, order: 'desc' },
          { ...query, cursor, equals: { department: 'forestry' } },
          { ...query, cursor, range: { gte: 1 } },
          { index: 'byTitle', limit: 1, cursor },
          { ...query, cursor: 'nonsense' },
          { ...query, cursor: '' },
          { ...query, cursor: Buffer.from('{"a":1}').toString('base64url') },
        ];
        for (const each of wrong) expect(await refusal(store.find(worklist.name, each))).toBe(InvalidQuery);
        expect(await refusal(store.find(other.name, { index: 'all', limit: 1, cursor }))).toBe(InvalidQuery);
      });
    });

    test.each<[string, Query]>([
      ['an index that is not declared', { index: 'byName', limit: 1 }],
      ['an index of no declaration but of every object', { index: 'constructor', limit: 1 }],
      ['too few equal fields', { index: 'byDepartmentAndLamp', equals: { department: 'water' }, limit: 1 }],
      [
        'a field that the index does not fix',
        { index: 'byUrgent', equals: { urgent: true, due: 1 }, limit: 1 },
      ],
      [
        'bounds where the index has no range',
        { index: 'byUrgent', equals: { urgent: true }, range: { gt: 1 }, limit: 1 },
      ],
      ['a limit of 0', { index: 'all', limit: 0 }],
      ['a limit above 1000', { index: 'all', limit: 1001 }],
      ['half a limit', { index: 'all', limit: 1.5 }],
    ])('find refuses %s', async (_, query) => {
      expect(await refusal(store.find(worklist.name, query))).toBe(InvalidQuery);
    });

    test('find refuses a model that was not defined', async () => {
      expect(await refusal(store.find('absent@1', { index: 'all', limit: 1 }))).toBe(InvalidQuery);
    });
  });
}
