import { describe, expect, test } from '@jest/globals';
import { commandDigest } from './command-digest.js';
import { DeciderRunner } from './decider-runner.js';
import { CommandIdReused, EventTooLarge, RuleViolation } from '../log/errors.js';
import { type CounterCommand, counterDecider, meta, newEvent } from '../testing/counter.js';
import { close, open, raise, setUp } from '../testing/runner-harness.js';
import { SpecEventStore } from '../testing/spec-stores.js';
import { Upcasters } from '../log/upcasters.js';

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

  test('with nothing to do returns the stream’s revision, and null when there is no stream', async () => {
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

  test('with another content is not a repetition', async () => {
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

  test('that was stored before a field was digested is known without it', async () => {
    const { store, runner } = setUp({ formerlyNotDigested: ['group'] });
    const former: Omit<CounterCommand & { type: 'Open' }, 'group'> = {
      ...{ type: 'Open', counter: 'c1' },
      meta: meta('open'),
    };
    const event = newEvent('first', {
      type: 'CounterOpened',
      version: 1,
      data: { counter: 'c1', group: 'g' },
    });
    const metadata = { ...event.metadata, commandId: 'open', commandDigest: commandDigest(former) };
    const first = await store.append('counter-1', null, [{ ...event, metadata }]);
    expect(await runner.run('counter-1', open())).toStrictEqual({
      ...{ stream: 'counter-1', ...first, replayed: true },
    });
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
