import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
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
import { AnyNames, Codes, EachOnce, Name, OptionalNames } from './fields.js';
import { bodyReader } from './validate.js';
import { readDeclare, refusalOf } from './testing/asking.js';

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
          properties: {
            material: { type: 'string', minLength: 1, maxLength: 5, 'x-field-of': 'Item.material' },
          },
        },
        'x-field-of': 'Ask.items',
      },
      level: { type: 'string', enum: ['low', 'high'], 'x-field-of': 'Ask.level' },
      tags: {
        type: 'array',
        maxItems: 3,
        uniqueItems: true,
        items: { type: 'string', minLength: 1, maxLength: 200 },
        'x-field-of': 'Ask.tags',
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
