import { describe, expect, test } from '@jest/globals';
import { type IndexDefinition } from '#libs/engine/event-sourcing';
import { allEntries, entryChanges } from './document-entries.js';
import { encodeScalar, fieldsOfIndex, type IndexedFields } from './index-keys.js';
import { type KnownModel } from './model-catalogue.js';

const definitions: Readonly<Record<string, IndexDefinition>> = {
  department: { equals: ['department'], range: 'due' },
  regions: { equals: ['regions'] },
  all: { equals: [], range: 'due' },
};
const prefixes = new Map(Object.keys(definitions).map((name, index) => [name, Buffer.from([index + 1])]));
const prefixOf = (name: string) => prefixes.get(name) ?? Buffer.alloc(0);
const model: KnownModel = {
  name: 'cases',
  prefix: Buffer.from([9]),
  fields: ['department', 'due', 'regions'],
  indexes: new Map(
    Object.entries(definitions).map(([name, definition]) => [
      name,
      { definition, prefix: prefixOf(name), fields: fieldsOfIndex(definition) },
    ]),
  ),
};

/** An entry as its parts: the number of its index, the values, and the document's id. */
const entry = (index: string, values: readonly (string | number | null)[], id = 'c1') =>
  Buffer.concat([prefixOf(index), ...values.map(encodeScalar), Buffer.from(id)]).toString('hex');
const hex = (keys: readonly Buffer[]) => keys.map((key) => key.toString('hex'));

const fields: IndexedFields = { department: ['water'], due: ['2026-03-01'], regions: ['000000', '210521'] };
const changes = (after: Partial<IndexedFields>, before: IndexedFields = fields) => {
  const { stale, fresh } = entryChanges(model, before, { ...before, ...after } as IndexedFields, 'c1');
  return { stale: hex(stale), fresh: hex(fresh) };
};

describe('the index entries of a document', () => {
  test('one for each index and each value of a list', () => {
    expect(hex(allEntries(model, fields, 'c1'))).toEqual([
      entry('department', ['water', '2026-03-01']),
      entry('regions', ['000000']),
      entry('regions', ['210521']),
      entry('all', ['2026-03-01']),
    ]);
  });

  test('a field that is null has an entry, an empty list has none', () => {
    expect(hex(allEntries(model, { department: [null], due: [null], regions: [] }, 'c1'))).toEqual([
      entry('department', [null, null]),
      entry('all', [null]),
    ]);
  });
});

test('an index of present fields has no entry for a document without', () => {
  const definition = { equals: ['department'], range: 'due', present: 'due' };
  const index = { definition, prefix: Buffer.from([7]), fields: fieldsOfIndex(definition) };
  const sparse: KnownModel = { ...model, indexes: new Map([['due', index]]) };
  expect(hex(allEntries(sparse, fields, 'c1'))).toEqual([
    Buffer.concat([
      Buffer.from([7]),
      ...['water', '2026-03-01'].map(encodeScalar),
      Buffer.from('c1'),
    ]).toString('hex'),
  ]);
  expect(hex(allEntries(sparse, { ...fields, due: [null] }, 'c1'))).toEqual([]);
});

describe('a change of fields', () => {
  test('that changes nothing touches no entry', () => {
    expect(changes({})).toEqual({ stale: [], fresh: [] });
    // The same values in another array.
    expect(changes({ regions: ['000000', '210521'] })).toEqual({ stale: [], fresh: [] });
  });

  test('moves the entries of every index that has the field, and of no other', () => {
    expect(changes({ due: ['2026-04-01'] })).toEqual({
      stale: [entry('department', ['water', '2026-03-01']), entry('all', ['2026-03-01'])],
      fresh: [entry('department', ['water', '2026-04-01']), entry('all', ['2026-04-01'])],
    });
    expect(changes({ department: ['housing'] })).toEqual({
      stale: [entry('department', ['water', '2026-03-01'])],
      fresh: [entry('department', ['housing', '2026-03-01'])],
    });
  });

  test('of a list leaves the entries of values that stay', () => {
    expect(changes({ regions: ['000000', '210502'] })).toEqual({
      stale: [entry('regions', ['210521'])],
      fresh: [entry('regions', ['210502'])],
    });
    expect(changes({ regions: ['210521', '000000'] })).toEqual({ stale: [], fresh: [] });
    expect(changes({ regions: ['000000'] })).toEqual({ stale: [entry('regions', ['210521'])], fresh: [] });
    expect(changes({ regions: [] }).stale).toEqual([
      entry('regions', ['000000']),
      entry('regions', ['210521']),
    ]);
  });

  test('between values of another kind that look alike is a change', () => {
    expect(changes({ due: [1] }, { ...fields, due: ['1'] })).toEqual({
      stale: [entry('department', ['water', '1']), entry('all', ['1'])],
      fresh: [entry('department', ['water', 1]), entry('all', [1])],
    });
  });

  test('from a field that was not kept adds what is there now, and takes away nothing that stays', () => {
    const { department, regions } = fields;
    const before = { department, regions } as IndexedFields;
    expect(changes({ due: ['2026-03-01'] }, before)).toEqual({
      stale: [],
      fresh: [entry('department', ['water', '2026-03-01']), entry('all', ['2026-03-01'])],
    });
  });
});
