import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type EventBatch,
  type EventStore,
  EventTooLarge,
  LogDamaged,
  type StoredEvent,
  StoreUnavailable,
} from '#libs/engine/event-sourcing';
import { all, TEST_WAIT_MS, refusal } from '#libs/engine/event-sourcing-testing';
import { openEventStoreDb } from '#libs/engine/store-eventstoredb';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { datas, event } from './eventstoredb-events.js';

/** Hands out what a subscription delivers, one event at a time. */
class Reader {
  readonly #stop = new AbortController();
  readonly #batches: AsyncIterator<EventBatch>;
  #ready: StoredEvent[] = [];

  constructor(store: EventStore, after: bigint | null, batchSize = 1_000) {
    const options = { after, batchSize, signal: this.#stop.signal };
    this.#batches = store.subscribeToAll(options)[Symbol.asyncIterator]();
  }

  async next(): Promise<unknown> {
    for (;;) {
      const event = this.#ready.shift();
      if (event) return event.data;
      const { value, done } = await this.#batches.next();
      if (done) return null;
      this.#ready = [...value.events];
    }
  }

  async take(count: number): Promise<unknown[]> {
    const list: unknown[] = [];
    while (list.length < count) list.push(await this.next());
    return list;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#batches.next();
  }
}

describe('EventStoreDB, when the server or the way to it fails', () => {
  let server: EventStoreDbServer;
  let store: EventStore;
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);

  beforeEach(async () => {
    server = await EventStoreDbServer.start();
    store = await openEventStoreDb(server.url, { timeLimitMs: TEST_WAIT_MS, silenceMs: 200 });
    unhandled.length = 0;
    process.on('unhandledRejection', note).on('uncaughtException', note);
  });
  afterEach(async () => {
    server.thaw();
    await store.close();
    server.stop();
    process.off('unhandledRejection', note).off('uncaughtException', note);
    expect(unhandled).toEqual([]);
  });

  const write = async (from: number, to: number): Promise<void> => {
    for (let n = from; n < to; n += 1)
      await store.append('s', n === 0 ? null : BigInt(n - 1), [event(`e-${n}`)]);
  };
  const written = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `e-${from + n}`);

  test('an append whose answer was lost is sent again as it was and stored once', async () => {
    await write(0, 1);
    server.faults.lostAnswers = 1;
    const answer = await store.append('s', 0n, [event('e-1'), event('e-2')]);
    const read = await all(store.readStream('s'));
    expect(datas(read)).toEqual(['e-0', 'e-1', 'e-2']);
    expect(answer).toEqual({ revision: 2n, position: read[2]?.position });
  });

  test('K12 the same append twice at once is sent to the engine once and gets one answer', async () => {
    const append = () => store.append('s', null, [event('e-0'), event('e-1')]);
    const [one, two] = await Promise.all([append(), append()]);
    expect(two).toEqual(one);
    // The third finds the first stored.
    expect(await append()).toEqual(one);
    expect(datas(await all(store.readAll(null)))).toEqual(['e-0', 'e-1']);
  });

  test('K12 so it does through two stores of one process, and where another stream knows its ids', async () => {
    await store.append('other', null, [event('e-0')]);
    const second = await openEventStoreDb(server.url);
    const answers = await Promise.all(
      [store, second, store].map((each) => each.append('s', null, [event('e-0')])),
    );
    const position = (await all(store.readStream('s')))[0]?.position;
    expect(answers).toEqual([0, 1, 2].map(() => ({ revision: 0n, position })));
    await second.close();
  });

  test('when every answer is lost, the append is unavailable, and the same append later gives the first answer', async () => {
    server.faults.lostAnswers = 3;
    expect(await refusal(store.append('s', null, [event('e-0')]))).toBe(StoreUnavailable);
    expect(await store.append('s', null, [event('e-0')])).toMatchObject({ revision: 0n });
    expect(datas(await all(store.readAll(null)))).toEqual(['e-0']);
  });

  test('while the server is away every call says so at once, and works again after it is back', async () => {
    await write(0, 2);
    server.stop();
    expect(await refusal(store.append('s', 1n, [event('e-2')]))).toBe(StoreUnavailable);
    expect(await refusal(all(store.readStream('s')))).toBe(StoreUnavailable);
    expect(await refusal(all(store.readAll(null)))).toBe(StoreUnavailable);
    expect(await refusal(store.readAt(0n))).toBe(StoreUnavailable);
    expect(await refusal(store.lastPosition())).toBe(StoreUnavailable);
    const { signal } = new AbortController();
    expect(await refusal(all(store.subscribeToAll({ after: null, signal })))).toBe(StoreUnavailable);
    await server.start();
    await write(2, 3);
    expect(datas(await all(store.readAll(null)))).toEqual(written(0, 3));
  });

