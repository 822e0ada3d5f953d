import { beforeEach, describe, expect, test } from '@jest/globals';
import { ReadModels } from './read-models.js';
import { counterProjection, parityProjection } from '../testing/counter.js';
import { SpecReadStore } from '../testing/spec-stores.js';

let store: SpecReadStore;
let now: number;
let models: ReadModels;

beforeEach(async () => {
  store = new SpecReadStore();
  now = 0;
  models = new ReadModels(store, [counterProjection(2), parityProjection], { clock: () => now });
  for (const version of [1, 2]) {
    await store.save(
      `counters@${version}`,
      [
        { model: `counter@${version}`, document: { id: 'a', version }, seen: 1n },
        { model: `group@${version}`, document: { id: 'g', version }, seen: 1n },
      ],
      { position: BigInt(version * 10), recordedAt: null },
    );
  }
  store.live.set('counters', 1);
});

describe('a query', () => {
  test('reads the live version of a model, tallies included', async () => {
    expect(await models.get({ model: 'counter' }, 'a')).toEqual({ id: 'a', version: 1 });
    expect(await models.getMany({ model: 'group' }, ['x', 'g'])).toEqual([null, { id: 'g', version: 1 }]);
    expect(await models.find({ model: 'counter' }, { index: 'all', limit: 10 })).toEqual({
      items: [{ id: 'a', version: 1 }],
      nextCursor: null,
    });
    expect(store.defined).toEqual(['counter@1', 'group@1']);
    expect(store.liveAsked).toBe(1);
  });

  test('sees a switch by another process within a second', async () => {
    await models.get({ model: 'counter' }, 'a');
    store.live.set('counters', 2);
    now = 999;
    expect(await models.get({ model: 'counter' }, 'a')).toEqual({ id: 'a', version: 1 });
    now = 1000;
    expect(await models.get({ model: 'counter' }, 'a')).toEqual({ id: 'a', version: 2 });
    expect(store.defined).toEqual(['counter@1', 'group@1', 'counter@2', 'group@2']);
  });

  test('sees a switch in this process at once', async () => {
    await models.get({ model: 'counter' }, 'a');
    store.live.set('counters', 2);
    models.refresh('counters');
    expect(await models.get({ model: 'counter' }, 'a')).toEqual({ id: 'a', version: 2 });
  });

  test('before any version is live reads the one this code fills', async () => {
    store.live.clear();
    expect(await models.get({ model: 'counter' }, 'a')).toEqual({ id: 'a', version: 2 });
    expect(await models.get({ model: 'counter' }, 'z')).toBeNull();
  });

  test('of a model that no projection owns is a programming error', async () => {
    await expect(models.get({ model: 'nothing' }, 'a')).rejects.toThrow(
      'no projection owns the model nothing',
    );
  });
});

describe('as of', () => {
  test('is the lowest checkpoint of the projections that own the models', async () => {
    await store.save('parities@1', [], { position: 7n, recordedAt: '2026-11-24T02:00:00.000Z' });
    expect(await models.asOf({ model: 'counter' }, { model: 'group' })).toEqual({
      position: 10n,
      recordedAt: null,
    });
    expect(await models.asOf({ model: 'counter' }, { model: 'parity' })).toEqual({
      position: 7n,
      recordedAt: '2026-11-24T02:00:00.000Z',
    });
  });

  test('is null as long as one of them has seen nothing', async () => {
    expect(await models.asOf({ model: 'counter' }, { model: 'parity' })).toBeNull();
  });
});

test('two projections may not share a name or a model', () => {
  expect(() => new ReadModels(store, [parityProjection, parityProjection])).toThrow(
    'two projections are named parities',
  );
  const other = { ...parityProjection, name: 'other' };
  expect(() => new ReadModels(store, [parityProjection, other])).toThrow(
    'two projections own the model parity',
  );
});

describe('a stamp', () => {
  test('changes when one of the projections moves or another version of it goes live', async () => {
    const stamp = () => models.stamp({ model: 'counter' }, { model: 'group' }, { model: 'parity' });
    expect(await stamp()).toBe('counters@1 10 parities@1 nothing');
    await store.save('parities@1', [], { position: 7n, recordedAt: null });
    expect(await stamp()).toBe('counters@1 10 parities@1 7');
    store.live.set('counters', 2);
    models.refresh('counters');
    expect(await stamp()).toBe('counters@2 20 parities@1 7');
  });
});
