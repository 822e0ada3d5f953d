import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { StoreUnavailable } from './errors.js';
import { physicalModel } from './generation.js';
import { type Projection } from './projection.js';
import { type ProjectionFault } from './projection-run.js';
import { Projector, type ProjectorOptions } from './projector.js';
import { rebuildProjections } from './rebuild.js';
import { type Kept } from './read-store.js';
import { type CounterEvent, counterProjection, newEvent, parityProjection } from './testing/counter.js';
import { SpecEventStore, SpecReadStore } from './testing/spec-stores.js';
import { type Upcaster, Upcasters } from './upcasters.js';

const running: Projector[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.stop()));
});

function projector(
  events: SpecEventStore,
  reads: SpecReadStore,
  options: ProjectorOptions = {},
  projections: readonly Projection[] = [counterProjection(), parityProjection],
): Projector {
  const made = new Projector(events, reads, projections, { backOffMs: { first: 1, longest: 5 }, ...options });
  running.push(made);
  return made;
}

let nextId = 0;
async function append(store: SpecEventStore, ...events: readonly CounterEvent[]): Promise<bigint> {
  let position = -1n;
  for (const event of events) {
    const stream = `counter-${event.data.counter}`;
    const expected = store.events.findLast((known) => known.stream === stream)?.revision ?? null;
    ({ position } = await store.append(stream, expected, [newEvent(`event-${nextId++}`, event)]));
  }
  return position;
}
const opened = (counter: string, group = 'g'): CounterEvent => ({
  type: 'CounterOpened',
  version: 1,
  data: { counter, group },
});
const raised = (counter: string, by: number): CounterEvent => ({
  type: 'CounterRaised',
  version: 1,
  data: { counter, by },
});
const closed = (counter: string): CounterEvent => ({ type: 'CounterClosed', version: 1, data: { counter } });

const history = [
  opened('a'),
  opened('b', 'h'),
  raised('a', 2),
  raised('b', 3),
  raised('a', 4),
  opened('c'),
  closed('a'),
  raised('b', -3),
  closed('c'),
];
const patience = { timeoutMs: 10_000 };

/** Documents of a model by id, with what they have seen. */
const documents = (
  reads: SpecReadStore,
  model: string,
  generation: string | number = 1,
): Record<string, Kept> =>
  Object.fromEntries(
    [...reads.kept].flatMap(([key, kept]) => {
      const prefix = `${physicalModel(model, generation)}/`;
      return key.startsWith(prefix) ? [[key.slice(prefix.length), kept]] : [];
    }),
  );

