import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { partitionOf, partitionsOf } from './projection-partition.js';
import { type Projection } from './projection.js';
import { adoptRebuild, rebuildProjections } from '../upkeep/rebuild.js';
import { type CounterEvent, counterProjection, parityProjection } from '../testing/counter.js';
import { append, documents, history, opened, patience, projector } from '../testing/projector-harness.js';
import { SpecEventStore, SpecReadStore } from '../testing/spec-stores.js';

/** Counters in two partitions: `a` and `c` are kept by the first, `b` by the second. */
const counters = (version = 1): readonly Projection[] =>
  partitionsOf({ ...counterProjection(version), weight: 6 }, 2);
const [first, second] = counters() as [Projection, Projection];

async function projected(events: readonly CounterEvent[], ...projections: readonly Projection[]) {
  const [log, reads] = [new SpecEventStore(), new SpecReadStore()];
  const end = await append(log, ...events);
  const following = projector(log, reads, { batchSize: 2 }, projections);
  await following.start();
  expect(await following.waitFor(end, patience)).toBe(true);
  return { log, reads, following };
}

test('where a document is kept never changes', () => {
  const ids = ['', 'a', 'b', 'case-10011', 'application-case-10011-LX-06:3', '河道', '\u{1f3d7}'];
  expect(ids.map((id) => [partitionOf(id, 1), partitionOf(id, 2), partitionOf(id, 64)])).toEqual([
    [0, 1, 5],
    [0, 0, 44],
    [0, 1, 37],
    [0, 1, 25],
    [0, 1, 59],
    [0, 1, 3],
    [0, 0, 4],
  ]);
});

test('partitions are projections with names, models and shares of the weight of their own', () => {
  expect(
    [first, second].map(({ name, version, model, weight, tallies, partition }) => [
      name,
      version,
      model,
      weight,
      tallies.map((tally) => tally.model),
      [partition?.of.name, partition?.index, partition?.count],
    ]),
  ).toEqual([
    ['counters#0of2', 1, 'counter#0of2', 3, ['group#0of2'], ['counters', 0, 2]],
    ['counters#1of2', 1, 'counter#1of2', 3, ['group#1of2'], ['counters', 1, 2]],
  ]);
});

test('a projection stays whole when one partition is asked for, and when it is among the lightest', () => {
  const heavy = { ...counterProjection(), weight: 2 };
  expect(partitionsOf(heavy, 1)).toEqual([heavy]);
  expect(partitionsOf(parityProjection, 8)).toEqual([parityProjection]);
});

describe('partitions that are kept together', () => {
  test('hold what the whole holds, each its documents and what it has counted of them', async () => {
    const { reads } = await projected(history, ...counters());
    const models = counters().flatMap(({ model, tallies }) => [
      model,
      ...tallies.map((tally) => tally.model),
    ]);
    const kept = models.map((model) => [model, documents(reads, model)] as const);
    expect(Object.fromEntries(kept)).toStrictEqual({
      'counter#0of2': {
        a: { document: { id: 'a', group: 'g', total: 6, isOpen: false }, seen: 60n },
        c: { document: { id: 'c', group: 'g', total: 0, isOpen: false }, seen: 80n },
      },
      'counter#1of2': {
        b: { document: { id: 'b', group: 'h', total: 0, isOpen: true }, seen: 70n },
      },
      'group#0of2': {
        g: { document: { id: 'g', group: 'g', counts: { closed: 2, total: 6 } }, seen: 80n },
      },
      'group#1of2': {
        h: { document: { id: 'h', group: 'h', counts: { open: 1 } }, seen: 70n },
      },
    });
  });

  test('reach the end of the log, whichever of them the last event was for', async () => {
    const { log, reads } = await projected(history, ...counters());
    const end = { position: 80n, recordedAt: '2026-11-24T02:00:00.000Z', eventId: log.events.at(-1)?.id };
    expect(Object.fromEntries(reads.checkpoints)).toEqual({
      'counters#0of2@1': end,
      'counters#1of2@1': end,
    });
  });
});

describe('queries go over to a new version of the whole', () => {
  test('at once if none was live, when both partitions are there', async () => {
    const { log, reads } = await projected(history, first);
    expect(Object.fromEntries(reads.live)).toEqual({ 'counters#0of2': 1 });
    await projector(log, reads, {}, [second]).start();
    expect(Object.fromEntries(reads.live)).toEqual({ 'counters#0of2': 1, 'counters#1of2': 1, counters: 1 });
  });

  test('when the last partition has caught up, whichever process keeps the others', async () => {
    const { log, reads, following } = await projected(history, ...counters());
    await following.stop();
    const told: [string, number][] = [];
    const onLive = (name: string, version: number) => told.push([name, version]);
    const [one, other] = counters(2) as [Projection, Projection];

    const early = projector(log, reads, { onLive }, [one]);
    await early.start();
    while (told.length < 1) await delay(1);
    await early.stop();
    expect([told, reads.live.get('counters')]).toEqual([[['counters#0of2', 2]], 1]);

    await projector(log, reads, { onLive }, [other]).start();
    while (told.length < 3) await delay(1);
    expect(told.slice(1)).toEqual([
      ['counters#1of2', 2],
      ['counters', 2],
    ]);
    expect(reads.live.get('counters')).toBe(2);
  });

  test('with the last rebuilt partition that is put in place', async () => {
    const { log, reads, following } = await projected(history, ...counters());
    await following.stop();
    const kept = new Map(reads.kept);
    const [one, other] = await rebuildProjections(log, reads, counters(2));
    if (!one || !other) throw new Error('two partitions give two rebuilds');
    await adoptRebuild(reads, one);
    expect(Object.fromEntries(reads.live)).toEqual({ 'counters#0of2': 2, 'counters#1of2': 1, counters: 1 });
    await adoptRebuild(reads, other);
    expect(Object.fromEntries(reads.live)).toEqual({ 'counters#0of2': 2, 'counters#1of2': 2, counters: 2 });
    for (const [key, document] of kept) expect([key, reads.kept.get(key)]).toEqual([key, document]);
  });

  test('also when the process of the last one died between saying so and saying so of the whole', async () => {
    const { log, reads, following } = await projected([opened('a')], ...counters());
    await following.stop();
    reads.live.set('counters', 7);
    const told: [string, number][] = [];
    await projector(log, reads, { onLive: (name, version) => told.push([name, version]) }, [second]).start();
    expect([told, reads.live.get('counters')]).toEqual([[['counters', 1]], 1]);
  });
});
