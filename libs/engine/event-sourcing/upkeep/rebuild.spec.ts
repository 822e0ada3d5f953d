import { beforeEach, describe, expect, test } from '@jest/globals';
import { compareModels, differingPaths } from './compare-models.js';
import { Projector } from '../reading/projector.js';
import { modelsOf } from '../reading/generation.js';
import { adoptRebuild, rebuildProjections, type Verification, verifyProjections } from './rebuild.js';
import { type Document } from '../reading/read-store.js';
import { type CounterEvent, counterProjection, newEvent, parityProjection } from '../testing/counter.js';
import { patience } from '../testing/projector-harness.js';
import { SpecEventStore, SpecReadStore } from '../testing/spec-stores.js';

const counters = counterProjection();
let events: SpecEventStore;
let reads: SpecReadStore;

async function append(id: string, event: CounterEvent): Promise<bigint> {
  const expected = events.events.length === 0 ? null : BigInt(events.events.length - 1);
  return (await events.append('counters', expected, [newEvent(id, event)])).position;
}

async function project(position: bigint): Promise<void> {
  const projector = new Projector(events, reads, [counters]);
  await projector.start();
  expect(await projector.waitFor(position, patience)).toBe(true);
  await projector.stop();
}

beforeEach(async () => {
  events = new SpecEventStore();
  reads = new SpecReadStore();
  await append('1', { type: 'CounterOpened', version: 1, data: { counter: 'a', group: 'g' } });
  await append('2', { type: 'CounterOpened', version: 1, data: { counter: 'b', group: 'g' } });
  await project(await append('3', { type: 'CounterRaised', version: 1, data: { counter: 'a', by: 5 } }));
});

async function verified(options: { readonly limit?: number } = {}): Promise<Verification> {
  const [verification] = await verifyProjections(events, reads, [counters], options);
  if (!verification) throw new Error('nothing was verified');
  return verification;
}

async function adopted(): Promise<void> {
  for (const rebuilt of await rebuildProjections(events, reads, [counters]))
    await adoptRebuild(reads, rebuilt);
}

function spoil(model: string, document: Document, seen = 20n): void {
  reads.kept.set(`${model}/${document.id}`, { document, seen });
}

describe('a verification', () => {
  test('finds no difference between the live documents and a rebuild, and leaves no trace', async () => {
    const before = new Map(reads.kept);
    expect(await verified()).toStrictEqual({
      projection: 'counters',
      version: 1,
      position: 20n,
      differences: [],
      hasMore: false,
    });
    expect(reads.kept).toEqual(before);
    expect([...reads.checkpoints.keys()]).toEqual(['counters@1']);
  });

  test('names what is missing, extra and changed, in documents and in sums', async () => {
    spoil('counter@1', { id: 'a', group: 'g', total: 7, isOpen: true });
    spoil('counter@1', { id: 'x', group: 'g', total: 0, isOpen: true });
    reads.kept.delete('counter@1/b');
    spoil('group@1', { id: 'g', group: 'g', counts: { open: 2, total: 5, closed: 1 } }, 10n);
    const { differences, hasMore } = await verified();
    expect(differences).toStrictEqual([
      { model: 'counter', id: 'a', kind: 'changed', paths: ['total'] },
      { model: 'counter', id: 'b', kind: 'missing', paths: [] },
      { model: 'counter', id: 'x', kind: 'extra', paths: [] },
      { model: 'group', id: 'g', kind: 'changed', paths: ['counts.closed', '@seen'] },
    ]);
    expect(hasMore).toBe(false);
    const first = await verified({ limit: 2 });
    expect([first.differences.length, first.hasMore]).toEqual([2, true]);
  });

  test('leaves out what the live projection folded in the meantime', async () => {
    spoil('counter@1', { id: 'a', group: 'g', total: 9, isOpen: true }, 30n);
    spoil('counter@1', { id: 'z', group: 'g', total: 0, isOpen: true }, 40n);
    expect((await verified()).differences).toEqual([]);
  });

  test('refuses to compare two versions', async () => {
    await expect(verifyProjections(events, reads, [counterProjection(2)])).rejects.toThrow(
      'counters: version 1 is live, this code knows version 2: they cannot be compared',
    );
  });
});

