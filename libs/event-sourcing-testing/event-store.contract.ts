import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type EventBatch,
  eventId,
  type EventStore,
  EventTooLarge,
  InvalidAppend,
  type Json,
  MAX_EVENT_BYTES,
  type NewEvent,
  type StoredEvent,
  WrongExpectedRevision,
} from '#libs/event-sourcing';

/** A store to test, empty at first. Whatever engine stands behind, the expectations are the same. */
export interface EventStoreHarness {
  readonly store: EventStore;
  /** Closes the store and opens it again on the same data; `store` is not used after that. */
  reopen(): Promise<EventStore>;
  /** One more store on the same data, as another process would open it. */
  second(): Promise<EventStore>;
  /** Closes everything that was opened and removes the data. */
  cleanup(): Promise<void>;
}

const metadata = {
  actor: { person: 'demo-reviewer', post: '科员', department: 'natural-resources', role: 'reviewer' },
  onBehalfOf: null,
  occurredAt: '2026-11-24T02:00:00.000Z',
  recordedAt: '2026-11-24T02:00:00.001Z',
  commandId: 'command-1',
  commandDigest: 'digest-1',
  correlationId: 'correlation-1',
  causationId: null,
  traceparent: null,
  calendarVersion: '2026.1',
  catalogueVersion: null,
} as const;

function event(name: string, data: Json = { name }, type = 'StepRecorded'): NewEvent {
  return { id: eventId(name, 0), type, version: 1, data, metadata };
}

function events(name: string, count: number): NewEvent[] {
  return Array.from({ length: count }, (_, index) => event(`${name}-${index}`));
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function first<Item>(items: AsyncIterable<Item>, count: number): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) if (list.push(item) === count) break;
  return list;
}

/** What a promise was rejected with, as a plain object, so that all fields can be compared at once. */
async function refusal(promise: Promise<unknown>): Promise<object> {
  try {
    return { answered: await promise };
  } catch (error) {
    return error instanceof Error ? { class: error.constructor, ...error } : { thrown: error };
  }
}

function wrong(stream: string, expected: bigint | null, actual: bigint | null): object {
  return { class: WrongExpectedRevision, name: 'WrongExpectedRevision', stream, expected, actual };
}

const names = (list: readonly StoredEvent[]): unknown[] =>
  list.map(({ data }) => (data as { name: string }).name);

/** Reads deliveries until so many events have come; the signal then ends the subscription. */
async function follow(store: EventStore, after: bigint | null, count: number): Promise<StoredEvent[]> {
  const stop = new AbortController();
  const seen: StoredEvent[] = [];
  for await (const batch of store.subscribeToAll({ after, signal: stop.signal })) {
    seen.push(...batch.events);
    if (seen.length >= count) stop.abort();
  }
  return seen;
}

/**
 * What every EventStore must do. An adapter's spec calls this once with a factory; there are no options, so no store
 * can be let off a part.
 */
