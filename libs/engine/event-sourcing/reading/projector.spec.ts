import { describe, expect, test } from '@jest/globals';
import { rebuildProjections } from '../upkeep/rebuild.js';
import { counterProjection, parityProjection } from '../testing/counter.js';
import {
  allDocuments,
  append,
  documents,
  history,
  opened,
  patience,
  projector,
  raised,
} from '../testing/projector-harness.js';
import { SpecEventStore, SpecReadStore } from '../testing/spec-stores.js';

describe('the projector', () => {
  test.each([1, 2, 3, 1000])('folds the log in batches of %d', async (batchSize) => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    const end = await append(events, ...history);
    const following = projector(events, reads, { batchSize });
    await following.start();
    expect(await following.waitFor(end, patience)).toBe(true);
    expect(allDocuments(reads)).toStrictEqual({
      counter: {
        a: { document: { id: 'a', group: 'g', total: 6, isOpen: false }, seen: 60n },
        b: { document: { id: 'b', group: 'h', total: 0, isOpen: true }, seen: 70n },
        c: { document: { id: 'c', group: 'g', total: 0, isOpen: false }, seen: 80n },
      },
      group: {
        g: { document: { id: 'g', group: 'g', counts: { closed: 2, total: 6 } }, seen: 80n },
        h: { document: { id: 'h', group: 'h', counts: { open: 1 } }, seen: 70n },
      },
      parity: {
        all: { document: { id: 'all', sum: 6, last: 'b' }, seen: 70n },
        even: { document: { id: 'even', sum: 6, last: 'a' }, seen: 40n },
        odd: { document: { id: 'odd', sum: 0, last: 'b' }, seen: 70n },
      },
    });
    expect(events.subscriptions).toEqual([null]);
    expect(reads.defined).toEqual(['counter@1', 'group@1', 'parity@1']);
    expect(Object.fromEntries(reads.live)).toEqual({ counters: 1, parities: 1 });
  });

  test('folds a batch on the one before it, which is still being saved', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    reads.saveTurns = 20;
    const end = await append(events, ...history);
    const following = projector(events, reads, { batchSize: 1 });
    await following.start();
    expect(await following.waitFor(end, patience)).toBe(true);
    expect(documents(reads, 'group')).toStrictEqual({
      g: { document: { id: 'g', group: 'g', counts: { closed: 2, total: 6 } }, seen: 80n },
      h: { document: { id: 'h', group: 'h', counts: { open: 1 } }, seen: 70n },
    });
    expect(documents(reads, 'parity')['all']).toStrictEqual({
      document: { id: 'all', sum: 6, last: 'b' },
      seen: 70n,
    });
  });

  test('follows what is appended later, and goes on where it stopped', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    await append(events, ...history.slice(0, 4));
    const first = projector(events, reads);
    await first.start();
    expect(await first.waitFor(await append(events, raised('a', 4)), patience)).toBe(true);
    await first.stop();
    const end = await append(events, ...history.slice(5));
    const second = projector(events, reads);
    await second.start();
    expect(await second.waitFor(end, patience)).toBe(true);
    expect(events.subscriptions).toEqual([null, 40n]);
    expect(documents(reads, 'group')).toStrictEqual({
      g: { document: { id: 'g', group: 'g', counts: { closed: 2, total: 6 } }, seen: 80n },
      h: { document: { id: 'h', group: 'h', counts: { open: 1 } }, seen: 70n },
    });
  });

  test('says where each projection stands', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    const end = await append(events, ...history);
    const following = projector(events, reads);
    expect(following.status().map(({ state, checkpoint }) => ({ state, checkpoint }))).toEqual([
      { state: 'running', checkpoint: null },
      { state: 'running', checkpoint: null },
    ]);
    await following.start();
    await following.waitFor(end, patience);
    await new Promise(setImmediate);
    const place = {
      position: 80n,
      recordedAt: '2026-11-24T02:00:00.000Z',
      eventId: events.events.at(-1)?.id,
    };
    const common = {
      version: 1,
      liveVersion: 1,
      checkpoint: place,
      log: place,
      state: 'caught-up',
      fault: null,
      waitingFor: null,
    };
    expect(following.status()).toStrictEqual([
      { name: 'counters', ...common },
      { name: 'parities', ...common },
    ]);
  });

  test('on an empty log is caught up', async () => {
    const following = projector(new SpecEventStore(), new SpecReadStore());
    await following.start();
    while (following.status()[0]?.state === 'running') await new Promise(setImmediate);
    expect(following.status().map(({ state, log }) => ({ state, log }))).toEqual([
      { state: 'caught-up', log: null },
      { state: 'caught-up', log: null },
    ]);
  });

  test('also stops when stopped before it has subscribed', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    await append(events, opened('a'));
    const following = projector(events, reads);
    const started = following.start();
    await Promise.all([following.stop(), started]);
    expect(await following.waitFor(1n, patience)).toBe(false);
  });

  test('saves the checkpoint of a projection without news at the end of the log, not at each batch', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    const following = projector(events, reads, { batchSize: 1 });
    const end = await append(events, opened('a'), opened('b'), opened('c'));
    await following.start();
    await following.waitFor(end, patience);
    expect(reads.saves).toEqual([
      { projection: 'counters@1', ids: ['group@1/g', 'counter@1/a'], position: 0n },
      { projection: 'counters@1', ids: ['group@1/g', 'counter@1/b'], position: 10n },
      { projection: 'counters@1', ids: ['group@1/g', 'counter@1/c'], position: 20n },
      { projection: 'parities@1', ids: [], position: 20n },
    ]);
  });

  test('also saves such a checkpoint when the end of the log is reported after the last events', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    await append(events, opened('a'));
    events.subscribeToAll = async function* ({ signal }) {
      yield { events: events.events, position: 0n, caughtUp: false };
      yield { events: [], position: 0n, caughtUp: true };
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve());
      });
    };
    const following = projector(events, reads, {}, [parityProjection]);
    await following.start();
    for (let turn = 0; turn < 200 && reads.saves.length < 1; turn++)
      await new Promise((go) => setTimeout(go, 5));
    expect(reads.saves).toEqual([{ projection: 'parities@1', ids: [], position: 0n }]);
  });

  test('saves such a checkpoint after every `saveEvery` batches', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    const following = projector(events, reads, { batchSize: 1, saveEvery: 2 }, [parityProjection]);
    const end = await append(events, opened('a'), opened('b'), opened('c'), opened('d'), opened('e'));
    await following.start();
    await following.waitFor(end, patience);
    expect(reads.saves.map(({ position }) => position)).toEqual([10n, 30n, 40n]);
  });

  test('saves the progress over batches without events when it stops, and not before', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    await append(events, opened('a'));
    events.subscribeToAll = async function* ({ signal }) {
      yield { events: events.events, position: 0n, caughtUp: true };
      yield { events: [], position: 70n, caughtUp: true };
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve());
      });
    };
    const following = projector(events, reads, {}, [counterProjection()]);
    await following.start();
    expect(await following.waitFor(70n, patience)).toBe(true);
    expect(reads.saves.map(({ position }) => position)).toEqual([0n]);
    await following.stop();
    expect(reads.saves.map(({ position }) => position)).toEqual([0n, 70n]);
    expect(reads.checkpoints.get('counters@1')).toStrictEqual({
      position: 70n,
      recordedAt: '2026-11-24T02:00:00.000Z',
    });
  });
});