  test('a frozen server does not hold a call longer than its limit', async () => {
    await write(0, 1);
    const limited = await openEventStoreDb(server.url, { timeLimitMs: 500 });
    server.freeze();
    expect(
      await Promise.all([
        refusal(limited.append('s', 0n, [event('e-1')])),
        refusal(all(limited.readStream('s'))),
        refusal(limited.lastPosition()),
      ]),
    ).toEqual([StoreUnavailable, StoreUnavailable, StoreUnavailable]);
    server.thaw();
    await limited.close();
    expect(await store.append('s', 0n, [event('e-1')])).toMatchObject({ revision: 1n });
    expect(datas(await all(store.readStream('s')))).toEqual(['e-0', 'e-1']);
  });

  test('answers in another order reach their callers', async () => {
    server.faults.reordered = true;
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    const answers = await Promise.all(
      numbers.map((n) =>
        store.append(
          `s-${n}`,
          null,
          Array.from({ length: n + 1 }, (_, index) => event(`e-${n}-${index}`)),
        ),
      ),
    );
    expect(answers.map(({ revision }) => revision)).toEqual(numbers.map(BigInt));
  });

  test('64 appends on their way when the server goes are refused or stored, and the process lives', async () => {
    const append = (n: number) => store.append(`s-${n}`, null, [event(`e-${n}`, 'x'.repeat(50_000))]);
    const numbers = Array.from({ length: 64 }, (_, n) => n);
    server.faults.delayMs = 5;
    const first = Promise.allSettled(numbers.map(append));
    await server.cut();
    for (const answer of await first)
      if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(StoreUnavailable);
    server.faults.delayMs = 0;
    const again = await Promise.all(numbers.map(append));
    expect(again.map(({ revision }) => revision)).toEqual(numbers.map(() => 0n));
    const streams = (await all(store.readAll(null))).map(({ stream }) => stream);
    expect(streams.toSorted()).toEqual(numbers.map((n) => `s-${n}`).toSorted());
  });

  test('a subscription goes on after its connection was cut, without gap or repeat', async () => {
    await write(0, 3);
    const reader = new Reader(store, null);
    expect(await reader.take(3)).toEqual(written(0, 3));
    for (let round = 1; round < 4; round += 1) {
      await server.cut();
      await write(round * 3, round * 3 + 3);
      expect(await reader.take(3)).toEqual(written(round * 3, round * 3 + 3));
    }
    await reader.stop();
  });

  test('a subscription ends as unavailable when the server is gone for good', async () => {
    await write(0, 1);
    const reader = new Reader(store, null);
    expect(await reader.next()).toBe('e-0');
    const waiting = reader.next();
    server.stop();
    expect(await refusal(waiting)).toBe(StoreUnavailable);
  });

  test('a subscription that says nothing while the log grows is opened anew', async () => {
    await write(0, 1);
    const reader = new Reader(store, null);
    expect(await reader.next()).toBe('e-0');
    server.faults.silent = true;
    await write(1, 3);
    const waiting = reader.take(2);
    setTimeout(() => {
      server.faults.silent = false;
    }, 300);
    expect(await waiting).toEqual(['e-1', 'e-2']);
    await reader.stop();
  });

