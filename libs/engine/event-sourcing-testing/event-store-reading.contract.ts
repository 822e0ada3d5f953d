import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventBatch, type EventStore, type StoredEvent } from '#libs/engine/event-sourcing';
import {
  all,
  event,
  events,
  type EventStoreHarness,
  first,
  follow,
  names,
  refusal,
} from './event-store.harness.js';

/** The part of the contract that is about reading and following; `eventStoreContract` calls it. */
export function eventStoreReadingContract(name: string, open: () => Promise<EventStoreHarness>): void {
  describe(`EventStore contract: ${name}: reading`, () => {
    let harness: EventStoreHarness;
    let store: EventStore;
    beforeEach(async () => {
      harness = await open();
      store = harness.store;
    });
    afterEach(() => harness.cleanup());

    describe('reading', () => {
      test('an absent stream and an empty log yield nothing', async () => {
        expect(await all(store.readStream('project-1'))).toEqual([]);
        expect(await all(store.readAll(null))).toEqual([]);
        expect(await store.lastPosition()).toBeNull();
        expect(await store.readAt(0n)).toBeNull();
      });

      test('a stream from a revision on, nothing past its end, and no stream whose name only has the same beginning', async () => {
        await store.append('project-1', null, events('a', 3));
        await store.append('project-11', null, events('b', 1));
        await store.append('project-1', 2n, events('c', 2));
        expect(names(await all(store.readStream('project-1')))).toEqual(['a-0', 'a-1', 'a-2', 'c-0', 'c-1']);
        expect(names(await all(store.readStream('project-1', 1n)))).toEqual(['a-1', 'a-2', 'c-0', 'c-1']);
        expect(names(await all(store.readStream('project-1', 3n)))).toEqual(['c-0', 'c-1']);
        expect(names(await all(store.readStream('project-1', 5n)))).toEqual([]);
        expect(names(await all(store.readStream('project-1', 99n)))).toEqual([]);
      });

      test('the log after any position, without gap or repeat', async () => {
        for (let n = 0; n < 6; n += 1) await store.append(`s-${n}`, null, events(`s-${n}`, 2));
        const log = await all(store.readAll(null));
        const positions = log.map(({ position }) => position);
        expect(positions).toEqual([...positions].sort((one, other) => (one < other ? -1 : 1)));
        expect(new Set(positions).size).toBe(12);
        expect(positions.every((position) => typeof position === 'bigint' && position >= 0n)).toBe(true);
        for (const [index, { position }] of log.entries()) {
          expect(await all(store.readAll(position))).toEqual(log.slice(index + 1));
          expect(await store.readAt(position)).toEqual(log[index]);
        }
        expect(await store.lastPosition()).toBe(positions.at(-1));
        expect(await store.readAt((positions.at(-1) ?? 0n) + 1_000n)).toBeNull();
      });

      test('the log up to its end at the time of the call', async () => {
        await store.append('project-1', null, events('a', 2));
        const reading = store.readAll(null);
        await store.append('project-1', 1n, events('b', 2));
        expect(names(await all(reading))).toEqual(['a-0', 'a-1']);
      });

      test('only what the filter lets through', async () => {
        await store.append('project-1', null, [
          event('p1', { name: 'p1' }, 'Opened'),
          event('p2', { name: 'p2' }, 'Closed'),
        ]);
        await store.append('application-1', null, [event('q', { name: 'q' }, 'Opened')]);
        await store.append('matter-"1"', null, [event('m', { name: 'm' }, 'Closed')]);
        const read = async (filter: object): Promise<unknown[]> =>
          names(await all(store.readAll(null, filter)));
        expect(await read({})).toEqual(['p1', 'p2', 'q', 'm']);
        expect(await read({ streamPrefixes: ['project-'] })).toEqual(['p1', 'p2']);
        expect(await read({ streamPrefixes: ['application-', 'matter-"'] })).toEqual(['q', 'm']);
        expect(await read({ types: ['Opened'] })).toEqual(['p1', 'q']);
        expect(await read({ streamPrefixes: ['project-', 'matter-'], types: ['Closed'] })).toEqual([
          'p2',
          'm',
        ]);
        expect(await read({ types: ['Absent'] })).toEqual([]);
      });

      test('20,000 events, or the first of them, whichever is asked for', async () => {
        const big = Array.from({ length: 20 }, (_, n) => events(`n-${n}`, 1_000));
        for (const [n, list] of big.entries())
          await store.append('project-1', n === 0 ? null : BigInt(n * 1000 - 1), list);
        expect(names(await first(store.readAll(null), 2))).toEqual(['n-0-0', 'n-0-1']);
        expect(names(await first(store.readStream('project-1', 19_998n), 1))).toEqual(['n-19-998']);
        let count = 0;
        for await (const { revision } of store.readAll(null)) {
          if (revision !== BigInt(count)) throw new Error(`revision ${revision} where ${count} was to come`);
          count += 1;
        }
        expect(count).toBe(20_000);
        let inStream = 0;
        for await (const { revision } of store.readStream('project-1')) {
          if (revision !== BigInt(inStream))
            throw new Error(`revision ${revision} where ${inStream} was to come`);
          inStream += 1;
        }
        expect(inStream).toBe(20_000);
      });
    });

    describe('a subscription', () => {
      test('catches up, then goes on live, without gap or repeat under concurrent writers', async () => {
        const write = async (writer: number, from: number, to: number): Promise<void> => {
          for (let n = from; n < to; n += 1) {
            await store.append(`w-${writer}`, n === 0 ? null : BigInt(n - 1), [event(`w-${writer}-${n}`)]);
          }
        };
        const writers = Array.from({ length: 8 }, (_, writer) => writer);
        await Promise.all(writers.map((writer) => write(writer, 0, 20)));
        const following = follow(store, null, 8 * 60);
        await Promise.all(writers.map((writer) => write(writer, 20, 60)));
        const seen = await following;
        expect(seen).toEqual(await all(store.readAll(null)));
        expect(seen).toHaveLength(480);
      });

      test('resumes after a position', async () => {
        await store.append('project-1', null, events('a', 10));
        const log = await all(store.readAll(null));
        expect(await follow(store, log[3]?.position ?? null, 6)).toEqual(log.slice(4));
      });

      test('sees what another process appends', async () => {
        const other = await harness.second();
        await store.append('project-1', null, events('a', 1));
        const following = follow(other, null, 3);
        await store.append('project-1', 0n, events('b', 1));
        await store.append('project-1', 1n, events('c', 1));
        expect(names(await following)).toEqual(['a-0', 'b-0', 'c-0']);
      });

      test('says that it has caught up, also where there was nothing to read', async () => {
        await store.append('project-1', null, events('a', 5));
        const last = await store.lastPosition();
        const stop = new AbortController();
        const batches: EventBatch[] = [];
        for await (const batch of store.subscribeToAll({ after: null, signal: stop.signal, batchSize: 2 })) {
          batches.push(batch);
          if (batch.caughtUp) stop.abort();
        }
        expect(batches.flatMap((batch) => names(batch.events))).toEqual(['a-0', 'a-1', 'a-2', 'a-3', 'a-4']);
        expect(batches.every(({ events: list }) => list.length <= 2)).toBe(true);
        expect(batches.at(-1)).toMatchObject({ position: last, caughtUp: true });
        expect(
          await first(store.subscribeToAll({ after: last, signal: new AbortController().signal }), 1),
        ).toEqual([{ events: [], position: last, caughtUp: true }]);
      });

      test('reports progress over what the filter leaves out', async () => {
        await store.append('project-1', null, events('a', 2));
        await store.append('application-1', null, events('b', 3));
        const last = await store.lastPosition();
        const stop = new AbortController();
        const seen: StoredEvent[] = [];
        let position: bigint | null = null;
        const filter = { streamPrefixes: ['project-'] };
        for await (const batch of store.subscribeToAll({ after: null, signal: stop.signal, filter })) {
          seen.push(...batch.events);
          position = batch.position;
          if (position === last) stop.abort();
        }
        expect(names(seen)).toEqual(['a-0', 'a-1']);
        expect(position).toBe(last);
      });

      test('waits for its consumer: nothing is read ahead of what is asked for', async () => {
        await store.append('project-1', null, events('a', 3));
        const stop = new AbortController();
        const subscription = store.subscribeToAll({ after: null, signal: stop.signal, batchSize: 2 });
        const batches = subscription[Symbol.asyncIterator]();
        const one = await batches.next();
        await store.append('project-1', 2n, events('b', 3));
        const two = await batches.next();
        const three = await batches.next();
        stop.abort();
        const rest = await batches.next();
        const read = [one, two, three].map((result) => (result.done ? [] : names(result.value.events)));
        // The second batch was read after the second append: had it been read ahead, it would hold a-2 alone.
        expect(read).toEqual([
          ['a-0', 'a-1'],
          ['a-2', 'b-0'],
          ['b-1', 'b-2'],
        ]);
        expect(rest.done).toBe(true);
      });

      test('ends quietly by its signal: before it begins, while it waits, and again', async () => {
        const stop = new AbortController();
        const batches = store.subscribeToAll({ after: null, signal: stop.signal })[Symbol.asyncIterator]();
        const waiting = batches.next();
        setTimeout(() => {
          stop.abort();
        }, 20);
        expect(await waiting).toEqual({ done: true, value: undefined });
        expect(await all(store.subscribeToAll({ after: null, signal: stop.signal }))).toEqual([]);
        expect(await store.append('project-1', null, events('a', 1))).toMatchObject({ revision: 0n });
      });

      test('from beyond the end of the log is a fault, not silence', async () => {
        await store.append('project-1', null, events('a', 1));
        const after = ((await store.lastPosition()) ?? 0n) + 1_000n;
        const waiting = all(store.subscribeToAll({ after, signal: new AbortController().signal }));
        expect(await refusal(waiting)).toEqual({ class: RangeError });
      });
    });
  });
}
