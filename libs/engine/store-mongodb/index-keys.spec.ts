import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Scalar } from '#libs/engine/event-sourcing';
import { fixedKey, indexEntry, sortable } from './index-keys.js';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** The port's order, said another way than the keys say it. */
function compare(one: Scalar, other: Scalar): number {
  const rank = (value: Scalar) => ['object', 'boolean', 'number', 'string'].indexOf(typeof value);
  if (rank(one) !== rank(other)) return rank(one) - rank(other);
  if (typeof one === 'string') return Buffer.compare(bytes(one), bytes(String(other)));
  return (
    Number(one) - Number(other) || (Number(one) === Number(other) ? 0 : Number(one) < Number(other) ? -1 : 1)
  );
}

describe('keys of an index', () => {
  test('sort by their bytes as the port sorts the values', () => {
    fc.assert(
      fc.property(scalar, scalar, (one, other) => {
        const byKey = Buffer.compare(bytes(sortable(one)), bytes(sortable(other)));
        expect(Math.sign(byKey)).toBe(Math.sign(compare(one, other)));
      }),
      { numRuns: 2_000 },
    );
  });

  test('of several fixed values are equal only where every value is', () => {
    const pair = fc.tuple(scalar, scalar);
    fc.assert(
      fc.property(pair, pair, (one, other) => {
        const same = compare(one[0], other[0]) === 0 && compare(one[1], other[1]) === 0;
        expect(fixedKey(one) === fixedKey(other)).toBe(same);
      }),
      { numRuns: 2_000 },
    );
    expect(fixedKey(['a', 'b'])).not.toBe(fixedKey(['a","3b']));
  });

  test('distinguish strings by their first 256 characters, and never hold half a character', () => {
    expect(sortable(`${'x'.repeat(256)}a`)).toBe(sortable(`${'x'.repeat(256)}b`));
    expect(sortable(`${'x'.repeat(255)}a`)).not.toBe(sortable(`${'x'.repeat(255)}b`));
    expect(sortable(`${'x'.repeat(255)}🏗`)).toBe(`3${'x'.repeat(255)}`);
  });
});

describe('entry of a document', () => {
  const department = fixedKey(['water']);

  test('holds a key for each combination of elements, a range, and null for what is missing', () => {
    const definition = { equals: ['department', 'tags'], range: 'due' };
    expect(indexEntry(definition, { id: 'a', department: 'water', tags: ['x', 'y', 'x'], due: 1 })).toEqual({
      equals: [fixedKey(['water', 'x']), fixedKey(['water', 'y'])],
      range: sortable(1),
    });
    expect(indexEntry(definition, { id: 'a' })).toEqual({ equals: fixedKey([null, null]), range: '0' });
  });

  test('is absent for a document whose field holds an object or an empty list', () => {
    expect(indexEntry({ equals: ['tags'] }, { id: 'a', tags: [] })).toBeNull();
    expect(indexEntry({ equals: ['tags'] }, { id: 'a', tags: { x: 1 } })).toBeNull();
    expect(indexEntry({ equals: [], range: 'due' }, { id: 'a', due: { x: 1 } })).toBeNull();
    expect(indexEntry({ equals: ['department'] }, { id: 'a', department: 'water' })).toEqual({
      equals: department,
    });
    expect(indexEntry({ equals: [] }, { id: 'a' })).toEqual({});
  });
});
