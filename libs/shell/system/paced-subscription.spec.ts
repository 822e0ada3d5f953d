import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import {
  type EventBatch,
  type EventStore,
  type StoredEvent,
  StoreUnavailable,
} from '#libs/engine/event-sourcing';
import { recorded } from '#libs/engine/event-sourcing-testing';
import { Throttle, pauseAfter } from './paced-subscription.js';

const events = (count: number): StoredEvent[] =>
  Array.from({ length: count }, () => recorded({ type: 'StepRecorded', version: 1, data: {} }));

async function* nothing(): AsyncGenerator<never> {
  yield* await Promise.resolve([]);
}

/** A store that can only be followed: it gives these batches, then fails. */
function following(batches: readonly EventBatch[]): EventStore {
  const none = () => Promise.reject(new StoreUnavailable('none', 'can only be followed'));
  return {
    append: none,
    readStream: nothing,
    readAll: nothing,
    readAt: none,
    lastPosition: none,
    identity: none,
    close: none,
    async *subscribeToAll() {
      yield* batches;
      await Promise.resolve();
      throw new StoreUnavailable('none', 'the end');
    },
  };
}

const HOUR = { shortest: 3_600_000, longest: 3_600_000, timesAsLong: 1 };

const batch = (count: number, caughtUp: boolean): EventBatch => ({
  events: events(count),
  position: 1n,
  caughtUp,
});

/** How many batches come before a pause of an hour would have to be waited for. */
async function given(throttle: Throttle, batches: readonly EventBatch[]): Promise<number> {
  const stop = new AbortController();
  let count = 0;
  const subscription = throttle.of(following(batches)).subscribeToAll({ after: null, signal: stop.signal });
  const all = (async () => {
    for await (const _ of subscription) count++;
  })().catch((error: unknown) => {
    if (!(error instanceof StoreUnavailable)) throw error;
  });
  await new Promise((resolve) => setImmediate(resolve));
  const before = count;
  stop.abort();
  await all;
  return before;
}

test('a full batch at the end of the log holds back the next, small ones and those on the way do not', async () => {
  const hour = () => new Throttle(HOUR);
  expect(await given(hour(), [batch(16, true), batch(1, true)])).toBe(1);
  expect(await given(hour(), [batch(15, true), batch(1, true), batch(1, true)])).toBe(3);
  expect(await given(hour(), [batch(1000, false), batch(1000, false), batch(1, true)])).toBe(3);
});

test('a waiting caller gets the next batch at once', async () => {
  const throttle = new Throttle(HOUR);
  throttle.flushNow();
  expect(await given(throttle, [batch(16, true), batch(16, true), batch(1, true)])).toBe(2);
});

test('the longer the follower takes, the longer is the pause, up to the longest interval', () => {
  const intervals = { shortest: 100, longest: 1_000, timesAsLong: 5 };
  expect([0, 10, 60, 400, 2_000].map((took) => pauseAfter(took, intervals))).toEqual([100, 90, 240, 600, 0]);
});
