import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { type CommandMeta } from '#libs/event-sourcing';
import { Act, HttpCommand } from './act.js';
import { InvalidInput } from './http-problem.js';
import { jsonSchema } from './json-schema.js';
import { bodyReader } from './validate.js';

class Item {
  @IsString()
  @IsNotEmpty()
  @MaxLength(5)
  material!: string;
}

@Act({ type: 'Ask', path: 'ask', roles: ['window'], summary: 'Ask' })
class Ask extends HttpCommand {
  declare readonly type: 'Ask';
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => Item)
  items!: Item[];
  @IsOptional()
  @IsIn(['low', 'high'])
  level?: string;
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
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

  test('is told everything that is wrong with it, by path, in both languages', () => {
    expect(
      wrong({ items: [{ material: '' }, { material: 'planning' }, { material: 3, size: 1 }], level: 'mid' }),
    ).toEqual([
      ['items[0].material', 'should not be empty', '不能为空'],
      ['items[1].material', 'must be shorter than or equal to 5 characters', '最长 5 个字符'],
      ['items[2].size', 'is not a field of this command', '不是本命令的字段'],
      ['items[2].material', 'must be a string', '必须是字符串'],
      ['level', 'must be one of the following values: low, high', '必须是下列之一：low, high'],
    ]);
    expect(wrong({})).toEqual([['items', 'is required', '必须填写']]);
    expect(wrong({ items: [] })).toEqual([['items', 'should not be empty', '至少要有一项']]);
    expect(wrong({ items: 'plan' })).toEqual([['items', 'must be an array', '必须是数组']]);
    expect(wrong({ items: [null] })).toHaveLength(1);
  });

  test('cannot name what the system itself fills in', () => {
    const names = ['id', 'meta', 'type', 'looked', 'constructor', 'toString'];
    expect(
      wrong({ items: [{ material: 'plan' }], ...Object.fromEntries(names.map((name) => [name, 'x'])) }),
    ).toEqual(names.map((name) => [name, 'is not a field of this command', '不是本命令的字段']));
    const polluted: unknown = JSON.parse('{"items":[{"material":"plan"}],"__proto__":{"looked":"x"}}');
    expect(wrong(polluted)).toEqual([['__proto__', 'is not a field of this command', '不是本命令的字段']]);
    const command: { looked?: string; meta?: CommandMeta } = read({ items: [{ material: 'plan' }] });
    expect([command.looked, command.meta]).toEqual([undefined, undefined]);
  });

  test('must be an object, and not too deep', () => {
    for (const body of [null, [], 'text', 3]) {
      expect(wrong(body)).toEqual([['', 'the body must be a JSON object', '请求体必须是 JSON 对象']]);
    }
    const deep: unknown = JSON.parse(`{"items":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    expect(wrong(deep)).toEqual([['items', 'is nested too deeply', '嵌套过深']]);
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
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['material'],
          properties: { material: { type: 'string', minLength: 1, maxLength: 5 } },
        },
      },
      level: { type: 'string', enum: ['low', 'high'] },
      tags: { type: 'array', items: { type: 'string' } },
    },
  });
  expect(jsonSchema(Bare)).toEqual({ type: 'object', additionalProperties: false, properties: {} });
});

test('an array is no object, however deep it stands and however empty it is', () => {
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
