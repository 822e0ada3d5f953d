import 'reflect-metadata';
import { describe, expect, jest, test } from '@jest/globals';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { commandDigest, type CommandMeta, isDigestOf } from '#libs/engine/event-sourcing';
import { Act, HttpCommand } from './act.js';
import { InvalidInput } from './http-problem.js';
import { jsonSchema } from './json-schema.js';
import { AnyNames, Codes, EachOnce, Name, Names, OptionalNames, OptionalText, Text } from './fields.js';
import { bodyReader } from './validate.js';

class Item {
  @IsString()
  @IsNotEmpty()
  @MaxLength(5)
  material!: string;
}

class Noticed {
  @Name()
  material!: string;
  @Name()
  part!: string;
}

@Act({ type: 'Ask', path: 'ask', roles: ['window'], summary: 'Ask' })
class Ask extends HttpCommand {
  declare readonly type: 'Ask';
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => Item)
  items!: Item[];
  @IsOptional()
  @IsIn(['low', 'high'])
  level?: string;
  @OptionalNames(3)
  tags?: string[];

  declare looked: string;
}

class Limit {
  @IsString()
  unit!: string;
}

class Stage {
  @IsOptional()
  @ValidateNested()
  @Type(() => Limit)
  limit?: Limit;
  @IsArray()
  @ArrayMaxSize(5)
  @ValidateNested({ each: true })
  @Type(() => Item)
  items!: Item[];
}

@Act({ type: 'Lay', path: 'lay', roles: ['window'], summary: 'Lay' })
class Lay extends HttpCommand {
  declare readonly type: 'Lay';
  @ValidateNested()
  @Type(() => Limit)
  limit!: Limit;
  @IsArray()
  @ArrayMaxSize(5)
  @ValidateNested({ each: true })
  @Type(() => Stage)
  stages!: Stage[];
}

@Act({ type: 'Bare', path: 'bare', roles: ['window'], summary: 'Bare' })
class Bare extends HttpCommand {
  declare readonly type: 'Bare';
}

const read = bodyReader(Ask);
const wrong = (body: unknown): readonly unknown[] => {
  try {
    read(body);
  } catch (error) {
    if (error instanceof InvalidInput)
      return error.errors.map(({ field, reason, reasonZh }) => [field, reason, reasonZh]);
    throw error;
  }
  return [];
};

