import { expect, test } from '@jest/globals';
import { defined } from './defined.js';

test('fields that are undefined are left out, null and false stay, the order stays', () => {
  const kept = defined({ b: 1, none: undefined, a: null, c: false, d: '' });
  expect(Object.entries(kept)).toStrictEqual([
    ['b', 1],
    ['a', null],
    ['c', false],
    ['d', ''],
  ]);
});