const allDocuments = (reads: SpecReadStore) => ({
  counter: documents(reads, 'counter'),
  group: documents(reads, 'group'),
  parity: documents(reads, 'parity'),
});

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
    const place = { position: 80n, recordedAt: '2026-11-24T02:00:00.000Z' };
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

  test('stops also when it is told to before it has subscribed', async () => {
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

  test('saves such a checkpoint too when the end of the log is told after the last events', async () => {
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

  test('saves such a checkpoint every so many batches', async () => {
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

describe('a crash in the middle of a save', () => {
  test('counts nothing twice and loses nothing, after whichever write it comes', async () => {
    const events = new SpecEventStore();
    await append(events, ...history);
    const clean = new SpecReadStore();
    const whole = projector(events, clean, { batchSize: 4 });
    await whole.start();
    expect(await whole.waitFor(80n, patience)).toBe(true);
    await whole.stop();

    let crashes = 0;
    for (let writes = 0; ; writes++) {
      const reads = new SpecReadStore();
      reads.writesLeft = writes;
      const doomed = projector(events, reads, {
        batchSize: 4,
        backOffMs: { first: 60_000, longest: 60_000 },
      });
      await doomed.start();
      const finished = await Promise.race([
        doomed.waitFor(80n, patience),
        new Promise<false>((resolve) => {
          const look = setInterval(() => {
            if (doomed.status().every(({ state }) => state !== 'waiting')) return;
            clearInterval(look);
            resolve(false);
          }, 1);
          void doomed.waitFor(80n, patience).then(() => clearInterval(look));
        }),
      ]);
      reads.writesLeft = null;
      await doomed.stop();
      if (finished) break;
      crashes++;
      // Other batches than before: what was saved of the old ones must not matter.
      const next = projector(events, reads, { batchSize: 3 });
      await next.start();
      expect(await next.waitFor(80n, patience)).toBe(true);
      await next.stop();
      expect({ writes, ...allDocuments(reads) }).toStrictEqual({ writes, ...allDocuments(clean) });
    }
    expect(crashes).toBeGreaterThan(15);
  });
});

describe('an event that cannot be folded', () => {
  test('stops its projection before it; the others go on, and it is told', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    await append(events, opened('a'), raised('a', 1), raised('nobody', 2), raised('a', 3));
    const faults: ProjectionFault[] = [];
    const following = projector(events, reads, { onFault: (fault) => faults.push(fault) });
    await following.start();
    expect(await following.waitFor(30n, { ...patience, projections: ['parities'] })).toBe(true);
    const fault = {
      projection: 'counters',
      position: 20n,
      type: 'CounterRaised',
      message: 'counters: CounterRaised needs a document nobody, and there is none',
    };
    expect(faults).toStrictEqual([fault]);
    expect(
      following
        .status()
        .map(({ state, checkpoint, fault }) => ({ state, position: checkpoint?.position, fault })),
    ).toEqual([
      { state: 'faulted', position: 10n, fault },
      { state: 'caught-up', position: 30n, fault: null },
    ]);
    expect(await following.waitFor(10n, patience)).toBe(true);
    expect(await following.waitFor(30n, { timeoutMs: 60_000 })).toBe(false);
    expect(documents(reads, 'counter')).toStrictEqual({
      a: { document: { id: 'a', group: 'g', total: 1, isOpen: true }, seen: 10n },
    });
    expect(reads.checkpoints.get('counters@1')?.position).toBe(10n);
    expect(
      await following.waitFor(await append(events, raised('a', 1)), {
        ...patience,
        projections: ['parities'],
      }),
    ).toBe(true);
    expect(following.status()[0]?.checkpoint?.position).toBe(10n);
  });

  test('as the first of the log leaves no checkpoint, and those who wait are told at once', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    const following = projector(events, reads, {}, [counterProjection()]);
    await following.start();
    const waiting = following.waitFor(0n, { timeoutMs: 60_000 });
    await append(events, raised('nobody', 2));
    expect(await waiting).toBe(false);
    expect(following.status()).toMatchObject([{ state: 'faulted', checkpoint: null }]);
    await following.stop();
    expect(reads.checkpoints.size).toBe(0);
  });

  test('is retried by the next process', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    await append(events, opened('a'), { ...raised('a', 1), version: 2 } as never, closed('a'));
    const old = projector(events, reads, {}, [counterProjection()]);
    await old.start();
    expect(await old.waitFor(20n, { timeoutMs: 60_000 })).toBe(false);
    expect(old.status()[0]?.fault?.message).toBe(
      'CounterRaised version 2 at position 10 is unknown: this code knows versions 1 to 1',
    );
    await old.stop();
    const same: Upcaster = { type: 'CounterRaised', from: 1, upcast: ({ data }) => data };
    const next = projector(events, reads, { upcasters: new Upcasters([same]) }, [counterProjection()]);
    await next.start();
    expect(await next.waitFor(20n, patience)).toBe(true);
    expect(documents(reads, 'counter')).toStrictEqual({
      a: { document: { id: 'a', group: 'g', total: 1, isOpen: false }, seen: 20n },
    });
  });
});

describe('a store that is away', () => {
  test('is asked again, and the projector goes on from its checkpoint', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    const following = projector(events, reads);
    await following.start();
    await following.waitFor(await append(events, ...history.slice(0, 3)), patience);
    let failures = 3;
    events.beforeBatch = () => {
      if (failures-- > 0) throw new StoreUnavailable('spec', 'log away');
    };
    const end = await append(events, ...history.slice(3));
    expect(await following.waitFor(end, patience)).toBe(true);
    expect(events.subscriptions).toEqual([null, 20n, 20n, 20n]);
    expect(documents(reads, 'group')['g']?.document).toStrictEqual({
      id: 'g',
      group: 'g',
      counts: { closed: 2, total: 6 },
    });
  });

  test.each([1, 4])(
    'in the middle of any save of batches of %d is tried again by the same projector',
    async (batchSize) => {
      const events = new SpecEventStore();
      const end = await append(events, ...history);
      const outcomes = [];
      for (let writes = 0; writes < 30; writes++) {
        const reads = new SpecReadStore();
        reads.saveTurns = 3;
        reads.writesLeft = writes;
        const save = reads.save.bind(reads);
        reads.save = (...args) =>
          save(...args).catch((error: unknown) => {
            reads.writesLeft = null;
            throw error;
          });
        const following = projector(events, reads, { batchSize });
        await following.start();
        expect(await following.waitFor(end, patience)).toBe(true);
        await following.stop();
        outcomes.push(allDocuments(reads));
      }
      expect(outcomes[0]?.group['g']?.document).toStrictEqual({
        id: 'g',
        group: 'g',
        counts: { closed: 2, total: 6 },
      });
      for (const outcome of outcomes) expect(outcome).toStrictEqual(outcomes[0]);
    },
  );

  test('when only a checkpoint was to be saved, is asked again though nothing new has come', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    const save = reads.save.bind(reads);
    let failures = 1;
    reads.save = async (projection, writes, checkpoint) => {
      if (projection === 'parities@1' && failures-- > 0) throw new StoreUnavailable('spec', 'documents away');
      await save(projection, writes, checkpoint);
    };
    const following = projector(events, reads);
    const end = await append(events, opened('a'));
    await following.start();
    await following.waitFor(end, patience);
    for (let turn = 0; turn < 200 && reads.saves.length < 2; turn++)
      await new Promise((go) => setTimeout(go, 5));
    expect(reads.saves).toEqual([
      { projection: 'counters@1', ids: ['group@1/g', 'counter@1/a'], position: 0n },
      { projection: 'parities@1', ids: [], position: 0n },
    ]);
    await following.stop();
  });

  test('is waited for twice as long each time, and from the beginning once a batch has gone well', async () => {
    const longest = 1_000;
    const waited: number[] = [];
    const start = setTimeout;
    const timer = jest.spyOn(globalThis, 'setTimeout').mockImplementation((work: () => void, ms = 0) => {
      if (ms <= longest) waited.push(ms);
      return start(work, ms <= longest ? 0 : ms);
    });
    try {
      const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
      const following = projector(events, reads, { backOffMs: { first: 300, longest } });
      const failThenGoOn = async (failures: number, ...more: readonly CounterEvent[]) => {
        let left = failures;
        events.beforeBatch = () => {
          if (left-- > 0) throw new StoreUnavailable('spec', 'log away');
        };
        const end = await append(events, ...more);
        await following.waitFor(end, patience);
      };
      await following.start();
      await failThenGoOn(4, opened('a'));
      await failThenGoOn(2, raised('a', 2));
      expect(waited).toEqual([300, 600, longest, longest, 300, 600]);
    } finally {
      timer.mockRestore();
    }
  });

  test('shows as waiting, with the reason', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    reads.writesLeft = 0;
    const following = projector(events, reads, { backOffMs: { first: 60_000, longest: 60_000 } });
    await following.start();
    await append(events, ...history);
    while (following.status()[0]?.state !== 'waiting') await new Promise(setImmediate);
    expect(following.status()[0]).toMatchObject({ waitingFor: 'spec: no more writes', fault: null });
    await following.stop();
  });

  test('does not let the projector start, and does not end it', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    const end = await append(events, ...history);
    let failures = 3;
    const define = reads.define.bind(reads);
    reads.define = async (models) => {
      if (failures-- > 0) throw new StoreUnavailable('spec', 'not up yet');
      return define(models);
    };
    const following = projector(events, reads);
    await following.start();
    expect(await following.waitFor(end, patience)).toBe(true);
  });
});

