import { describe, expect, test } from '@jest/globals';
import { commandDigest } from './command-digest.js';
import { DeciderRunner, type DeciderRunnerOptions } from './decider-runner.js';
import {
  CommandIdReused,
  EventTooLarge,
  RuleViolation,
  StaleRevision,
  StoreUnavailable,
  WrongExpectedRevision,
} from './errors.js';
import { type CounterCommand, counterDecider, meta } from './testing/counter.js';
import { SpecEventStore } from './testing/spec-stores.js';
import { Upcasters } from './upcasters.js';

const open = (id = 'open', overrides = {}): CounterCommand => ({
  type: 'Open',
  counter: 'c1',
  group: 'g',
  meta: meta(id, overrides),
});
const raise = (id: string, by: readonly number[], overrides = {}): CounterCommand => ({
  type: 'Raise',
  counter: 'c1',
  by,
  meta: meta(id, overrides),
});
const close = (id: string): CounterCommand => ({ type: 'Close', counter: 'c1', meta: meta(id) });

function setUp(options: DeciderRunnerOptions = {}) {
  const store = new SpecEventStore();
  const runner = () => new DeciderRunner(store, counterDecider, { backOffMs: 1, ...options });
  return { store, runner: runner(), another: runner() };
}

describe('a command', () => {
  test('becomes events that carry everything known about it', async () => {
    const { store, runner } = setUp({
      versions: () => ({ calendarVersion: '2026.1', catalogueVersion: '7' }),
    });
    await runner.run('counter-1', open());
    const command = raise('raise', [2, 3]);
    expect(await runner.run('counter-1', command)).toStrictEqual({
      stream: 'counter-1',
      revision: 2n,
      position: 20n,
      replayed: false,
    });
    const { actor, onBehalfOf, occurredAt, now, correlationId, causationId, traceparent } = command.meta;
    const metadata = {
      actor,
      onBehalfOf,
      occurredAt,
      recordedAt: now,
      commandId: 'raise',
      commandDigest: commandDigest(command),
      correlationId,
      causationId,
      traceparent,
      calendarVersion: '2026.1',
      catalogueVersion: '7',
    };
    const uuid: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(store.events.slice(1)).toStrictEqual([
      {
        id: uuid,
        stream: 'counter-1',
        revision: 1n,
        position: 10n,
        type: 'CounterRaised',
        version: 1,
        data: { counter: 'c1', by: 2 },
        metadata,
      },
      {
        id: uuid,
        stream: 'counter-1',
        revision: 2n,
        position: 20n,
        type: 'CounterRaised',
        version: 1,
        data: { counter: 'c1', by: 3 },
        metadata,
      },
    ]);
    expect(new Set(store.events.map(({ id }) => id)).size).toBe(3);
  });

  test('on a remembered stream reads nothing', async () => {
    const { store, runner } = setUp();
    await runner.run('counter-1', open());
    for (let round = 0; round < 5; round++) await runner.run('counter-1', raise(`raise-${round}`, [1]));
    expect(store.streamReads).toBe(1);
    expect(await runner.load('counter-1')).toStrictEqual({
      state: { at: 'open', total: 5, raised: 5 },
      revision: 5n,
      position: 50n,
    });
  });

  test('on a forgotten stream is decided on the events read back', async () => {
    const { store, runner } = setUp({ cacheSize: 1 });
    await runner.run('counter-1', open());
    await runner.run('counter-2', open());
    await runner.run('counter-1', raise('raise', [4]));
    expect(store.streamReads).toBe(3);
    expect(await runner.load('counter-1')).toStrictEqual({
      state: { at: 'open', total: 4, raised: 1 },
      revision: 1n,
      position: 20n,
    });
  });

  test('with nothing to do answers where the stream stands, and says so when there is none', async () => {
    const { store, runner } = setUp();
    await expect(runner.run('counter-1', raise('early', []))).rejects.toThrow(
      new RuleViolation('stream-absent', { stream: 'counter-1' }, 'absent'),
    );
    await runner.run('counter-1', open());
    expect(await runner.run('counter-1', raise('none', []))).toStrictEqual({
      stream: 'counter-1',
      revision: 0n,
      position: 0n,
      replayed: false,
    });
    expect(store.events.length).toBe(1);
  });

  test('that is refused leaves nothing, and what it throws comes out as it is', async () => {
    const { store, runner } = setUp();
    await expect(runner.run('counter-1', raise('early', [1]))).rejects.toThrow(
      new RuleViolation('counter-not-open', { counter: 'c1' }),
    );
    expect(store.appends).toEqual([]);
    store.beforeAppend = () => {
      throw new EventTooLarge('counter-1', 1_000_001, 1_000_000);
    };
    await expect(runner.run('counter-1', open())).rejects.toThrow(EventTooLarge);
    expect(store.appends.length).toBe(1);
  });

  test('whose event cannot be folded is not stored', async () => {
    const store = new SpecEventStore();
    const broken = {
      ...counterDecider,
      evolve: () => {
        throw new Error('cannot fold');
      },
    };
    const runner = new DeciderRunner(store, broken);
    await expect(runner.run('counter-1', open())).rejects.toThrow('cannot fold');
    expect(store.appends).toEqual([]);
  });
});

