import { expect, test } from '@jest/globals';
import { pageAsOf } from './page-as-of.js';
import { cursorOf } from './query-cursor.js';
import { InvalidQuery } from './read-store.js';

const FIRST = '2026-11-24T02:00:00.000Z';
const LATER = '2026-11-24T02:00:07.500Z';

/** A list of numbers that gives its cursors out to the instant they were asked at. */
async function numbers(now: string, cursor: string | null = null) {
  return pageAsOf({ now, cursor }, async (page) => {
    const [instant, from] = (page.cursor ?? `${page.now}|0`).split('|');
    if (instant !== page.now) throw new InvalidQuery('the cursor belongs to another query');
    const at = Number(from);
    return { items: [at], readAt: page.now, nextCursor: at < 2 ? `${page.now}|${at + 1}` : null };
  });
}

test('the pages after the first are read as of the instant of the first', async () => {
  const first = await numbers(FIRST);
  const second = await numbers(LATER, first.nextCursor);
  const third = await numbers(LATER, second.nextCursor);
  expect([first, second, third].map(({ items, readAt }) => [items, readAt])).toEqual([
    [[0], FIRST],
    [[1], FIRST],
    [[2], FIRST],
  ]);
  expect(third.nextCursor).toBeNull();
  expect(Object.keys(first)).toEqual(['items', 'readAt', 'nextCursor']);
});

test('a cursor of something else, of no instant, or of long ago is refused', async () => {
  const bad = [
    'x',
    cursorOf('x'),
    cursorOf([FIRST]),
    cursorOf([FIRST, 7]),
    cursorOf(['2026-11-31T02:00:00.000Z', 'c']),
    cursorOf(['2026-11-24', 'c']),
    cursorOf(['+275760-09-13T00:00:00.001Z', 'c']),
    cursorOf(['2026-10-01T02:00:00.000Z', 'c']),
    cursorOf(['2027-11-24T02:00:00.000Z', 'c']),
  ];
  for (const cursor of bad) await expect(numbers(LATER, cursor)).rejects.toThrow(InvalidQuery);
});
