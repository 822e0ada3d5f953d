// Hostile bodies, made from the OpenAPI document.

export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
}

export interface Operation {
  readonly route: string;
  readonly method: string;
  readonly path: string;
  /** Of its body; null where it takes none. */
  readonly schema: Schema | null;
  readonly parameters: readonly Parameter[];
  /** Who may post it; empty where the document does not say. */
  readonly roles: readonly string[];
}

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly 'x-roles'?: readonly string[];
            readonly parameters?: readonly Parameter[];
            readonly requestBody?: {
              readonly content: Readonly<
                Record<string, { readonly schema: Schema | { readonly $ref: string } }>
              >;
            };
          }
        >
      >
    >
  >;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

export function operationsOf(document: OpenApi): readonly Operation[] {
  const resolved = (schema: Schema | { readonly $ref: string }): Schema =>
    '$ref' in schema ? (document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
  return Object.entries(document.paths).flatMap(([address, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => {
      const path = address.replace('/api/v1', '');
      const content = operation.requestBody?.content['application/json'];
      return {
        route: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        schema: content === undefined ? null : resolved(content.schema),
        parameters: operation.parameters ?? [],
        roles: operation['x-roles'] ?? [],
      };
    }),
  );
}

export interface Field {
  /** Names from the outside in; an element of a list is `0`. */
  readonly path: readonly string[];
  readonly schema: Schema;
}

/** Every field of a body, those of inner objects and of elements too. */
export function fieldsOf(schema: Schema, path: readonly string[] = []): readonly Field[] {
  const inner =
    schema.items === undefined
      ? Object.entries(schema.properties ?? {}).flatMap(([name, of]) => fieldsOf(of, [...path, name]))
      : fieldsOf(schema.items, [...path, '0']);
  return path.length === 0 ? inner : [{ path, schema }, ...inner];
}

const HOLE = '@hole@';

/** The JSON text of a body in which one field is this text, whatever that is. */
export function textWith(body: object, path: readonly string[], raw: string): string {
  return JSON.stringify(put(body, path)).replace(`"${HOLE}"`, () => raw);
}

function put(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return HOLE;
  if (name === '0') return [put(Array.isArray(value) ? value[0] : undefined, rest)];
  const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...fields, [name]: put(fields[name], rest) };
}

/** A demo account that may post it. A head rather than a window, whose delegation would be asked for first. */
export function demoAccountFor({ roles }: Operation): string {
  const role = Object.keys(DEMO_ACCOUNTS).find((one) => roles.includes(one));
  return DEMO_ACCOUNTS[role ?? 'admin'] ?? '';
}

const DEMO_ACCOUNTS: Readonly<Record<string, string>> = {
  'department-head': 'demo-head',
  applicant: 'demo-applicant',
  admin: 'demo-admin',
  'campaign-office': 'demo-campaign',
  leader: 'demo-leader',
  supervisor: 'demo-supervisor',
  reviewer: 'demo-reviewer',
  window: 'demo-window',
};

/** Bytes of a body that is as large as one may be by default. */
const MEGABYTE = 1_000_000;
const filled = (item: (index: number) => string, around: readonly [string, string]): string => {
  const items: string[] = [];
  for (let length = 0, index = 0; length < MEGABYTE; index++) {
    const next = item(index);
    items.push(next);
    length += next.length + 1;
  }
  return `${around[0]}${items.join(',')}${around[1]}`;
};
const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
};

const OBJECT = ['{', '}'] as const;
const LIST = ['[', ']'] as const;
const STRINGS = once(() => filled((index) => `"${index.toString(36)}"`, LIST));
const OBJECTS = once(() => filled(() => '{}', LIST));
const NUMBERS = once(() => filled((index) => `${index}e300`, LIST));
const KEYS = once(() => filled((index) => `"k${index}":1`, OBJECT));
const NESTED = '['.repeat(MEGABYTE / 2) + ']'.repeat(MEGABYTE / 2);
const NESTED_OBJECTS = '{"a":'.repeat(MEGABYTE / 6) + '1' + '}'.repeat(MEGABYTE / 6);
const LONG = `"${'长'.repeat(MEGABYTE / 3)}"`;
const ESCAPED = `"${String.raw`\u0041`.repeat(MEGABYTE / 6)}"`;
const MARKS = `"a${'\u0301'.repeat(MEGABYTE / 2)}"`;
const ASTRAL = `"${'😀'.repeat(MEGABYTE / 4)}"`;
const BLANK = `"${'\u200b\u3000'.repeat(MEGABYTE / 6)}"`;

export interface LargeBody {
  readonly shape: string;
  readonly text: string;
}