test('a checkpoint beyond the end of the log is a fault, not a silence', async () => {
  const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
  await append(events, opened('a'));
  reads.checkpoints.set('counters@1', { position: 500n, recordedAt: null });
  const following = projector(events, reads);
  await following.start();
  expect(await following.waitFor(0n, { ...patience, projections: ['parities'] })).toBe(true);
  expect(following.status()[0]?.fault).toStrictEqual({
    projection: 'counters',
    position: null,
    type: null,
    message:
      'checkpoint 500 lies beyond the end of the log, 0: the log was restored from an older copy; rebuild this projection',
  });
});

test('a log that cannot be read at all stops everything', async () => {
  const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
  events.beforeBatch = () => {
    throw new Error('not JSON');
  };
  const following = projector(events, reads);
  await following.start();
  expect(await following.waitFor(0n, { timeoutMs: 60_000 })).toBe(false);
  expect(following.status().map(({ fault }) => fault?.message)).toEqual(['not JSON', 'not JSON']);
});

describe('a new version of a projection', () => {
  test('is filled beside the live one and switched when it has caught up', async () => {
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
    const left = following.waitFor(10n, { timeoutMs: 60_000, signal: leaving.signal });
    leaving.abort();
    expect(await left).toBe(false);
    const stopped = following.waitFor(10n, { timeoutMs: 60_000 });
    await following.stop();
    expect(await stopped).toBe(false);
    expect(await following.waitFor(10n, { timeoutMs: 60_000 })).toBe(false);
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