describe('a repeated command', () => {
  test('gets the first receipt, by the same runner and by another', async () => {
    const { store, runner, another } = setUp();
    await runner.run('counter-1', open());
    const first = await runner.run('counter-1', raise('raise', [1, 2]));
    await runner.run('counter-1', raise('more', [5]));
    const again = raise('raise', [1, 2], { now: '2026-12-01T00:00:00.000Z', expectedRevision: 0n });
    const expected = { ...first, replayed: true };
    expect(await runner.run('counter-1', again)).toStrictEqual(expected);
    expect(await another.run('counter-1', again)).toStrictEqual(expected);
    expect(store.events.length).toBe(4);
  });

  test('with another content is no repetition', async () => {
    const { runner, another } = setUp();
    await runner.run('counter-1', open());
    await runner.run('counter-1', raise('raise', [1]));
    const reused = new CommandIdReused('raise', 'counter-1');
    await expect(runner.run('counter-1', raise('raise', [2]))).rejects.toThrow(reused);
    await expect(another.run('counter-1', close('raise'))).rejects.toThrow(reused);
  });

  test('is found even where this process remembers the stream from before it', async () => {
    const { store, runner, another } = setUp();
    await runner.run('counter-1', open());
    await another.load('counter-1');
    const first = await runner.run('counter-1', raise('raise', [1]));
    const laterOn = { now: '2026-12-01T00:00:00.000Z' };
    expect(await another.run('counter-1', raise('raise', [1], laterOn))).toStrictEqual({
      ...first,
      replayed: true,
    });
    await runner.run('counter-1', raise('second', [1]));
    await expect(another.run('counter-1', raise('second', [7]))).rejects.toThrow(CommandIdReused);
    expect(store.events.length).toBe(3);
  });

  test('may have looked up something else meanwhile', async () => {
    const { runner } = setUp({ lookedUp: ['group'] });
    const first = await runner.run('counter-1', open());
    const again: CounterCommand = { type: 'Open', counter: 'c1', group: 'other', meta: meta('open') };
    expect(await runner.run('counter-1', again)).toStrictEqual({ ...first, replayed: true });
  });
});

