import { expect, test } from '@jest/globals';
import { type DuePage, type DueWork } from './policy.js';
import { searchesInTurn } from './searches-in-turn.js';

const work = (subject: string): DueWork => ({ subject, at: '2026-11-24T02:00:00.000Z', id: `do/${subject}` });

/** Pages by search and cursor. The first search is null, as one without a name may be. */
const PAGES: Readonly<Record<string, DuePage<DueWork>>> = {
  'null from null': { tasks: [work('a')], nextCursor: 'after-a' },
  'null from after-a': { tasks: [], nextCursor: null },
  'second from null': { tasks: [work('b')], nextCursor: null },
};

function find(search: string | null, cursor: string | null): Promise<DuePage<DueWork>> {
  const page = PAGES[`${search} from ${cursor}`];
  return page ? Promise.resolve(page) : Promise.reject(new Error(`nobody asks ${search} from ${cursor}`));
}

test('every page of a search comes before the next search, also of an empty page and a search that is null', async () => {
  const searches = [null, 'second'];
  expect(await searchesInTurn(searches, null, find)).toEqual({
    tasks: [work('a')],
    nextCursor: '[0,"after-a"]',
  });
  expect(await searchesInTurn(searches, '[0,"after-a"]', find)).toEqual({
    tasks: [],
    nextCursor: '[1,null]',
  });
  expect(await searchesInTurn(searches, '[1,null]', find)).toEqual({ tasks: [work('b')], nextCursor: null });
});

test('where there is no search, or no longer one, nothing is due', async () => {
  const nothing = { tasks: [], nextCursor: null };
  expect(await searchesInTurn([], null, find)).toEqual(nothing);
  expect(await searchesInTurn([null], '[1,null]', find)).toEqual(nothing);
});
