import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { HashingQueue } from './hashing-queue.js';

test('D12 the number of hashes at once and the number that wait are bounded; the next is refused with a time to retry', async () => {
  const queue = new HashingQueue(2, 1);
  const finish: (() => void)[] = [];
  const begin = () => queue.run(() => new Promise<string>((resolve) => finish.push(() => resolve('done'))));
  const first = begin();
  const others = [begin(), begin()];
  await expect(begin()).rejects.toMatchObject({
    status: 503,
    code: 'sign-in.busy',
    headers: { 'retry-after': '1' },
  });
  expect(finish).toHaveLength(2);
  finish[0]?.();
  expect(await first).toBe('done');
  await Promise.resolve();
  expect(finish).toHaveLength(3);
  for (const each of finish) each();
  expect(await Promise.all(others)).toEqual(['done', 'done']);
});

test('D12 work that fails gives its place back', async () => {
  const queue = new HashingQueue(1, 0);
  await expect(queue.run(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
  expect(await queue.run(() => Promise.resolve('next'))).toBe('next');
});
