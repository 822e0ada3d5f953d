import { expect, test } from '@jest/globals';
import { deepFreeze } from './deep-freeze.js';

test('a frozen value cannot be written to at any depth, and is the one that was given', () => {
  class Raise {
    items = [{ by: 1 }];
    note = { text: 'a', at: new Date(0) };
  }
  const given = new Raise();
  const frozen = deepFreeze(given);
  expect(frozen).toBe(given);
  expect(() => frozen.items.push({ by: 2 })).toThrow(TypeError);
  expect(() => {
    for (const item of frozen.items) item.by = 3;
  }).toThrow(TypeError);
  expect(() => {
    frozen.note.text = 'b';
  }).toThrow(TypeError);
  expect(frozen).toEqual({ items: [{ by: 1 }], note: { text: 'a', at: new Date(0) } });
});

test.each([[null], [undefined], [1n], ['text']])('%s stays what it is', (value) => {
  expect(deepFreeze(value)).toBe(value);
});