  test('a reader too slow for the live feed still gets everything', async () => {
    const reader = new Reader(store, null, 2);
    const one = reader.next();
    await write(0, 1);
    expect(await one).toBe('e-0');
    server.faults.slowConsumerLimit = 20;
    await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        store.append(`w-${n}`, null, [event(`w-${n}`, 'y'.repeat(10_000))]),
      ),
    );
    const seen = await reader.take(300);
    expect(new Set(seen)).toEqual(new Set(datas((await all(store.readAll(null))).slice(1))));
    expect(server.slowConsumers).toBeGreaterThan(0);
    await reader.stop();
  });

  test('a checkpoint from before a restored backup is a fault', async () => {
    await write(0, 9);
    const after = await store.lastPosition();
    server.log.restore(5);
    const { signal } = new AbortController();
    expect(await refusal(all(store.subscribeToAll({ after, signal })))).toBe(RangeError);
    expect(await store.lastPosition()).toBe((await all(store.readAll(null))).at(-1)?.position);
  });

  test('K4 an event that the server has lost is reported to readers of its stream and followers of the log, and to no others', async () => {
    await write(0, 3);
    await store.append('t', null, [event('t-0')]);
    const after = (await all(store.readStream('s')))[0]?.position ?? null;
    server.log.lose('s', 1n);
    const position = (await all(store.readStream('s', 2n)))[0]?.position;
    const reason = 'revision 2 comes where 1 is due: an event is missing';
    const damaged = new LogDamaged(position ?? null, 's', reason);
    for (const begin of [null, after]) {
      const reader = new Reader(store, begin);
      if (begin === null) expect(await reader.next()).toBe('e-0');
      await expect(reader.next()).rejects.toEqual(damaged);
    }
    await expect(all(store.readStream('s'))).rejects.toEqual(damaged);
    expect(datas(await all(store.readStream('t')))).toEqual(['t-0']);
    expect(await store.append('s', 2n, [event('e-3')])).toMatchObject({ revision: 3n });
  });

  test('a position inside a record is a fault, and no event', async () => {
    await write(0, 2);
    const inside = ((await all(store.readAll(null)))[0]?.position ?? 0n) + 1n;
    const { signal } = new AbortController();
    expect(await refusal(all(store.subscribeToAll({ after: inside, signal })))).toBe(RangeError);
    expect(await store.readAt(inside)).toBeNull();
  });

  test("the engine's own events are never seen, however many they are", async () => {
    await write(0, 1);
    for (let n = 0; n < 5_000; n += 1) server.log.writeSystemEvent();
    const last = await store.lastPosition();
    const reader = new Reader(store, last);
    const waiting = reader.next();
    await write(1, 2);
    expect(await waiting).toBe('e-1');
    await reader.stop();
    expect(datas(await all(store.readAll(null)))).toEqual(['e-0', 'e-1']);
    expect(last).toBe((await all(store.readStream('s')))[0]?.position);
  });

  test('several events that together are above the limit of one append never reach the client', async () => {
    const part = 'x'.repeat(400_000);
    const three = ['a', 'b', 'c'].map((name) => event(name, part));
    expect(await refusal(store.append('s', null, three))).toBe(EventTooLarge);
    expect(await store.append('s', null, three.slice(0, 2))).toMatchObject({ revision: 1n });
  });

  test('a second engine of the same process does not disturb the first', async () => {
    const other = await EventStoreDbServer.start();
    const copy = await openEventStoreDb(other.url, { timeLimitMs: TEST_WAIT_MS });
    await copy.append('s', null, [event('e-0')]);
    await store.append('s', null, [event('e-0')]);
    // Both are sending appends when the second engine goes down: through one client's stream for both, its error
    // would refuse the first engine's appends as well, and their answers would end the process.
    server.faults.delayMs = 200;
    other.freeze();
    const numbers = Array.from({ length: 5 }, (_, n) => n);
    const first = Promise.all(numbers.map((n) => store.append(`s-${n}`, null, [event(`s-${n}`)])));
    const gone = Promise.allSettled(numbers.map((n) => copy.append(`s-${n}`, null, [event(`s-${n}`)])));
    await sleep(50);
    other.stop();
    expect((await first).map(({ revision }) => revision)).toEqual(numbers.map(() => 0n));
    expect((await gone).map(({ status }) => status)).toEqual(numbers.map(() => 'rejected'));
    server.faults.delayMs = 0;
    await copy.close();
  });

  test('a cluster that cannot be discovered at first is found once it is there', async () => {
    const url = `esdb+discover://127.0.0.1:${server.port}?tls=false&maxDiscoverAttempts=1&gossipTimeout=1`;
    server.stop();
    const clustered = await openEventStoreDb(url, { timeLimitMs: TEST_WAIT_MS });
    expect(await refusal(clustered.append('s', null, [event('e-0')]))).toBe(StoreUnavailable);
    expect(await refusal(clustered.lastPosition())).toBe(StoreUnavailable);
    await server.start();
    expect(await clustered.append('s', null, [event('e-0')])).toMatchObject({ revision: 0n });
    expect(datas(await all(clustered.readStream('s')))).toEqual(['e-0']);
    await clustered.close();
  });
});
