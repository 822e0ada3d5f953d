import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../log/errors.js';
import { checkpointKey } from '../reading/generation.js';
import { type Lease } from '../reading/lease-store.js';
import { LeasedProjector } from './leased-projector.js';
import { type Projection } from '../reading/projection.js';
import { partitionsOf } from '../reading/projection-partition.js';
import { Projector } from '../reading/projector.js';
import { type CounterEvent, counterProjection, newEvent, parityProjection } from '../testing/counter.js';
import { patience } from '../testing/projector-harness.js';
import { SpecEventStore, SpecReadStore } from '../testing/spec-stores.js';

const LEASE_MS = 300;
const projections = [counterProjection(), parityProjection];
const NAMES = projections.map(({ name }) => name);

/** One after the other to each in turn. */
const dealt = (all: readonly Projection[], owners: number) =>
  Array.from({ length: owners }, (_, owner) => all.filter((_, index) => index % owners === owner));

/** A read store of which one owner can no longer reach the leases, as if its calls took too long. */
class LeasesAwayStore extends SpecReadStore {
  isAway = false;

  override async renewLease(lease: Lease): Promise<boolean> {
    if (this.isAway) throw new StoreUnavailable('spec', 'the leases are away');
    return super.renewLease(lease);
  }
}

let events: SpecEventStore;
let reads: LeasesAwayStore;
const running: LeasedProjector[] = [];
beforeEach(() => {
  events = new SpecEventStore();
  reads = new LeasesAwayStore();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((projector) => projector.stop()));
});

async function started(owner: string, shared: readonly Projection[] = projections): Promise<LeasedProjector> {
  const projector = new LeasedProjector(events, reads, shared, {
    owner,
    leaseMs: LEASE_MS,
    shares: dealt,
    backOffMs: { first: 1, longest: 5 },
  });
  running.push(projector);
  await projector.start();
  return projector;
}

const namesOf = (projector: LeasedProjector) => projector.status().map(({ name }) => name);

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(5);
}

let next = 0;
async function append(...added: readonly CounterEvent[]): Promise<void> {
  for (const event of added) {
    const stream = `counter-${event.data.counter}`;
    const expected = events.events.findLast((known) => known.stream === stream)?.revision ?? null;
    await events.append(stream, expected, [newEvent(`event-${next++}`, event)]);
  }
}
const opened = (counter: string): CounterEvent => ({
  type: 'CounterOpened',
  version: 1,
  data: { counter, group: 'g' },
});
const raised = (counter: string, by: number): CounterEvent => ({
  type: 'CounterRaised',
  version: 1,
  data: { counter, by },
});

/** Waits until the saved checkpoints of all projections are at the end of the log, and compares with one projector alone. */
async function expectAllProjected(shared: readonly Projection[] = projections): Promise<void> {
  const end = events.events.at(-1)?.position;
  const keys = shared.map(({ name, version }) => checkpointKey(name, version));
  await until(() => keys.every((key) => reads.checkpoints.get(key)?.position === end));
  const alone = new SpecReadStore();
  const projector = new Projector(events, alone, shared);
  await projector.start();
  await projector.waitFor(end ?? -1n, patience);
  await projector.stop();
  expect(reads.kept).toEqual(alone.kept);
}

describe('projectors that share the projections by leases', () => {
  test('one alone runs all', async () => {
    await append(opened('a'), raised('a', 2));
    const one = await started('one');
    expect(namesOf(one)).toEqual(NAMES);
    await expectAllProjected();
  });

  test('two run one half each, and a projection at no time is run by both', async () => {
    await append(opened('a'));
    const one = await started('one');
    const two = await started('two');
    await until(() => {
      const all = [...namesOf(one), ...namesOf(two)];
      expect(new Set(all).size).toBe(all.length);
      return namesOf(one).length === 1 && namesOf(two).length === 1;
    });
    await append(raised('a', 2), opened('b'), raised('b', 3));
    await expectAllProjected();
  });

  test('when one stops the other goes on with its projections', async () => {
    await append(opened('a'));
    const one = await started('one');
    const two = await started('two');
    await until(() => namesOf(two).length === 1);
    await one.stop();
    await append(raised('a', 2));
    await until(() => namesOf(two).length === 2);
    await expectAllProjected();
  });

  test('two share one projection by its partitions, and queries see it when both have theirs', async () => {
    const halves = partitionsOf({ ...counterProjection(), weight: 2 }, 2);
    await append(opened('a'), opened('b'), raised('a', 2));
    const one = await started('one', halves);
    const two = await started('two', halves);
    await until(() => namesOf(one).length === 1 && namesOf(two).length === 1);
    expect([...namesOf(one), ...namesOf(two)].sort()).toEqual(['counters#0of2', 'counters#1of2']);
    await append(raised('b', 3));
    await expectAllProjected(halves);
    expect(Object.fromEntries(reads.live)).toEqual({ 'counters#0of2': 1, 'counters#1of2': 1, counters: 1 });
  });

  test('one that cannot renew its leases writes nothing once they are over, and goes on when it can', async () => {
    await append(opened('a'));
    const one = await started('one');
    await expectAllProjected();
    reads.isAway = true;
    await until(() => namesOf(one).length === 0);
    const before = { saves: reads.saves.length, kept: new Map(reads.kept) };
    await append(raised('a', 2));
    await delay(LEASE_MS);
    expect({ saves: reads.saves.length, kept: reads.kept }).toEqual(before);
    reads.isAway = false;
    await expectAllProjected();
  });
});