describe('a rebuild', () => {
  test('ends at the position asked for and reports its way', async () => {
    const positions: bigint[] = [];
    const onProgress = (position: bigint) => positions.push(position);
    const rebuilt = await rebuildProjections(events, reads, [counters], {
      upTo: 10n,
      batchSize: 1,
      onProgress,
    });
    expect(rebuilt).toEqual([
      {
        projection: counters,
        generation: '1~rebuild',
        checkpoint: reads.checkpoints.get('counters@1~rebuild'),
      },
    ]);
    expect(rebuilt[0]?.checkpoint?.position).toBe(10n);
    expect(positions).toEqual([0n, 10n]);
  });

  test('reads the log once for all projections, and gives each what it needs', async () => {
    let readings = 0;
    const readAll = events.readAll.bind(events);
    events.readAll = (after) => {
      readings += 1;
      return readAll(after);
    };
    const rebuilt = await rebuildProjections(events, reads, [counters, parityProjection], { batchSize: 2 });
    expect(readings).toBe(1);
    expect(rebuilt.map(({ projection, checkpoint }) => [projection.name, checkpoint?.position])).toEqual([
      ['counters', 20n],
      ['parities', 20n],
    ]);
    const project = new Projector(events, reads, [parityProjection]);
    await project.start();
    await project.waitFor(20n, patience);
    await project.stop();
    for (const { projection, generation } of rebuilt) {
      for (const { name } of modelsOf(projection)) {
        const expected = [...reads.kept].filter(([key]) => key.startsWith(`${name}@1/`));
        expect(expected).not.toEqual([]);
        expect(expected.map(([key]) => reads.kept.get(key.replace('@1/', `@${generation}/`)))).toStrictEqual(
          expected.map(([, kept]) => kept),
        );
      }
    }
  });

  test('stops at an event it cannot fold', async () => {
    await append('4', { type: 'CounterRaised', version: 1, data: { counter: 'nobody', by: 5 } });
    await expect(rebuildProjections(events, reads, [counters])).rejects.toThrow(
      'counters at position 30: counters: CounterRaised needs a document nobody, and there is none',
    );
  });

  test('takes the place of spoilt documents, and the projector goes on from there', async () => {
    const sound = new Map(reads.kept);
    spoil('counter@1', { id: 'a', group: 'g', total: 7, isOpen: true });
    spoil('counter@1', { id: 'x', group: 'g', total: 0, isOpen: true });
    await adopted();
    expect(reads.kept).toEqual(sound);
    await project(await append('4', { type: 'CounterClosed', version: 1, data: { counter: 'b' } }));
    expect(reads.kept.get('group@1/g')?.document).toStrictEqual({
      id: 'g',
      group: 'g',
      counts: { open: 1, closed: 1, total: 5 },
    });
    expect((await verified()).differences).toEqual([]);
  });

  test('is adopted whole whatever the write after which it crashes', async () => {
    const sound = new Map(reads.kept);
    for (let writes = 0; writes < 4; writes++) {
      const [rebuilt] = await rebuildProjections(events, reads, [counters]);
      if (!rebuilt) throw new Error('nothing was rebuilt');
      reads.writesLeft = writes;
      await expect(adoptRebuild(reads, rebuilt)).rejects.toThrow('no more writes');
      reads.writesLeft = null;
      await project(20n);
      expect(new Map([...reads.kept].filter(([key]) => !key.includes('~')))).toEqual(sound);
    }
  });
});

test('two models are compared in the order of UTF-8, as stores give them', async () => {
  // U+FF21 comes before U+1F600 in UTF-8 and after it in JavaScript's order of strings.
  const [fullWidth, smile] = ['\uff21', '\u{1f600}'];
  const kept = (id: string) => ({ document: { id }, seen: 1n });
  const store = new SpecReadStore();
  store.scan = async function* (model) {
    yield* model === 'left' ? [kept(fullWidth), kept(smile)] : [kept(smile)];
  };
  const differences = [];
  for await (const difference of compareModels(store, { model: 'm', actual: 'left', expected: 'right' })) {
    differences.push(difference);
  }
  expect(differences).toEqual([{ model: 'm', id: fullWidth, kind: 'extra', paths: [] }]);
});

test.each([
  [{ a: 1, b: [1, { c: 2 }] }, { a: 1, b: [1, { c: 3 }] }, ['b[1].c']],
  [{ a: 1 }, { a: 1, b: null }, ['b']],
  [{ a: [1] }, { a: [1, 2] }, ['a[1]']],
  [{ a: {} }, { a: [] }, ['a']],
  [{ a: undefined }, {}, []],
  [{ a: '1', b: 2 }, { a: 1, b: 2 }, ['a']],
])('%j and %j differ at %j', (actual, expected, paths) => {
  expect(differingPaths(actual, expected)).toEqual(paths);
});
