import 'reflect-metadata';
import { describe, expect, jest, test } from '@jest/globals';
import { IsArray, IsString } from 'class-validator';
import { bodyReader } from './validate.js';
import { refusalOf } from './testing/asking.js';

/** A list that counts how many of its elements anybody looks at. */
function watched(length: number, element: (index: number) => unknown) {
  let looked = 0;
  const list = new Proxy(
    Array.from({ length }, (_, index) => element(index)),
    {
      get(target, key, receiver): unknown {
        if (typeof key === 'string' && /^\d+$/.test(key)) looked++;
        return Reflect.get(target, key, receiver);
      },
    },
  );
  return { list, looked: () => looked };
}

describe('D1 size before content', () => {
  test('D1 no element of a list that is too long is looked at, whatever it holds', () => {
    for (const element of [(index: number) => `m${index}`, () => ({ a: 1 }), () => 3, () => []]) {
      const { list, looked } = watched(110_000, element);
      expect(refusalOf({ materials: list, statement: 'x' }).errors).toEqual([
        { field: 'materials', reason: 'must contain no more than 50 elements', reasonZh: '最多 50 项' },
      ]);
      expect(looked()).toBe(0);
    }
  });

  test('D1 the first element that is wrong ends a list', () => {
    const { list, looked } = watched(50, (index) => (index < 4 ? `m${index}` : index));
    expect(refusalOf({ materials: list, statement: 'x' }).errors).toEqual([
      { field: 'materials', reason: 'element 5 must be a string', reasonZh: '第 5 项必须是字符串' },
    ]);
    expect(looked()).toBe(5);
  });

  test('D1 that each is there once is seen by looking at each once more', () => {
    const { list, looked } = watched(50, (index) => `m${index % 49}`);
    expect(refusalOf({ materials: list, statement: 'x' }).errors).toEqual([
      { field: 'materials', reason: 'must not contain duplicates', reasonZh: '各项不得重复' },
    ]);
    expect(looked()).toBe(50);
  });

  test('D1 a text that is far too long is not looked at', () => {
    const composed = jest.spyOn(String.prototype, 'normalize');
    try {
      for (const text of ['x'.repeat(1_000_000), '\u0301'.repeat(500_000), '\ud83d\ude00'.repeat(250_000)]) {
        expect(refusalOf({ materials: ['a'], statement: text }).errors).toEqual([
          {
            field: 'statement',
            reason: 'must be shorter than or equal to 4000 characters',
            reasonZh: '最长 4000 个字符',
          },
        ]);
      }
      expect(composed).toHaveBeenCalledTimes(3); // the name next to it, three times
    } finally {
      composed.mockRestore();
    }
  });

  test('D1 a list of a class cannot be declared without a limit', () => {
    class Endless {
      @IsArray()
      @IsString({ each: true })
      names!: string[];
    }
    expect(() => bodyReader(Endless)).toThrow('Endless.names is a list without a limit');
  });
});

test('D2 twenty problems are listed and the rest counted; a long name is cut', () => {
  const many = Object.fromEntries(Array.from({ length: 110_000 }, (_, index) => [`k${index}`, 1]));
  const refusal = refusalOf({ ...many });
  expect([refusal.errors.length, refusal.more]).toEqual([20, 109_982]); // 110,000 unknown, 2 missing
  expect(refusal.errors.map(({ field }) => field)).toEqual(Array.from({ length: 20 }, (_, n) => `k${n}`));
  const long = refusalOf({ ['x'.repeat(10_000)]: 1, ['\ud83d\ude00'.repeat(50_000)]: 1, materials: [] });
  expect(long.errors.map(({ field }) => field)).toEqual([
    `${'x'.repeat(100)}…`,
    `${'\ud83d\ude00'.repeat(50)}…`,
    'materials',
    'statement',
  ]);
});
