import { expect, test } from '@jest/globals';
import { SlidingWindow } from './sliding-window.js';

test('allows a number of attempts in a window, then a wait until the oldest is out of it', () => {
  const window = new SlidingWindow(2, 1000, 10);
  expect([0, 400, 500, 999, 1000, 1001, 1400].map((now) => window.attempt('a', now))).toEqual([
    0, 0, 500, 1, 0, 399, 0,
  ]);
});

test('keys do not count for each other, and a success forgets', () => {
  const window = new SlidingWindow(1, 1000, 10);
  expect([window.attempt('a', 0), window.attempt('b', 0), window.attempt('a', 1)]).toEqual([0, 0, 999]);
  window.reset('a');
  expect(window.attempt('a', 2)).toBe(0);
});

test('when full, the key that was not tried for longest makes room', () => {
  const window = new SlidingWindow(1, 1000, 2);
  for (const key of ['a', 'b', 'c']) window.attempt(key, 0);
  expect([window.attempt('b', 1), window.attempt('c', 1)]).toEqual([999, 999]);
  expect(window.attempt('a', 1)).toBe(0);
});
