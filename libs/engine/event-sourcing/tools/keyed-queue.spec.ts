import { expect, test } from '@jest/globals';
import { KeyedQueue } from './keyed-queue.js';

test('work of one key is done in order, also after a failure, and other keys do not wait', async () => {
  const queue = new KeyedQueue();
  const done: string[] = [];
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const first = queue.run('a', async () => {
    await gate;
    done.push('a1');
    throw new Error('a1 failed');
  });
  const second = queue.run('a', async () => done.push('a2'));
  await queue.run('b', async () => done.push('b1'));
  expect(done).toEqual(['b1']);
  open();
  await queue.settled();
  await expect(first).rejects.toThrow('a1 failed');
  expect(await second).toBe(3);
  expect(done).toEqual(['b1', 'a1', 'a2']);
});