export function eventStoreContract(name: string, open: () => Promise<EventStoreHarness>): void {
  describe(`EventStore contract: ${name}`, () => {
    let harness: EventStoreHarness;
    let store: EventStore;
    beforeEach(async () => {
      harness = await open();
      store = harness.store;
    });
    afterEach(() => harness.cleanup());

    describe('append', () => {
      test('to an absent stream starts at revision 0n and counts on', async () => {
        const one = await store.append('project-1', null, events('a', 2));
        const two = await store.append('project-1', 1n, events('b', 1));
        const read = await all(store.readStream('project-1'));
        expect([one.revision, two.revision]).toEqual([1n, 2n]);
        expect(read.map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
        expect([one.position, two.position]).toEqual([read[1]?.position, read[2]?.position]);
      });

      test('is refused where the stream is not what was expected, with what was found', async () => {
        await store.append('project-1', null, events('a', 2));
        expect(await refusal(store.append('project-1', null, events('b', 1)))).toEqual(
          wrong('project-1', null, 1n),
        );
        expect(await refusal(store.append('project-1', 0n, events('b', 1)))).toEqual(
          wrong('project-1', 0n, 1n),
        );
        expect(await refusal(store.append('project-1', 7n, events('b', 1)))).toEqual(
          wrong('project-1', 7n, 1n),
        );
        expect(await refusal(store.append('project-2', 0n, events('b', 1)))).toEqual(
          wrong('project-2', 0n, null),
        );
        expect(names(await all(store.readAll(null)))).toEqual(['a-0', 'a-1']);
      });

      test('writes all its events side by side, or none', async () => {
        await Promise.all(
          Array.from({ length: 20 }, (_, n) => store.append(`s-${n}`, null, events(`s-${n}`, 3))),
        );
        const log = names(await all(store.readAll(null)));
        const groups = Array.from({ length: 20 }, (_, n) => log.slice(3 * n, 3 * n + 3));
        expect(groups.map((group) => group.map((entry) => String(entry).replace(/^s-\d+/, '')))).toEqual(
          Array.from({ length: 20 }, () => ['-0', '-1', '-2']),
        );
        expect(
          groups.every((group) => new Set(group.map((entry) => String(entry).slice(0, -2))).size === 1),
        ).toBe(true);
      });

      test('of two writers at once lets exactly one win, in one process and in two', async () => {
        const other = await harness.second();
        for (let round = 0; round < 20; round += 1) {
          const stream = `race-${round}`;
          const answers = await Promise.allSettled([
            store.append(stream, null, events(`${stream}-a`, 1)),
            store.append(stream, null, events(`${stream}-b`, 1)),
            other.append(stream, null, events(`${stream}-c`, 1)),
          ]);
          const lost = answers.flatMap((answer) =>
            answer.status === 'rejected' ? [answer.reason as object] : [],
          );
          expect(lost.map((error) => ({ class: error.constructor, ...error }))).toEqual([
            wrong(stream, null, 0n),
            wrong(stream, null, 0n),
          ]);
          expect(await all(store.readStream(stream))).toHaveLength(1);
        }
      });

      test('from two processes to many streams leaves no gap and loses nothing', async () => {
        const other = await harness.second();
        const write = async (target: EventStore, writer: string): Promise<void> => {
          for (let revision = -1; revision < 19; revision += 1) {
            await target.append(writer, revision < 0 ? null : BigInt(revision), [
              event(`${writer}-${revision + 1}`),
            ]);
          }
        };
        const writers = Array.from({ length: 10 }, (_, n) => write(n % 2 === 0 ? store : other, `w-${n}`));
        await Promise.all(writers);
        for (let n = 0; n < 10; n += 1) {
          const read = await all(other.readStream(`w-${n}`));
          expect(names(read)).toEqual(Array.from({ length: 20 }, (_, index) => `w-${n}-${index}`));
          expect(read.map(({ revision }) => revision)).toEqual(
            Array.from({ length: 20 }, (_, index) => BigInt(index)),
          );
        }
        expect(await all(store.readAll(null))).toHaveLength(200);
      });
    });

    describe('the same append again', () => {
      test('gives the first answer and stores nothing, also after newer events and after reopening', async () => {
        const answer = await store.append('project-1', null, events('a', 2));
        expect(await store.append('project-1', null, events('a', 2))).toEqual(answer);
        const next = await store.append('project-1', 1n, events('b', 3));
        expect(await store.append('project-1', null, events('a', 2))).toEqual(answer);
        const reopened = await harness.reopen();
        expect(await reopened.append('project-1', null, events('a', 2))).toEqual(answer);
        expect(await reopened.append('project-1', 1n, events('b', 3))).toEqual(next);
        expect(names(await all(reopened.readAll(null)))).toEqual(['a-0', 'a-1', 'b-0', 'b-1', 'b-2']);
      });

      test('gives one answer when both are on their way together', async () => {
        const [one, two] = await Promise.all([
          store.append('project-1', null, events('a', 2)),
          store.append('project-1', null, events('a', 2)),
        ]);
        expect(two).toEqual(one);
        expect(await all(store.readAll(null))).toHaveLength(2);
      });

      test('is another append when the expected revision or one of the ids differs', async () => {
        await store.append('project-1', null, events('a', 3));
        const [a0, , a2] = events('a', 3);
        if (!a0 || !a2) throw new Error('three events were made');
        expect(await refusal(store.append('project-1', 0n, events('a', 3)))).toEqual(
          wrong('project-1', 0n, 2n),
        );
        expect(await refusal(store.append('project-1', null, [a0, a2]))).toEqual(
          wrong('project-1', null, 2n),
        );
        expect(await refusal(store.append('project-1', 1n, [a2, event('new')]))).toEqual(
          wrong('project-1', 1n, 2n),
        );
        expect(await refusal(store.append('project-1', null, [event('new')]))).toEqual(
          wrong('project-1', null, 2n),
        );
        expect(await refusal(store.append('project-1', null, events('a', 4)))).toEqual(
          wrong('project-1', null, 2n),
        );
      });

      test('to another stream is stored there too', async () => {
        await store.append('project-1', null, events('a', 1));
        expect((await store.append('project-2', null, events('a', 1))).revision).toBe(0n);
        expect(await all(store.readAll(null))).toHaveLength(2);
      });
    });

    describe('what comes back', () => {
      test('equals what was written, of every kind of JSON', async () => {
        const data = {
          text: '本溪满族自治县 "引号" \\ \n\t\u0000 🏗️ \u2028 é',
          numbers: [0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER],
          nested: { deep: { deeper: [[], {}, [null, true, false, '']] } },
          '': 'an empty key',
          __proto: null,
        };
        const written = { ...event('a', data, '材料已补正'), version: 3 };
        const { position } = await store.append('application-本溪-1', null, [written]);
        expect(await all(store.readStream('application-本溪-1'))).toStrictEqual([
          { ...written, stream: 'application-本溪-1', revision: 0n, position },
        ]);
      });

      test('equals what was written when an event is almost as large as allowed', async () => {
        const written = event('large', { text: '县'.repeat(300_000), name: 'large' });
        await store.append('project-1', null, [written, event('small')]);
        const read = await all(store.readStream('project-1'));
        expect(read.map(({ data }) => data)).toEqual([written.data, { name: 'small' }]);
        expect(await store.readAt(read[0]?.position ?? -1n)).toEqual(read[0]);
      });

      test('does not depend on the writer, who may change the data afterwards', async () => {
        const data = { name: 'before' };
        const pending = store.append('project-1', null, [event('a', data)]);
        data.name = 'after';
        await pending;
        expect(names(await all(store.readAll(null)))).toEqual(['before']);
      });
    });

    describe('refused before anything is stored', () => {
      test('an event above the limit, one at the limit not', async () => {
        const room =
          MAX_EVENT_BYTES - Buffer.byteLength(JSON.stringify(metadata)) - Buffer.byteLength('"县"');
        const stream = 'project-1';
        const fits = `${'x'.repeat(room)}县`;
        expect(await refusal(store.append(stream, null, [event('ok'), event('big', `${fits}x`)]))).toEqual({
          class: EventTooLarge,
          name: 'EventTooLarge',
          stream,
          bytes: MAX_EVENT_BYTES + 1,
          limit: MAX_EVENT_BYTES,
        });
        expect(await all(store.readAll(null))).toEqual([]);
        expect((await store.append(stream, null, [event('big', fits)])).revision).toBe(0n);
      });

      test.each([
        ['no events', 'project-1', []],
        ['an id that is no UUID', 'project-1', [{ ...event('a'), id: 'a' }]],
        ['an empty type', 'project-1', [{ ...event('a'), type: '' }]],
        ['an empty stream name', '', [event('a')]],
        ['a stream name of the engine', '$all', [event('a')]],
        ['a stream name that is too long', 's'.repeat(1_001), [event('a')]],
        ['a stream name that is too long in bytes', '县'.repeat(334), [event('a')]],
        ['a stream name with a control character', 'project\u0000', [event('a')]],
        ['a stream name with half a character', 'project-\ud83c', [event('a')]],
      ])('%s', async (_, stream, list) => {
        expect(await refusal(store.append(stream, null, list))).toEqual({
          class: InvalidAppend,
          name: 'InvalidAppend',
        });
        expect(await store.lastPosition()).toBeNull();
      });

      test('but the longest stream name is taken', async () => {
        const stream = `${'县'.repeat(333)}x`;
        await store.append(stream, null, events('a', 1));
        expect((await all(store.readStream(stream))).map((read) => read.stream)).toEqual([stream]);
      });
    });

    describe('reading', () => {
      test('an absent stream and an empty log yield nothing', async () => {
        expect(await all(store.readStream('project-1'))).toEqual([]);
        expect(await all(store.readAll(null))).toEqual([]);
        expect(await store.lastPosition()).toBeNull();
        expect(await store.readAt(0n)).toBeNull();
      });

      test('a stream from a revision on, past its end nothing, and no stream whose name only begins alike', async () => {
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

    test('everything is there after reopening', async () => {
      for (let n = 0; n < 5; n += 1)
        await store.append('project-1', n === 0 ? null : BigInt(n - 1), events(`a-${n}`, 1));
      const log = await all(store.readAll(null));
      const reopened = await harness.reopen();
      expect(await all(reopened.readAll(null))).toEqual(log);
      expect(await all(reopened.readStream('project-1'))).toEqual(log);
      expect(await reopened.append('project-1', 4n, events('b', 1))).toMatchObject({ revision: 5n });
    });

    test('closing finishes what was accepted', async () => {
      const pending = Promise.all(
        Array.from({ length: 30 }, (_, n) => store.append(`s-${n}`, null, events(`s-${n}`, 1))),
      );
      const reopened = await harness.reopen();
      expect((await pending).map(({ revision }) => revision)).toEqual(Array.from({ length: 30 }, () => 0n));
      expect(await all(reopened.readAll(null))).toHaveLength(30);
    });
  });
}
