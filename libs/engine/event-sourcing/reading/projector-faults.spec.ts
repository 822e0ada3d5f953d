import { describe, expect, jest, test } from '@jest/globals';
import { StoreUnavailable } from '../log/errors.js';
import { type ProjectionFault } from './projection-run.js';
import { type CounterEvent, counterProjection } from '../testing/counter.js';
import {
  allDocuments,
  append,
  closed,
  documents,
  history,
  opened,
  patience,
  projector,
  raised,
} from '../testing/projector-harness.js';
import { SpecEventStore, SpecReadStore } from '../testing/spec-stores.js';
import { type Upcaster, Upcasters } from '../log/upcasters.js';

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
  test('stops its projection before it and is reported; the others go on', async () => {
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
    expect(await following.waitFor(30n, patience)).toBe(false);
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

  test('as the first of the log leaves no checkpoint, and waiting callers are informed at once', async () => {
    const [events, reads] = [new SpecEventStore(), new SpecReadStore()];
    const following = projector(events, reads, {}, [counterProjection()]);
    await following.start();
    const waiting = following.waitFor(0n, patience);
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
    expect(await old.waitFor(20n, patience)).toBe(false);
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
  expect(await following.waitFor(0n, patience)).toBe(false);
  expect(following.status().map(({ fault }) => fault?.message)).toEqual(['not JSON', 'not JSON']);
});
