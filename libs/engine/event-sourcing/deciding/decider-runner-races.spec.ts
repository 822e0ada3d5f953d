import { describe, expect, test } from '@jest/globals';
import { RuleViolation, StaleRevision, StoreUnavailable, WrongExpectedRevision } from '../log/errors.js';
import { close, open, raise, setUp } from '../testing/runner-harness.js';

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

  test('allowed in the meantime what would be refused on the remembered state', async () => {
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

  test('that stays unavailable is reported; the command may be sent again and is not done twice', async () => {
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
