import { describe, expect, test } from '@jest/globals';
import { type StoredEvent } from '../log/event.js';
import { FoldFailure } from './fold-failure.js';
import { ProjectionBatch } from './projection-batch.js';
import { projection } from './projection.js';
import { type Document, type StoredDocument } from './read-store.js';
import { type CounterEvent, counterProjection, newEvent, parityProjection } from '../testing/counter.js';

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

function at(first: bigint, ...events: CounterEvent[]): StoredEvent[] {
  return events.map((event, index) => ({
    ...newEvent(`e${index}`, event),
    stream: 's',
    revision: BigInt(index),
    position: first + BigInt(index),
  }));
}

function run(
  batch: ProjectionBatch,
  documents: (StoredDocument | null)[],
  tallies: (StoredDocument | null)[][],
) {
  batch.foldDocuments(documents);
  const ids = batch.tallyIds;
  return { ids, tallies: batch.foldTallies(tallies), documents: batch.changedDocuments };
}

describe('a batch', () => {
  test('asks for each document once and folds it in memory', () => {
    const batch = new ProjectionBatch(
      counterProjection(),
      at(5n, opened('a'), raised('a', 2), opened('b', 'h'), raised('a', 3)),
    );
    expect(batch.documentIds).toEqual(['a', 'b']);
    expect(run(batch, [null, null], [[null, null]])).toStrictEqual({
      ids: [['g', 'h']],
      tallies: [
        [
          { document: { id: 'g', group: 'g', counts: { open: 1, total: 5 } }, seen: 8n },
          { document: { id: 'h', group: 'h', counts: { open: 1 } }, seen: 7n },
        ],
      ],
      documents: [
        { document: { id: 'a', group: 'g', total: 5, isOpen: true }, seen: 8n },
        { document: { id: 'b', group: 'h', total: 0, isOpen: true }, seen: 7n },
      ],
    });
  });

  test('skips what a document has seen and what a tally has counted', () => {
    const batch = new ProjectionBatch(
      counterProjection(),
      at(5n, raised('a', 2), raised('b', 10), raised('a', 3)),
    );
    const a = { document: { id: 'a', group: 'g', total: 2, isOpen: true }, seen: 5n };
    const b = { document: { id: 'b', group: 'g', total: 0, isOpen: true }, seen: 4n };
    const counted = { document: { id: 'g', group: 'g', counts: { open: 2, total: 12 } }, seen: 6n };
    expect(run(batch, [a, b], [[counted]])).toStrictEqual({
      ids: [['g']],
      tallies: [[{ document: { id: 'g', group: 'g', counts: { open: 2, total: 15 } }, seen: 7n }]],
      documents: [
        { document: { id: 'a', group: 'g', total: 5, isOpen: true }, seen: 7n },
        { document: { id: 'b', group: 'g', total: 10, isOpen: true }, seen: 6n },
      ],
    });
    expect([a.document.total, counted.document.counts.total]).toEqual([2, 12]);
  });

  test('that everything has seen changes nothing', () => {
    const batch = new ProjectionBatch(counterProjection(), at(5n, closed('a')));
    const a = { document: { id: 'a', group: 'g', total: 0, isOpen: false }, seen: 5n };
    expect(run(batch, [a], [[]])).toStrictEqual({ ids: [[]], tallies: [[]], documents: [] });
  });

  test('drops counters that came to zero and keeps the document', () => {
    const raiseAndBack = new ProjectionBatch(
      counterProjection(),
      at(0n, opened('a'), raised('a', 2), raised('a', -2), closed('a')),
    );
    expect(run(raiseAndBack, [null], [[null]]).tallies).toStrictEqual([
      [{ document: { id: 'g', group: 'g', counts: { closed: 1 } }, seen: 3n }],
    ]);
    const back = new ProjectionBatch(counterProjection(), at(9n, raised('a', -2)));
    const a = { document: { id: 'a', group: 'g', total: 2, isOpen: true }, seen: 1n };
    const sum = { document: { id: 'g', group: 'g', counts: { total: 2 } }, seen: 1n };
    expect(run(back, [a], [[sum]]).tallies).toStrictEqual([
      [{ document: { id: 'g', group: 'g', counts: {} }, seen: 9n }],
    ]);
  });

  test('adds pairs as it adds fields, a counter named twice counting twice', () => {
    const paired = projection<Document, CounterEvent>({
      name: 'paired',
      version: 1,
      model: 'paired',
      indexes: {},
      keys: ({ data }) => [data.counter],
      create: { CounterOpened: (_, id) => ({ id }) },
      update: {},
      tallies: [
        {
          model: 'sum',
          indexes: {},
          contributions: () => [
            {
              lines: [{ id: 'all', labels: {} }],
              add: [
                ['n', 1],
                ['n', 2],
                ['gone', 1],
                ['gone', -1],
              ],
            },
            { lines: [{ id: 'all', labels: {} }], add: [['n', 4]] },
          ],
        },
      ],
    });
    expect(run(new ProjectionBatch(paired, at(3n, opened('a'))), [null], [[null]]).tallies).toStrictEqual([
      [{ document: { id: 'all', counts: { n: 7 } }, seen: 3n }],
    ]);
  });

  test('adds to each of the lines that share an addition what that line has not counted yet', () => {
    const lines = ['x', 'y', 'z'].map((id) => ({ id, labels: {} }));
    const shared = projection<Document, CounterEvent>({
      name: 'shared',
      version: 1,
      model: 'shared',
      indexes: {},
      keys: ({ data }) => [data.counter],
      create: { CounterOpened: (_, id) => ({ id }) },
      update: { CounterRaised: (document) => document },
      tallies: [
        {
          model: 'sum',
          indexes: {},
          contributions: (before, _, { position }) => [
            { lines, add: [[before ? 'raised' : 'opened', 1]] },
            { lines: lines.slice(0, 1), add: [[`at${position}`, 1]] },
          ],
        },
      ],
    });
    const batch = new ProjectionBatch(shared, at(5n, opened('a'), raised('a', 1), raised('a', 1)));
    const counted = (id: string, seen: bigint) => ({ document: { id, counts: { opened: 7 } }, seen });
    expect(run(batch, [null], [[null, counted('y', 5n), counted('z', 7n)]])).toStrictEqual({
      ids: [['x', 'y', 'z']],
      tallies: [
        [
          { document: { id: 'x', counts: { opened: 1, raised: 2, at5: 1, at6: 1, at7: 1 } }, seen: 7n },
          { document: { id: 'y', counts: { opened: 7, raised: 2 } }, seen: 7n },
        ],
      ],
      documents: [{ document: { id: 'a' }, seen: 7n }],
    });
  });

  test('lets one event touch several documents', () => {
    const batch = new ProjectionBatch(parityProjection, at(0n, raised('a', 2), raised('a', 3)));
    expect(batch.documentIds).toEqual(['all', 'even', 'odd']);
    expect(run(batch, [null, null, null], []).documents).toStrictEqual([
      { document: { id: 'all', sum: 5, last: 'a' }, seen: 1n },
      { document: { id: 'even', sum: 2, last: 'a' }, seen: 0n },
      { document: { id: 'odd', sum: 3, last: 'a' }, seen: 1n },
    ]);
  });
});

