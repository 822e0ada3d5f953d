import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Document,
  InvalidQuery,
  type JsonObject,
  type Query,
  type ReadStore,
  type Write,
} from '#libs/event-sourcing';

/** A store to test, empty at first. Whatever engine stands behind, the expectations are the same. */
export interface ReadStoreHarness {
  readonly store: ReadStore;
  /** Closes the store and opens it again on the same data; `store` is not used after that. */
  reopen(): Promise<ReadStore>;
  /** One more store on the same data, as another process would open it. */
  second(): Promise<ReadStore>;
  /** Closes everything that was opened and removes the data. */
  cleanup(): Promise<void>;
}

const worklist = {
  name: 'worklist@1',
  indexes: {
    all: { equals: [] },
    byDepartment: { equals: ['department'], range: 'due' },
    byTag: { equals: ['tags'] },
    byDepartmentAndLamp: { equals: ['department', 'lamp'], range: 'title' },
    byUrgent: { equals: ['urgent'] },
    byTitle: { equals: [], range: 'title' },
    late: { equals: [], range: 'lateSince', present: 'lateSince' },
    byHolder: { equals: ['holder'], range: 'due', present: 'holder' },
  },
} as const;
const other = { name: 'overview@1', indexes: { all: { equals: [] } } } as const;

const at = (position: number) => ({ position: BigInt(position), recordedAt: '2026-11-24T02:00:00.000Z' });

function write(id: string, fields: JsonObject = {}, seen = 1n, model: string = worklist.name): Write {
  return { model, document: { id, ...fields }, seen };
}

const ids = (documents: readonly Document[]): string[] => documents.map(({ id }) => id);

async function refusal(promise: Promise<unknown>): Promise<unknown> {
  try {
    return { answered: await promise };
  } catch (error) {
    return error instanceof Error ? error.constructor : error;
  }
}

/** All pages of a query, one after another; the cursor of each leads to the next. */
async function pages(store: ReadStore, query: Query): Promise<string[][]> {
  const list: string[][] = [];
  let cursor: string | null = null;
  do {
    const page = await store.find(worklist.name, { ...query, cursor });
    list.push(ids(page.items));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return list;
}

/** What every ReadStore must do. An adapter's spec calls this once with a factory; there are no options. */
export function readStoreContract(name: string, open: () => Promise<ReadStoreHarness>): void {
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

      test('come in the order asked, with null where there is none, as often as asked', async () => {
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

      test('takes long strings; what lies beyond 256 characters does not tell them apart', async () => {
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

    describe('checkpoints', () => {
      test('stand where the last save left them, for each projection apart', async () => {
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

    test('the live version is what goLive said last, for each projection apart', async () => {
      expect(await store.liveVersion('worklist')).toBeNull();
      await store.goLive('worklist', 1);
      await store.goLive('overview', 7);
      await store.goLive('worklist', 2);
      expect([await store.liveVersion('worklist'), await store.liveVersion('overview')]).toEqual([2, 7]);
      const reopened = await harness.reopen();
      expect(await reopened.liveVersion('worklist')).toBe(2);
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

    describe('define', () => {
      test('again changes nothing', async () => {
        await save(write('a', { department: 'water', due: 1 }));
        await store.define([other, worklist]);
        expect(await find({ index: 'byDepartment', equals: { department: 'water' } })).toEqual(['a']);
      });

      test('by several processes at once makes each index once, and keeps nobody from it', async () => {
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
