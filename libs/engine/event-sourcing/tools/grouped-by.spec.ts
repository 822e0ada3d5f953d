import { expect, test } from '@jest/globals';
import { groupedBy } from './grouped-by.js';

test('groups are in the order of their first items, and the items of each in the order given', () => {
  const groups = groupedBy([3, 10, 1, 12, 7], (number) => (number > 9 ? 'two digits' : 'one digit'));
  expect([...groups]).toEqual([
    ['one digit', [3, 1, 7]],
    ['two digits', [10, 12]],
  ]);
  expect([...groupedBy([], String)]).toEqual([]);
});