describe('another process', () => {
  test('wrote first: the command is decided again on what is there now', async () => {
    const { store, runner, another } = setUp();
    await runner.run('counter-1', open());
    await another.run('counter-1', raise('theirs', [10]));
    expect(await runner.run('counter-1', raise('ours', [1]))).toStrictEqual({
      stream: 'counter-1',
      revision: 2n,
      position: 20n,
      replayed: false,
    });
    expect(store.appends.map(({ expected }) => expected)).toEqual([null, 0n, 0n, 1n]);
    expect((await runner.load('counter-1')).state).toEqual({ at: 'open', total: 11, raised: 2 });
    expect((await another.load('counter-1')).state).toEqual({ at: 'open', total: 11, raised: 2 });
  });

  test('allowed meanwhile what would be refused on the remembered state', async () => {
    const { runner, another } = setUp();
    await runner.run('counter-1', open());
    await runner.run('counter-1', close('close'));
    expect((await another.load('counter-2')).state).toEqual({ at: 'nothing' });
    await another.load('counter-1');
    await expect(another.run('counter-1', open('again'))).rejects.toThrow(RuleViolation);
    await runner.run('counter-3', open());
    await another.load('counter-3');
    await runner.run('counter-3', raise('raise', [1]));
    const pinned = raise('pinned', [1], { expectedRevision: 1n });
    expect((await another.run('counter-3', pinned)).revision).toBe(2n);
  });

  test('always wins: the command gives up', async () => {
    const { store, runner } = setUp({ attempts: 3 });
    await runner.run('counter-1', open());
    store.beforeAppend = () => {
      throw new WrongExpectedRevision('counter-1', 0n, 5n);
    };
    await expect(runner.run('counter-1', raise('raise', [1]))).rejects.toThrow(WrongExpectedRevision);
    expect(store.appends.length).toBe(4);
  });
});

describe('a pinned revision', () => {
  test('that is the stream’s lets the command through', async () => {
    const { runner } = setUp();
    await runner.run('counter-1', open());
    expect((await runner.run('counter-1', raise('raise', [1], { expectedRevision: 0n }))).revision).toBe(1n);
  });

  test('that is not is stale before any rule is asked', async () => {
    const { runner } = setUp();
    await runner.run('counter-1', open());
    await runner.run('counter-1', close('close'));
    const stale = raise('raise', [1], { expectedRevision: 0n });
    await expect(runner.run('counter-1', stale)).rejects.toThrow(new StaleRevision('counter-1', 0n, 1n));
    await expect(runner.run('counter-9', stale)).rejects.toThrow(new StaleRevision('counter-9', 0n, null));
  });

  test('lost to another process is stale, not decided again', async () => {
    const { store, runner, another } = setUp();
    await runner.run('counter-1', open());
    await another.run('counter-1', raise('theirs', [1]));
    const pinned = raise('ours', [1], { expectedRevision: 0n });
    await expect(runner.run('counter-1', pinned)).rejects.toThrow(new StaleRevision('counter-1', 0n, 1n));
    expect(store.events.length).toBe(2);
  });
});

describe('an unavailable store', () => {
  const away = new StoreUnavailable('spec', 'away');

  test('gets the same append again: same ids, same expected revision, stored once', async () => {
    const { store, runner } = setUp();
    await runner.run('counter-1', open());
    let failures = 2;
    store.afterAppend = () => {
      if (failures-- > 0) throw away;
    };
    expect(await runner.run('counter-1', raise('raise', [1, 2]))).toStrictEqual({
      stream: 'counter-1',
      revision: 2n,
      position: 20n,
      replayed: false,
    });
    const [, first, second] = store.appends;
    expect(store.appends.length).toBe(3);
    expect(second).toEqual(first);
    expect(store.events.length).toBe(3);
    expect((await runner.load('counter-1')).state).toEqual({ at: 'open', total: 3, raised: 2 });
  });

  test('that stays away is told; the command may be sent again and is not done twice', async () => {
    const { store, runner } = setUp({ attempts: 3 });
    await runner.run('counter-1', open());
    const fail = () => {
      throw away;
    };
    store.afterAppend = () => {
      store.beforeAppend = fail;
      fail();
    };
    await expect(runner.run('counter-1', raise('raise', [1]))).rejects.toThrow(away);
    expect(store.appends.length).toBe(4);
    store.beforeAppend = () => undefined;
    store.afterAppend = () => undefined;
    expect(
      await runner.run('counter-1', raise('raise', [1], { now: '2026-12-01T00:00:00.000Z' })),
    ).toStrictEqual({
      stream: 'counter-1',
      revision: 1n,
      position: 10n,
      replayed: true,
    });
    expect(store.events.length).toBe(2);
  });
});

