import { expect, test } from '@jest/globals';
import { ascending, by } from './order.js';

test('items are sorted by one key after the other', () => {
  const items = [
    { name: 'b', at: 2n },
    { name: 'a', at: 10n },
    { name: 'a', at: 2n },
  ];
  expect(
    items.toSorted(
      by(
        ({ name }) => name,
        ({ at }) => -at,
      ),
    ),
  ).toEqual([items[1], items[2], items[0]]);
  expect(by<string>()('b', 'a')).toBe(0);
});

test('numbers ascend by size and texts by UTF-16 units', () => {
  expect([10, 9, -1].toSorted(ascending)).toEqual([-1, 9, 10]);
  expect(['b', 'B', '10', '9', ''].toSorted(ascending)).toEqual(['', '10', '9', 'B', 'b']);
  expect(ascending('a', 'a')).toBe(0);
});