describe('an event that cannot be folded is named by its place', () => {
  const failure = (work: () => unknown): [number, string] => {
    try {
      work();
    } catch (error) {
      if (error instanceof FoldFailure) return [error.index, error.message];
      throw error;
    }
    throw new Error('nothing failed');
  };

  test('when its document is absent', () => {
    const batch = new ProjectionBatch(counterProjection(), at(0n, opened('a'), raised('x', 1)));
    expect(failure(() => batch.foldDocuments([null, null]))).toEqual([
      1,
      'counters: CounterRaised needs a document x, and there is none',
    ]);
  });

  test('when its keys cannot be computed', () => {
    const events = at(0n, opened('a'), raised('a', 1)).map((event, index) =>
      index === 1 ? { ...event, data: null } : event,
    );
    expect(failure(() => new ProjectionBatch(counterProjection(), events))[0]).toBe(1);
  });

  test('when it makes a document with another id', () => {
    const wrong = projection<Document, CounterEvent>({
      name: 'wrong',
      version: 1,
      model: 'wrong',
      indexes: {},
      keys: () => ['a'],
      create: { CounterOpened: () => ({ id: 'b' }) },
      update: {},
    });
    const batch = new ProjectionBatch(wrong, at(0n, opened('a')));
    expect(failure(() => batch.foldDocuments([null]))).toEqual([0, 'wrong: document a became b']);
  });

  test('when the labels of a tally contradict each other, in the batch or in the store', () => {
    const tallied = projection<{ readonly id: string; readonly region: string }, CounterEvent>({
      name: 'tallied',
      version: 1,
      model: 'tallied',
      indexes: {},
      keys: ({ data }) => [data.counter],
      create: {
        CounterOpened: ({ data }, id) => ({ id, region: data.group }),
      },
      update: {},
      tallies: [
        {
          model: 'sum',
          indexes: {},
          contributions: (_, { region }) => [{ lines: [{ id: 'all', labels: { region } }], add: [['n', 1]] }],
        },
      ],
    });
    const both = new ProjectionBatch(tallied, at(0n, opened('a', 'north'), opened('b', 'south')));
    expect(failure(() => both.foldDocuments([null, null]))).toEqual([
      1,
      'tally all: region is "north", not "south"',
    ]);
    const one = new ProjectionBatch(tallied, at(3n, opened('b', 'south')));
    one.foldDocuments([null]);
    const north = { document: { id: 'all', region: 'north', counts: { n: 1 } }, seen: 0n };
    expect(failure(() => one.foldTallies([[north]]))).toEqual([
      0,
      'tally all: region is "north", not "south"',
    ]);
  });
});
