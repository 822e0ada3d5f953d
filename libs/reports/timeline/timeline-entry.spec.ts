import { expect, test } from '@jest/globals';
import { type Holder } from '#libs/county/approval';
import fc from 'fast-check';
import { restoredEntry, storedEntry, type TimelineEntry } from './timeline-entry.js';

const NOON = '2026-03-02T04:00:00.000Z';
const instant = fc.constantFrom(NOON, '2026-03-01T01:00:00.000Z', '2026-03-02T04:00:00.001Z');
const name = fc.constantFrom('natural-resources', 'zhao');
const nameOrNull = fc.option(name);
const holder: fc.Arbitrary<Holder> = fc.record({
  party: fc.constantFrom('applicant', 'department', 'inter-department', 'excluded-procedure'),
  department: nameOrNull,
  post: nameOrNull,
  person: nameOrNull,
});

const entry = fc
  .record({
    always: fc.record({
      type: fc.constant('StepRecorded'),
      revision: fc.nat(),
      position: fc.constantFrom('0', '71'),
      occurredAt: instant,
      recordedAt: instant,
      department: nameOrNull,
      post: nameOrNull,
      person: name,
      role: fc.constant('reviewer'),
    }),
    texts: fc.record({ note: name, step: name, article: name, onBehalfOf: name }, { requiredKeys: [] }),
    ended: fc.option(fc.record({ by: holder, from: instant, to: instant })),
    next: fc.constantFrom('moves', 'stays', 'over', 'untouched'),
    holder,
  })
  .map(({ always, texts, ended, next, holder: to }): TimelineEntry => {
    const kept = ended?.by ?? to;
    const after = next === 'moves' ? to : next === 'stays' ? kept : null;
    return {
      ...always,
      ...texts,
      ...(ended && { ended }),
      ...(next !== 'untouched' && { holder: after }),
    };
  });

test('an entry comes back from its document as it was', () => {
  fc.assert(
    fc.property(entry, (one) => {
      const stored = storedEntry(one);
      expect(restoredEntry(JSON.parse(JSON.stringify(stored)) as typeof stored, one.revision)).toEqual(one);
    }),
  );
});

test('what says nothing new is left out', () => {
  const by: Holder = { party: 'department', department: 'water', post: null, person: 'qian' };
  expect(
    storedEntry({
      type: 'StepRecorded',
      revision: 3,
      position: '12',
      occurredAt: NOON,
      recordedAt: NOON,
      department: 'water',
      post: null,
      person: 'qian',
      role: 'reviewer',
      step: '现场踏勘',
      ended: { by, from: '2026-03-01T01:00:00.000Z', to: NOON },
      holder: by,
    }),
  ).toEqual({
    type: 'StepRecorded',
    position: '12',
    occurredAt: NOON,
    department: 'water',
    person: 'qian',
    role: 'reviewer',
    step: '现场踏勘',
    ended: { from: '2026-03-01T01:00:00.000Z' },
    holder: 'same',
  });
});

test('a document that keeps a holder it never named is damaged', () => {
  expect(() =>
    restoredEntry(
      { type: 'x', position: '1', occurredAt: NOON, person: 'qian', role: 'reviewer', holder: 'same' },
      0,
    ),
  ).toThrow('a timeline says that the holder stays, and names none');
});