describe('a new version of a projection', () => {
  test('is filled next to the live one and switched when it has caught up', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    const end = await append(events, ...history);
    const old = projector(events, reads);
    await old.start();
    await old.waitFor(end, patience);
    await old.stop();

    const switched: [string, number, number][] = [];
    const following = projector(
      events,
      reads,
      {
        batchSize: 2,
        onLive: (name, version) =>
          switched.push([name, version, Object.keys(documents(reads, 'counter', 2)).length]),
      },
      [counterProjection(2), parityProjection],
    );
    let liveMeanwhile: unknown = null;
    events.beforeBatch = () => (liveMeanwhile ??= reads.live.get('counters'));
    await following.start();
    expect(await following.waitFor(end, patience)).toBe(true);
    while (switched.length === 0) await new Promise(setImmediate);
    expect(liveMeanwhile).toBe(1);
    expect(switched).toEqual([['counters', 2, 3]]);
    expect(reads.live.get('counters')).toBe(2);
    expect(following.status()[0]).toMatchObject({ version: 2, liveVersion: 2, state: 'caught-up' });
    expect(documents(reads, 'counter', 2)['a']?.document).toStrictEqual({
      id: 'a',
      group: 'g',
      total: 12,
      isOpen: false,
    });
    expect(documents(reads, 'counter', 1)['a']?.document).toStrictEqual({
      id: 'a',
      group: 'g',
      total: 6,
      isOpen: false,
    });
  });
});

describe('waiting for a position', () => {
  test('ends at the time limit, at the signal, and when the projector stops', async () => {
    const following = projector(new SpecEventStore(), new SpecReadStore());
    await following.start();
    expect(await following.waitFor(10n, { timeoutMs: 1 })).toBe(false);
    const leaving = new AbortController();
    const left = following.waitFor(10n, { ...patience, signal: leaving.signal });
    leaving.abort();
    expect(await left).toBe(false);
    const stopped = following.waitFor(10n, patience);
    await following.stop();
    expect(await stopped).toBe(false);
    expect(await following.waitFor(10n, patience)).toBe(false);
    expect(() => following.waitFor(1n, { timeoutMs: 1, projections: ['nobody'] })).toThrow(
      'no projection is named nobody',
    );
  });
});

test('live documents equal a rebuild from zero', async () => {
  const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
  const following = projector(events, reads, { batchSize: 2 });
  await following.start();
  const end = await append(events, ...history);
  await following.waitFor(end, patience);
  await following.stop();
  const [rebuilt] = await rebuildProjections(events, reads, [counterProjection()]);
  expect(rebuilt?.checkpoint).toEqual(reads.checkpoints.get('counters@1'));
  for (const model of ['counter', 'group']) {
    expect(documents(reads, model, '1~rebuild')).toStrictEqual(documents(reads, model, 1));
  }
});
