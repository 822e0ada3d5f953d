import { expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { overDroppedConnections } from './indexes.js';

const dropped = new StoreUnavailable('mongodb', 'connection 7 closed');

/** Fails `times` times, each after `afterMs` milliseconds, and counts the attempts. */
function failing(times: number, error: Error, afterMs = 0) {
  const tried = { times: 0 };
  const work = async () => {
    tried.times += 1;
    await pause(afterMs);
    if (tried.times <= times) throw error;
  };
  return { tried, work };
}

test('what a dropped connection ended is done again', async () => {
  const { tried, work } = failing(2, dropped);
  await overDroppedConnections(work);
  expect(tried.times).toBe(3);
});

test('a connection that is dropped again and again is an engine that is away', async () => {
  const { tried, work } = failing(9, dropped);
  await expect(overDroppedConnections(work)).rejects.toBe(dropped);
  expect(tried.times).toBe(4);
});

test('an engine that was slow to fail, and a programming error, are reported at once', async () => {
  for (const { error, afterMs } of [
    { error: dropped, afterMs: 1_010 },
    { error: new Error('a bad index'), afterMs: 0 },
  ]) {
    const { tried, work } = failing(9, error, afterMs);
    await expect(overDroppedConnections(work)).rejects.toBe(error);
    expect(tried.times).toBe(1);
  }
});
