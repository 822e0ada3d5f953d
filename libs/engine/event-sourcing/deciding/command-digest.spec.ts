import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { canonicalJson, commandDigest, isDigestOf, SENT_FIELDS } from './command-digest.js';
import { meta } from '../testing/counter.js';

const command = { type: 'Raise', meta: meta('a'), counter: 'c1', by: [1, 2], note: { b: 1, a: null } };

describe('the digest of a command', () => {
  test('is sha-256 over its type and content, keys sorted', () => {
    const text = '"Raise"{"by":[1,2],"counter":"c1","note":{"a":null,"b":1}}';
    expect(commandDigest(command)).toBe(createHash('sha256').update(text).digest('base64url'));
  });

  test('does not see meta, the order of fields, or undefined', () => {
    const same = { note: { a: null, b: 1, c: undefined }, by: [1, 2], counter: 'c1', extra: undefined };
    expect(commandDigest({ ...same, meta: meta('b'), type: 'Raise' })).toBe(commandDigest(command));
  });

  test('sees only what the sender fills in, where the command says what that is', () => {
    const lookedUp = { ...command, opening: { version: 3 } };
    const sent = new Set(['counter', 'by', 'note']);
    expect(commandDigest({ ...lookedUp, [SENT_FIELDS]: sent })).toBe(commandDigest(command));
    expect(commandDigest(lookedUp)).not.toBe(commandDigest(command));
  });

  test('is known again where it was stored before it covered a field', () => {
    const { by: _, ...without } = command;
    expect(isDigestOf(commandDigest(without), command)).toBe(false);
    expect(isDigestOf(commandDigest(without), command, ['by'])).toBe(true);
    expect(isDigestOf(commandDigest(without), Object.assign({ ...command }, { counter: 'c2' }), ['by'])).toBe(
      false,
    );
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
