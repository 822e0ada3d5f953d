import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  adoptRebuild,
  DeciderRunner,
  type EventStore,
  Projector,
  ReadModels,
  type ReadStore,
  rebuildProjections,
  verifyProjections,
} from '#libs/engine/event-sourcing';
import { TEST_WAIT_MS, sameAsRebuilt } from '#libs/engine/event-sourcing-testing';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/engine/store-lmdb';
import {
  type CounterCommand,
  counterDecider,
  counterProjection,
  meta,
  parityProjection,
} from '../../libs/engine/event-sourcing/testing/counter.js';

const WRITERS = 64;
const patience = { timeoutMs: TEST_WAIT_MS };
const projections = [counterProjection(), parityProjection];

let directory: string;
let events: EventStore;
let reads: ReadStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zhitong-'));
  events = await openLmdbEventStore(directory);
  reads = await openLmdbReadStore(directory);
});

afterEach(async () => {
  await reads.close();
  await events.close();
  await rm(directory, { recursive: true });
});

const open = (counter: string): CounterCommand => ({
  type: 'Open',
  counter,
  group: counter.endsWith('3') ? 'threes' : 'others',
  meta: meta(`open-${counter}`),
});
const raise = (counter: string, by: number, id: string): CounterCommand => ({
  type: 'Raise',
  counter,
  by: [by],
  meta: meta(id),
});

test('64 writers at once: every command is once in the log and once in every sum', async () => {
  const runner = new DeciderRunner(events, counterDecider);
  const projector = new Projector(events, reads, projections, { batchSize: 50 });
  await projector.start();
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      const own = `own-${writer}`;
      await runner.run(own, open(own));
      if (writer === 0) await runner.run('shared', open('shared'));
      for (let step = 1; step <= 5; step++) {
        await runner.run(own, raise(own, step, `${own}-${step}`));
        await runner.run(own, raise(own, step, `${own}-${step}`));
      }
    }),
  );
  const receipts = await Promise.all(
    Array.from({ length: WRITERS }, (_, writer) =>
      runner.run('shared', raise('shared', writer, `shared-${writer}`)),
    ),
  );
  expect(receipts.map(({ revision }) => revision)).toEqual(receipts.map((_, index) => BigInt(index + 1)));

  const last = await events.lastPosition();
  expect(await projector.waitFor(last ?? -1n, patience)).toBe(true);
  const models = new ReadModels(reads, projections);
  const sharedTotal = (WRITERS * (WRITERS - 1)) / 2;
  expect(await models.get({ model: 'counter' }, 'shared')).toEqual({
    id: 'shared',
    group: 'others',
    total: sharedTotal,
    isOpen: true,
  });
  expect(await models.getMany({ model: 'group' }, ['threes', 'others'])).toEqual([
    { id: 'threes', group: 'threes', counts: { open: 7, total: 7 * 15 } },
    {
      id: 'others',
      group: 'others',
      counts: { open: WRITERS - 7 + 1, total: (WRITERS - 7) * 15 + sharedTotal },
    },
  ]);
  expect((await models.asOf({ model: 'counter' }, { model: 'group' }, { model: 'parity' }))?.position).toBe(
    last,
  );
  const page = await models.find(
    { model: 'counter' },
    { index: 'byGroup', equals: { group: 'threes' }, limit: 3 },
  );
  expect(page.items.map(({ id }) => id)).toEqual(['own-13', 'own-23', 'own-3']);
  expect(await verifyProjections(events, reads, projections)).toEqual(
    projections.map((definition) => sameAsRebuilt(definition, last)),
  );
  await projector.stop();
});

test('a repeated command is known after a restart, and the projector goes on where it was', async () => {
  const before = new DeciderRunner(events, counterDecider);
  const first = new Projector(events, reads, projections);
  await first.start();
  await before.run('c1', open('c1'));
  const receipt = await before.run('c1', raise('c1', 3, 'raise'));
  expect(await first.waitFor(receipt.position, patience)).toBe(true);
  await first.stop();
  await reads.close();
  await events.close();

  events = await openLmdbEventStore(directory);
  reads = await openLmdbReadStore(directory);
  const after = new DeciderRunner(events, counterDecider);
  expect(await after.run('c1', raise('c1', 3, 'raise'))).toStrictEqual({ ...receipt, replayed: true });
  const second = new Projector(events, reads, projections);
  await second.start();
  const { position } = await after.run('c1', raise('c1', 4, 'again'));
  expect(await second.waitFor(position, patience)).toBe(true);
  expect(await new ReadModels(reads, projections).get({ model: 'group' }, 'others')).toEqual({
    id: 'others',
    group: 'others',
    counts: { open: 1, total: 7 },
  });
  await second.stop();
});

test('a new version is filled and read; a rebuild takes the place of spoilt documents', async () => {
  const runner = new DeciderRunner(events, counterDecider);
  const old = new Projector(events, reads, projections);
  await old.start();
  await runner.run('c1', open('c1'));
  const { position } = await runner.run('c1', raise('c1', 3, 'raise'));
  expect(await old.waitFor(position, patience)).toBe(true);
  await old.stop();

  const next = [counterProjection(2), parityProjection];
  const models = new ReadModels(reads, next);
  expect(await models.get({ model: 'counter' }, 'c1')).toEqual({
    id: 'c1',
    group: 'others',
    total: 3,
    isOpen: true,
  });
  const switched = new Promise<void>((resolve) => {
    const projector = new Projector(events, reads, next, {
      onLive: (name) => {
        models.refresh(name);
        void projector.stop().then(resolve);
      },
    });
    void projector.start();
  });
  await switched;
  expect(await models.get({ model: 'counter' }, 'c1')).toEqual({
    id: 'c1',
    group: 'others',
    total: 6,
    isOpen: true,
  });

  const checkpoint = await reads.checkpoint('counters@2');
  if (!checkpoint) throw new Error('no checkpoint');
  const spoilt = { id: 'c1', group: 'others', total: 99, isOpen: false };
  await reads.save('counters@2', [{ model: 'counter@2', document: spoilt, seen: position }], checkpoint);
  const differences = async () =>
    (await verifyProjections(events, reads, next)).map((verification) => verification.differences);
  expect(await differences()).toEqual([
    [{ model: 'counter', id: 'c1', kind: 'changed', paths: ['total', 'isOpen'] }],
    [],
  ]);
  for (const rebuilt of await rebuildProjections(events, reads, next)) await adoptRebuild(reads, rebuilt);
  expect(await differences()).toEqual([[], []]);
  expect(await models.get({ model: 'counter' }, 'c1')).toEqual({
    id: 'c1',
    group: 'others',
    total: 6,
    isOpen: true,
  });
});