describe('64 commands at once', () => {
  const many = Array.from({ length: 64 }, (_, index) => index);

  test('on one stream run in the order they came, without a conflict', async () => {
    const { store, runner } = setUp();
    const [first, ...raises] = await Promise.all([
      runner.run('counter-1', open()),
      ...many.map((index) => runner.run('counter-1', raise(`raise-${index}`, [index]))),
    ]);
    expect(first?.revision).toBe(0n);
    expect(raises.map(({ revision }) => revision)).toEqual(many.map((index) => BigInt(index + 1)));
    expect(store.appends.length).toBe(65);
    expect(store.events.map(({ revision }) => revision)).toEqual([...many.map(BigInt), 64n]);
  });

  test('a refused one in between does not hold up the others', async () => {
    const { runner } = setUp();
    const outcomes = await Promise.allSettled([
      runner.run('counter-1', raise('early', [1])),
      runner.run('counter-1', open()),
      runner.run('counter-1', open('again')),
      runner.run('counter-1', raise('raise', [1])),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
  });

  test('the same one 64 times is done once', async () => {
    const { store, runner } = setUp();
    await runner.run('counter-1', open());
    const receipts = await Promise.all(many.map(() => runner.run('counter-1', raise('raise', [1]))));
    expect(receipts.filter(({ replayed }) => !replayed).length).toBe(1);
    expect(new Set(receipts.map(({ revision }) => revision))).toEqual(new Set([1n]));
    expect(store.events.length).toBe(2);
  });

  test('on 64 streams are in the store together', async () => {
    const { store, runner } = setUp();
    let inFlight = 0;
    let most = 0;
    const append = store.append.bind(store);
    store.append = async (...args) => {
      most = Math.max(most, ++inFlight);
      return append(...args).finally(() => inFlight--);
    };
    const receipts = await Promise.all(
      many.map((index) => runner.run(`counter-${index}`, open(`open-${index}`))),
    );
    expect(receipts.every(({ revision, replayed }) => revision === 0n && !replayed)).toBe(true);
    expect(most).toBe(64);
  });

  test('by two processes on one stream are all done, once each', async () => {
    const { store, runner, another } = setUp({ attempts: 100 });
    await runner.run('counter-1', open());
    await Promise.all(
      many.flatMap((index) => [
        runner.run('counter-1', raise(`a-${index}`, [1])),
        another.run('counter-1', raise(`b-${index}`, [1])),
      ]),
    );
    expect(store.events.length).toBe(129);
    expect(new Set(store.events.map(({ metadata }) => metadata.commandId)).size).toBe(129);
    expect((await runner.load('counter-1')).state).toEqual({ at: 'open', total: 128, raised: 128 });
    expect((await another.load('counter-1')).state).toEqual({ at: 'open', total: 128, raised: 128 });
  });
});

test('old events are read through upcasters', async () => {
  const store = new SpecEventStore();
  const writer = new DeciderRunner(store, counterDecider);
  await writer.run('counter-1', open());
  await writer.run('counter-1', raise('raise', [3]));
  const doubled = new Upcasters([
    {
      type: 'CounterRaised',
      from: 1,
      upcast: ({ data }) => ({ ...(data as object), by: (data as { by: number }).by * 2 }),
    },
  ]);
  const reader = new DeciderRunner(store, counterDecider, { upcasters: doubled });
  expect((await reader.load('counter-1')).state).toEqual({ at: 'open', total: 6, raised: 1 });
});
