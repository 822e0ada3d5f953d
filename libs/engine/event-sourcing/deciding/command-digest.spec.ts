import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { canonicalJson, commandDigest } from './command-digest.js';
import { meta } from '../testing/counter.js';

const command = { type: 'Raise', meta: meta('a'), counter: 'c1', by: [1, 2], note: { b: 1, a: null } };

describe('the digest of a command', () => {
  test('is sha-256 over its type and content, keys sorted', () => {
    const text = '"Raise"{"by":[1,2],"counter":"c1","note":{"a":null,"b":1}}';
    expect(commandDigest(command)).toBe(createHash('sha256').update(text).digest('base64url'));
  });

  test('does not see meta, the order of fields, undefined, or what a handler looked up', () => {
    const same = { note: { a: null, b: 1, c: undefined }, by: [1, 2], counter: 'c1', extra: undefined };
    expect(commandDigest({ ...same, meta: meta('b'), type: 'Raise' })).toBe(commandDigest(command));
    const withLookup = { ...command, opening: { version: 3 } };
    expect(commandDigest(withLookup, new Set(['opening']))).toBe(commandDigest(command));
    expect(commandDigest(withLookup)).not.toBe(commandDigest(command));
  });

  test('takes the type of a class from its prototype', () => {
    class Raise {
      declare readonly type: string;
      declare readonly meta: typeof command.meta;
      counter = 'c1';
      by = [1, 2];
      note = { a: null, b: 1 };
    }
    Object.defineProperty(Raise.prototype, 'type', { value: 'Raise' });
    expect(commandDigest(Object.assign(new Raise(), { meta: meta('c') }))).toBe(commandDigest(command));
  });

  test.each([
    ['type', { ...command, type: 'Lower' }],
    ['a field', { ...command, counter: 'c2' }],
    ['an order in a list', { ...command, by: [2, 1] }],
    ['null for a missing field', { ...command, other: null }],
    ['a number for a string', { ...command, counter: 1 }],
  ])('sees another %s', (_, other) => {
    expect(commandDigest(other)).not.toBe(commandDigest(command));
  });
});

test('canonical JSON writes what JSON.stringify would, with sorted keys', () => {
  const value = { z: [undefined, () => 1, '"'], d: new Date(0), f: () => 1, a: '汉' };
  expect(canonicalJson(value)).toBe('{"a":"汉","d":"1970-01-01T00:00:00.000Z","z":[null,null,"\\""]}');
});
