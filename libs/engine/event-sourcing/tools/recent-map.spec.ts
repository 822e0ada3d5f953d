import { expect, test } from '@jest/globals';
import { RecentMap } from './recent-map.js';

const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
const held = (map: RecentMap<number>) => keys.filter((key) => map.get(key) !== undefined);

test('what was used last is there, what was not used for long is not, and the size is bounded', () => {
  const map = new RecentMap<number>(2);
  for (const [index, key] of keys.entries()) map.set(key, index);
  expect(map.size).toBe(2);
  expect(held(map)).toEqual(['e', 'f']);
  expect(map.get('e')).toBe(4);
  map.set('a', 7);
  map.set('e', 8);
  expect(map.get('e')).toBe(8);
  expect(map.get('f')).toBeUndefined();
  expect(map.size).toBeLessThanOrEqual(4);
});

test('an entry that is asked for again and again stays', () => {
  const map = new RecentMap<number>(2);
  map.set('a', 1);
  for (let round = 0; round < 20; round++) {
    map.set(`other-${round}`, round);
    expect(map.get('a')).toBe(1);
  }
});

test('what is not there is made once, and made again when it was forgotten', () => {
  const map = new RecentMap<string>(2);
  const made: string[] = [];
  const make = (key: string) => {
    made.push(key);
    return key.toUpperCase();
  };
  expect(['a', 'a', 'b', 'c', 'd', 'a'].map((key) => map.getOrMake(key, make))).toEqual([
    'A',
    'A',
    'B',
    'C',
    'D',
    'A',
  ]);
  expect(made).toEqual(['a', 'b', 'c', 'd', 'a']);
});

test('an entry is set once, and is deleted wherever it is', () => {
  const map = new RecentMap<number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('a', 3);
  expect([map.get('a'), map.size]).toEqual([3, 2]);
  map.delete('a');
  map.delete('b');
  expect([held(map), map.size]).toEqual([[], 0]);
  map.set('c', 4);
  map.clear();
  expect([held(map), map.size]).toEqual([[], 0]);
});
