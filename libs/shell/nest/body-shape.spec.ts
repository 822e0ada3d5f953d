import { describe, expect, test } from '@jest/globals';
import { checkShape } from './body-shape.js';
import { InvalidInput } from './http-problem.js';

const problem = (text: string) => {
  try {
    checkShape(text);
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors.map(({ field, reason }) => [field, reason]);
    throw error;
  }
  return null;
};
const list = (count: number, element: string) => `[${Array(count).fill(element).join()}]`;
const TOO_MANY = 'must not hold more than 20000 values';
const TOO_DEEP = 'is nested too deeply';

describe('D1 the outline of a body', () => {
  test('D1 as many values as any command takes, and not one more', () => {
    expect(problem(`{"materials":${list(19_998, '"x"')}}`)).toBeNull();
    expect(problem(`{"materials":${list(110_000, '"x"')}}`)).toEqual([['materials', TOO_MANY]]);
    expect(problem(`{"statement":"[,,,","figures":{"list":${list(60_000, '1')}}}`)).toEqual([
      ['figures', TOO_MANY],
    ]);
    expect(problem(`{"items":${list(60_000, '{}')}}`)).toEqual([['items', TOO_MANY]]);
    expect(problem(`{${Array.from({ length: 110_000 }, (_, n) => `"k${n}":1`).join()}}`)).toEqual([
      ['', TOO_MANY],
    ]);
  });

  test('D1 no more levels than any command has', () => {
    expect(problem(`{"a":${'['.repeat(31)}${']'.repeat(31)}}`)).toBeNull();
    expect(problem(`{"a":${'['.repeat(32)}${']'.repeat(32)}}`)).toEqual([['a', TOO_DEEP]]);
    expect(problem('['.repeat(100_000))).toEqual([['', TOO_DEEP]]);
    expect(problem('{"a":'.repeat(100_000))).toEqual([['a', TOO_DEEP]]);
  });

  test('D1 brackets in strings do not count, and text that is not JSON is left to the parser', () => {
    const brackets = '[{,'.repeat(50_000);
    expect(problem(JSON.stringify({ reason: `"${brackets}\\` }))).toBeNull();
    expect(['{"a":', '"', '\\', ']]]]', `{"${brackets}`, ''].map(problem)).toEqual(Array(6).fill(null));
  });
});
