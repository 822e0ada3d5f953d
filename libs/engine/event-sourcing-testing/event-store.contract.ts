import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type EventStore, EventTooLarge, InvalidAppend, MAX_EVENT_BYTES } from '#libs/engine/event-sourcing';
import {
  all,
  event,
  events,
  type EventStoreHarness,
  metadata,
  names,
  refusal,
  wrong,
} from './event-store.harness.js';
import { eventStoreIntegrityContract } from './event-store-integrity.contract.js';
import { eventStoreReadingContract } from './event-store-reading.contract.js';

/**
 * What every EventStore must do. An adapter's spec calls this once with a factory; there are no options, so no store
 * can be let off a part.
 */
export function eventStoreContract(name: string, open: () => Promise<EventStoreHarness>): void {
  eventStoreReadingContract(name, open);
  eventStoreIntegrityContract(name, open);

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

      test('writes all its events next to each other, or none', async () => {
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
      test('returns the first result and stores nothing, also after newer events and after reopening', async () => {
        const answer = await store.append('project-1', null, events('a', 2));
        expect(await store.append('project-1', null, events('a', 2))).toEqual(answer);
        const next = await store.append('project-1', 1n, events('b', 3));
        expect(await store.append('project-1', null, events('a', 2))).toEqual(answer);
        const reopened = await harness.reopen();
        expect(await reopened.append('project-1', null, events('a', 2))).toEqual(answer);
        expect(await reopened.append('project-1', 1n, events('b', 3))).toEqual(next);
        expect(names(await all(reopened.readAll(null)))).toEqual(['a-0', 'a-1', 'b-0', 'b-1', 'b-2']);
      });

      test('returns one result when both are sent together', async () => {
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