describe('a body', () => {
  test('becomes the command', () => {
    const command = read({ items: [{ material: 'plan' }], level: 'low' });
    expect(command).toBeInstanceOf(Ask);
    expect(command.type).toBe('Ask');
    expect(command.items[0]).toBeInstanceOf(Item);
    expect({ ...command, items: command.items.map((item) => ({ ...item })) }).toEqual({
      items: [{ material: 'plan' }],
      level: 'low',
    });
  });

  test('may be left out where nothing is needed', () => {
    expect(bodyReader(Bare)(undefined).type).toBe('Bare');
    expect(() => bodyReader(Bare)({ x: 1 })).toThrow('x: is not a field of this command');
  });

  test('lists everything that is wrong, by path, in both languages', () => {
    expect(
      wrong({ items: [{ material: '' }, { material: 'planning' }, { material: 3, size: 1 }], level: 'mid' }),
    ).toEqual([
      ['items[0].material', 'should not be empty', '不能为空'],
      ['items[1].material', 'must be shorter than or equal to 5 characters', '最长 5 个字符'],
      ['items[2].size', 'is not a field of this command', '提交了无法识别的字段'],
      ['items[2].material', 'must be a string', '必须是字符串'],
      ['level', 'must be one of the following values: low, high', '必须是下列之一：low, high'],
    ]);
    expect(wrong({})).toEqual([['items', 'is required', '必须填写']]);
    expect(wrong({ items: [] })).toEqual([['items', 'should not be empty', '至少要有一项']]);
    expect(wrong({ items: 'plan' })).toEqual([['items', 'must be an array', '必须是数组']]);
    expect(wrong({ items: [null, 'plan'] })).toEqual([
      ['items[0]', 'must be an object', '必须是对象'],
      ['items[1]', 'must be an object', '必须是对象'],
    ]);
    expect(wrong({ items: [{ material: 'plan' }], tags: ['a', 3, 4] })).toEqual([
      ['tags', 'element 2 must be a string', '第 2 项必须是字符串'],
    ]);
  });

  test('cannot name what the system itself fills in', () => {
    const names = ['id', 'meta', 'type', 'looked', 'constructor', 'toString'];
    expect(
      wrong({ items: [{ material: 'plan' }], ...Object.fromEntries(names.map((name) => [name, 'x'])) }),
    ).toEqual(names.map((name) => [name, 'is not a field of this command', '提交了无法识别的字段']));
    const polluted: unknown = JSON.parse('{"items":[{"material":"plan"}],"__proto__":{"looked":"x"}}');
    expect(wrong(polluted)).toEqual([
      ['__proto__', 'is not a field of this command', '提交了无法识别的字段'],
    ]);
    const command: { looked?: string; meta?: CommandMeta } = read({ items: [{ material: 'plan' }] });
    expect([command.looked, command.meta]).toEqual([undefined, undefined]);
  });

  test('must be an object, however deep it is', () => {
    for (const body of [null, [], 'text', 3]) {
      expect(wrong(body)).toEqual([['', 'the body must be a JSON object', '请求体必须是 JSON 对象']]);
    }
    const deep: unknown = JSON.parse(`{"items":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    expect(wrong(deep)).toEqual([['items[0]', 'must be an object', '必须是对象']]);
  });
});

test('the schema says what is checked', () => {
  expect(jsonSchema(Ask)).toEqual({
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: {
        type: 'array',
        minItems: 1,
        maxItems: 30,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['material'],
          properties: { material: { type: 'string', minLength: 1, maxLength: 5 } },
        },
      },
      level: { type: 'string', enum: ['low', 'high'] },
      tags: {
        type: 'array',
        maxItems: 3,
        uniqueItems: true,
        items: { type: 'string', minLength: 1, maxLength: 200 },
      },
    },
  });
  expect(jsonSchema(Bare)).toEqual({ type: 'object', additionalProperties: false, properties: {} });
});

test('an array is not an object, at any depth, even when empty', () => {
  const readLay = bodyReader(Lay);
  const places = (body: object): readonly unknown[] => {
    try {
      readLay(body);
    } catch (error) {
      if (error instanceof InvalidInput) return error.errors.map(({ field }) => field);
      throw error;
    }
    return [];
  };
  const limit = { unit: 'day' };
  expect(places({ limit, stages: [{ limit, items: [{ material: 'a' }] }] })).toEqual([]);
  expect(places({ limit: [], stages: [[]] })).toEqual(['limit', 'stages[0]']);
  expect(wrong({ items: [[]] })).toEqual([['items[0]', 'must be an object', '必须是对象']]);
  expect(places({ limit: [limit], stages: [[[]]] })).toEqual(['limit', 'stages[0]']);
  expect(places({ limit, stages: [{ limit: [], items: [[], { material: 'a' }, [{}]] }] })).toEqual([
    'stages[0].limit',
    'stages[0].items[0]',
    'stages[0].items[2]',
  ]);
});

@Act({ type: 'Declare', path: 'declare', roles: ['window'], summary: 'Declare' })
class Declare extends HttpCommand {
  declare readonly type: 'Declare';
  @Names(50)
  materials!: string[];
  @Text()
  statement!: string;
  @OptionalText()
  note?: string;
}
const readDeclare = bodyReader(Declare);

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

function refusalOf(body: unknown): InvalidInput {
  try {
    readDeclare(body);
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
  throw new Error('it was read');
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

describe('T1 what a text is stored as', () => {
  test('T1 trimmed, composed, and read as it is stored', () => {
    const { statement, materials, note } = readDeclare({
      materials: ['\u3000平面图\u200b ', 'e\u0301'],
      statement: '\ufeff 第一行\r\n第二行\t。\n\n',
      note: ' n ',
    });
    expect([statement, materials, note]).toEqual(['第一行\n第二行\t。', ['平面图', '\u00e9'], 'n']);
  });

  test('T1 names that are the same once they are stored are there twice', () => {
    expect(refusalOf({ materials: ['e\u0301', '\u00e9 '], statement: 'x' }).errors).toEqual([
      { field: 'materials', reason: 'must not contain duplicates', reasonZh: '各项不得重复' },
    ]);
  });

  test('T5 no list has a thing twice, as it is stored: neither names nor objects that say the same', () => {
    class Notice {
      @IsArray()
      @ArrayMaxSize(30)
      @ValidateNested({ each: true })
      @EachOnce('material', 'part')
      @Type(() => Noticed)
      items!: Noticed[];
      @AnyNames(5)
      steps!: string[];
      @Codes(/^[A-Z]-[0-9]$/, 5)
      codes!: string[];
    }
    const read = bodyReader(Notice);
    const errorsOf = (body: object) => {
      try {
        return read(body);
      } catch (error) {
        if (error instanceof InvalidInput) return error.errors;
        throw error;
      }
    };
    const good = {
      items: [
        { material: '平面图', part: '一' },
        { material: '平面图', part: '二' },
        { material: '说明', part: '一' },
      ],
      steps: ['受理', '审查'],
      codes: ['A-1', 'A-2'],
    };
    expect(errorsOf(good)).toEqual(good);
    const twice = (field: string) => [
      { field, reason: 'must not contain duplicates', reasonZh: '各项不得重复' },
    ];
    const again = { material: ' 平面图\u3000', part: '二' };
    expect(errorsOf({ ...good, items: [...good.items, again] })).toEqual(twice('items'));
    expect(errorsOf({ ...good, steps: ['受理', '受理 '] })).toEqual(twice('steps'));
    expect(errorsOf({ ...good, codes: ['A-1', 'A-2', 'A-1'] })).toEqual(twice('codes'));
    // What cannot be read is reported as that, not as a duplicate.
    expect(errorsOf({ ...good, items: [1, 2] })).toEqual(
      [0, 1].map((index) => ({
        field: `items[${index}]`,
        reason: 'must be an object',
        reasonZh: '必须是对象',
      })),
    );
  });

  test('T1 a retry has the digest of what is stored, and that of what was stored before texts were trimmed', () => {
    const meta = { commandId: 'c' } as CommandMeta;
    const read = (body: object) => Object.assign(readDeclare(body), { id: 'a', meta });
    const sent = { materials: [' 平面图'], statement: '如实 ' };
    const stored = { materials: ['平面图'], statement: '如实' };
    const command = { type: 'Declare', id: 'a', meta };
    const before = commandDigest({ ...command, ...sent });
    expect(commandDigest(read(sent))).toBe(commandDigest({ ...command, ...stored }));
    expect(commandDigest(read(stored))).toBe(commandDigest({ ...command, ...stored }));
    expect([isDigestOf(before, read(sent)), isDigestOf(before, read(stored))]).toEqual([true, false]);
    expect(isDigestOf(before, read({ ...sent, note: 'n' }))).toBe(false);
  });
});