/** Bodies of a megabyte for one operation, of each bad shape: around and in each list and each text that it declares. */
export function* largeBodies({ schema }: Operation): Generator<LargeBody> {
  if (schema === null) return;
  const fields = fieldsOf(schema);
  yield { shape: 'many keys', text: KEYS() };
  yield { shape: 'lists in lists', text: NESTED };
  yield { shape: 'objects in objects', text: NESTED_OBJECTS };
  const [first] = fields;
  const name = first?.path[0] ?? 'id';
  yield { shape: `${name} many times`, text: filled(() => `${JSON.stringify(name)}:"x"`, OBJECT) };
  for (const { path, schema: field } of fields) {
    const at = path.join('.');
    const body = (shape: string, raw: string): LargeBody => ({
      shape: `${at}: ${shape}`,
      text: textWith({}, path, raw),
    });
    if (field.type === 'array') {
      yield body('many texts', STRINGS());
      yield body('many objects', OBJECTS());
      yield body('many numbers', NUMBERS());
    } else if (field.type === 'object') yield body('many keys', KEYS());
    else yield body('a long text', LONG);
  }
  const text = fields.find(({ schema: { type } }) => type === 'string');
  for (const [shape, raw] of Object.entries({ ESCAPED, MARKS, ASTRAL, BLANK, NESTED }))
    yield {
      shape: `${text?.path.join('.') ?? name}: ${shape.toLowerCase()}`,
      text: textWith({}, text?.path ?? [name], raw),
    };
}

/** JSON texts that are odd in any field. */
const ODD_ANYWHERE = [
  'null',
  'true',
  '0',
  '""',
  '"x"',
  '[]',
  '{}',
  '[null]',
  '[[]]',
  '{"__proto__":{"x":1}}',
];
const ODD_TEXTS = [
  String.raw`"\u0000"`,
  String.raw`"a\u0000b"`,
  String.raw`"\ud800"`,
  String.raw`"x\udc00"`,
  String.raw`"\u202egnirts\u202c"`,
  String.raw`"\u200b\u200d\ufeff"`,
  String.raw`"\u3000 \u00a0"`,
  `"a${'\u0301'.repeat(200)}"`,
  '"𠮷😀\u{10ffff}"',
  `"${'长'.repeat(5000)}"`,
  '"__proto__"',
  '"constructor"',
  '"../../etc/passwd"',
  '1e999',
];
const ODD_NUMBERS = [
  '1e999',
  '-1e999',
  '-0',
  '9007199254740993',
  '1e-999',
  '1.5',
  '-1',
  '"12"',
  '1e21',
  'NaN',
];
export const ODD_DAYS = [
  '0000-01-01',
  '0001-01-01',
  '1899-12-31',
  '9999-12-31',
  '2026-02-30',
  '2026-13-01',
  '10000-01-01',
  '+010000-01-01',
  '-000001-01-01',
  '2026-12-31T23:59:60Z',
  '2016-12-31T23:59:60Z',
  '2026-12-22T24:00:00Z',
  '2026-12-22T10:00:00+99:99',
  '9999-12-31T23:59:59.999Z',
  '0000-01-01T00:00:00Z',
  '2026-1-1',
  '２０２６-01-01',
];

const isDay = ({ format, pattern }: Schema): boolean =>
  format !== undefined || (pattern?.includes(String.raw`\d{4}-`) ?? false);

/** JSON texts that are odd for this field. */
export function oddValues({ schema }: Field): readonly string[] {
  const { type } = schema;
  if (type === 'integer' || type === 'number') return [...ODD_ANYWHERE, ...ODD_NUMBERS];
  if (type === 'array' || type === 'object' || type === 'boolean') return ODD_ANYWHERE;
  return [
    ...ODD_ANYWHERE,
    ...ODD_TEXTS,
    ...(isDay(schema) ? ODD_DAYS.map((day) => JSON.stringify(day)) : []),
  ];
}

/** Whole bodies that are odd for any command; `lawful` is the text of a body that it takes. */
export const oddBodies = (lawful: string): readonly string[] => [
  '',
  ' ',
  'null',
  '[]',
  '"x"',
  '1',
  '1e999',
  '\ufeff{}',
  lawful.slice(0, -1),
  `${lawful}}`,
  `${lawful}\u0000`,
  `${lawful.slice(0, -1)},"__proto__":{"role":"admin"}}`,
  `${lawful.slice(0, -1)},"constructor":{"prototype":{"role":"admin"}}}`,
  `${lawful.slice(0, -1)},"meta":{"actor":{"role":"admin"}}}`,
  `${lawful.slice(0, -1)},"type":"FireTimer"}`,
  lawful.replace('{', '{"reason":"甲","reason":"乙",'),
];
