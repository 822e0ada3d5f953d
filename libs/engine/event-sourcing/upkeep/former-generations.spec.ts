import { beforeEach, describe, expect, test } from '@jest/globals';
import { dropGenerations, formerGenerations, notYetLive } from './former-generations.js';
import { partitionsOf } from '../reading/projection-partition.js';
import { type Projection } from '../reading/projection.js';
import { rebuildProjections } from './rebuild.js';
import { type Inventory } from '../reading/read-store.js';
import { counterProjection, parityProjection } from '../testing/counter.js';
import { append, history, patience, projector } from '../testing/projector-harness.js';
import { SpecEventStore, SpecReadStore } from '../testing/spec-stores.js';

const whole = (version = 1): Projection => ({ ...counterProjection(version), weight: 6 });
const parity = parityProjection;
let log: SpecEventStore;
let reads: SpecReadStore;
let end: bigint;

beforeEach(async () => {
  [log, reads] = [new SpecEventStore(), new SpecReadStore()];
  end = await append(log, ...history);
});

async function project(...projections: readonly Projection[]): Promise<void> {
  const following = projector(log, reads, {}, projections);
  await following.start();
  expect(await following.waitFor(end, patience)).toBe(true);
  await following.stop();
}

const namesOf = (projections: readonly Projection[]) => projections.map(({ name }) => name);

/** Drops everything that belongs to none of these; returns what was dropped and what is left. */
async function pruned(kept: readonly Projection[]): Promise<{ went: Inventory; left: Inventory }> {
  const went = await formerGenerations(reads, kept);
  await dropGenerations(reads, went);
  return { went, left: await reads.inventory() };
}

describe('what is not yet live', () => {
  test('is everything before it was filled, and nothing after', async () => {
    expect(await notYetLive(reads, [whole(), parity])).toEqual([whole(), parity].map(matching));
    await project(whole(), parity);
    expect(await notYetLive(reads, [whole(), parity])).toEqual([]);
  });

  test('is a version that only this code knows', async () => {
    await project(whole(1), parity);
    expect(namesOf(await notYetLive(reads, [whole(2), parity]))).toEqual(['counters']);
  });

  test('are all partitions until the last of them is filled', async () => {
    const partitions = partitionsOf(whole(), 2);
    const [first, second] = partitions as [Projection, Projection];
    await project(first);
    expect(namesOf(await notYetLive(reads, partitions))).toEqual(['counters#0of2', 'counters#1of2']);
    await project(second);
    expect(await notYetLive(reads, partitions)).toEqual([]);
  });

  test('includes what was live and has lost its checkpoint', async () => {
    await project(whole());
    await reads.drop([], 'counters@1');
    expect(namesOf(await notYetLive(reads, [whole()]))).toEqual(['counters']);
  });
});

describe('former generations', () => {
  test('are empty if only this code has filled read models', async () => {
    await project(whole(), parity);
    const before = await reads.inventory();
    expect(await pruned([whole(), parity])).toEqual({ went: { models: [], checkpoints: [] }, left: before });
  });

  test('are other versions and rebuilds that were cut off; what is read stays', async () => {
    await project(whole(1), parity);
    await rebuildProjections(log, reads, [whole(1)]);
    await project(whole(2), parity);
    expect(await pruned([whole(2), parity])).toEqual({
      went: {
        models: ['counter@1', 'counter@1~rebuild', 'group@1', 'group@1~rebuild'],
        checkpoints: ['counters@1', 'counters@1~rebuild'],
      },
      left: { models: ['counter@2', 'group@2', 'parity@1'], checkpoints: ['counters@2', 'parities@1'] },
    });
  });

  test('are the whole where there are partitions, and the partitions where it is whole again', async () => {
    await project(whole());
    await project(...partitionsOf(whole(), 2));
    expect((await pruned(partitionsOf(whole(), 2))).went).toEqual({
      models: ['counter@1', 'group@1'],
      checkpoints: ['counters@1'],
    });
    await project(whole());
    expect(await pruned([whole()])).toEqual({
      went: {
        models: ['counter#0of2@1', 'counter#1of2@1', 'group#0of2@1', 'group#1of2@1'],
        checkpoints: ['counters#0of2@1', 'counters#1of2@1'],
      },
      left: { models: ['counter@1', 'group@1'], checkpoints: ['counters@1'] },
    });
  });

  test('are projections that are no more', async () => {
    await project(whole(), parity);
    expect((await pruned([whole()])).went).toEqual({ models: ['parity@1'], checkpoints: ['parities@1'] });
  });
});

const matching = ({ name, version }: Projection): unknown => expect.objectContaining({ name, version });
