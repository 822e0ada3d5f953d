/** Types that TypeScript makes of others, and the name of a type's parameter. */
const HELPERS = new Set([
  ...['Exclude', 'Extract', 'Omit', 'Partial', 'Pick', 'Readonly', 'ReadonlyArray', 'Record', 'Required'],
  'Name',
]);
/** JSON of any shape: what an event holds. */
const ANYTHING = { Json: {}, JsonObject: { type: 'object' } };
/** What is called otherwise in the code than by those who use the interface. */
const NAMES_OF_THE_FIELD = { AuditItem: 'EventEnvelope', Freshness: 'AsOf', ProblemDetails: 'Problem' };

/** What every page of a list has; what its items are is said by the list. */
const PAGE = {
  description: 'A page of a list.',
  type: 'object',
  properties: {
    nextCursor: {
      type: ['null', 'string'],
      description: 'Where the next page begins, for `cursor`; null on the last page.',
    },
  },
  required: ['nextCursor'],
};

/**
 * The definitions that typescript-json-schema gives as components of an OpenAPI document: under names without paths and brackets,
 * `ProjectDocumentPage`; closed to fields that the types do not name; intersections as one object. A type without a name of
 * its own, or with that of another, stands where it is used. A field without a comment is described as the common one of its name.
 */
export function componentsOf(definitions, commonFields) {
  const plainNames = Object.keys(definitions).map((name) => [name, plainName(name)]);
  const isUnique = (plain) => plainNames.filter(([, other]) => other === plain).length === 1;
  const names = new Map(plainNames.filter(([, plain]) => plain !== null && isUnique(plain)));
  const definitionOf = ({ $ref }) => {
    const name = decodeURIComponent($ref.slice('#/definitions/'.length));
    return { name, definition: ANYTHING[shortName(name)] ?? definitions[name] };
  };

  function placed(value) {
    if (Array.isArray(value)) return value.map(placed);
    if (typeof value !== 'object' || value === null) return value;
    if (typeof value.$ref === 'string') return placedReference(value);
    if (Array.isArray(value.allOf)) {
      const { allOf, ...rest } = value;
      return { ...joined(allOf.map(whole)), ...rest };
    }
    return closed(mapped(value, placed));
  }

  function placedReference({ $ref, ...rest }) {
    const { name, definition } = definitionOf({ $ref });
    const plain = names.get(name);
    return plain === undefined
      ? { ...placed(definition), ...rest }
      : { $ref: `#/components/schemas/${plain}`, ...rest };
  }

  /** A schema itself, whatever name it has. */
  function whole(schema) {
    return typeof schema.$ref === 'string' ? whole(definitionOf(schema).definition) : placed(schema);
  }

  const components = [...names]
    .map(([name, plain]) => [plain, placed(definitions[name])])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const words = namedWords(components);
  const named = new Map(components);
  const isDescribed = ($ref) => named.get($ref.split('/').at(-1))?.description !== undefined;
  const finished = components.map(([name, schema]) => {
    const inPages = /Answer$/.test(name) ? asPage(schema) : schema;
    return [name, described(withNamedWords(inPages, words, name), commonFields, isDescribed)];
  });
  return { ...Object.fromEntries(finished), Page: PAGE };
}

/** Lists of words that are components: `green,red,yellow` is a Lamp. Of two with the same words neither is the other. */
function namedWords(components) {
  const words = new Map();
  for (const [name, { enum: values, type }] of components) {
    if (!Array.isArray(values) || type !== 'string' || values.length < 3) continue;
    const key = wordsKey(values);
    words.set(key, words.has(key) ? null : name);
  }
  return words;
}

const wordsKey = (values) => [...values].sort().join();

/** A list of words stands once, under its name. */
function withNamedWords(schema, words, own) {
  if (Array.isArray(schema)) return schema.map((each) => withNamedWords(each, words, own));
  if (typeof schema !== 'object' || schema === null) return schema;
  if (!Array.isArray(schema.enum)) return mapped(schema, (each) => withNamedWords(each, words, own));
  const { enum: values } = schema;
  const name = words.get(wordsKey(values.filter((value) => value !== null)));
  if (name === undefined || name === null || name === own) return schema;
  const $ref = `#/components/schemas/${name}`;
  const rest = without(schema, 'enum', 'type');
  return values.includes(null) ? { ...rest, anyOf: [{ $ref }, { type: 'null' }] } : { ...rest, $ref };
}

/** A page says that it is one. */
function asPage(schema) {
  const { nextCursor, items, ...own } = schema.properties ?? {};
  if (nextCursor === undefined || items?.type !== 'array') return schema;
  return {
    ...without(schema, 'additionalProperties'),
    allOf: [{ $ref: '#/components/schemas/Page' }],
    properties: { ...own, items },
    required: schema.required.filter((name) => name !== 'nextCursor'),
    unevaluatedProperties: false,
  };
}

/** Each field with what the common one of its name means, when neither it nor its type has a comment. */
function described(schema, commonFields, isDescribed) {
  const deeper = (each) => described(each, commonFields, isDescribed);
  if (Array.isArray(schema)) return schema.map(deeper);
  if (typeof schema !== 'object' || schema === null) return schema;
  const deep = mapped(schema, deeper);
  if (typeof deep.properties !== 'object') return deep;
  const fields = Object.entries(deep.properties).map(([name, field]) => {
    const isClear = field.description !== undefined || (field.$ref !== undefined && isDescribed(field.$ref));
    return [name, isClear || !(name in commonFields) ? field : { ...field, description: commonFields[name] }];
  });
  return { ...deep, properties: Object.fromEntries(fields) };
}

/** What the types do not name is in no answer. */
function closed(schema) {
  const isObject = schema.type === 'object' && typeof schema.properties === 'object';
  return isObject && schema.additionalProperties === undefined
    ? { ...schema, additionalProperties: false }
    : schema;
}

/** One schema for what is all of these; of alternatives each is joined with the rest. */
function joined(schemas) {
  let alternatives = [{}];
  for (const schema of schemas) {
    const own = schema.anyOf ?? [schema];
    alternatives = alternatives.flatMap((one) => own.map((other) => joinedTwo(one, other)));
  }
  return alternatives.length === 1 ? alternatives[0] : { anyOf: alternatives };
}

function joinedTwo(one, other) {
  const required = [...new Set([...(one.required ?? []), ...(other.required ?? [])])].sort();
  return closed({
    ...one,
    ...other,
    properties: { ...one.properties, ...other.properties },
    ...(required.length > 0 ? { required } : {}),
  });
}

const without = (schema, ...keywords) =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));

const mapped = (value, change) =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)]));

/** Null for a type that has no name of its own: what TypeScript wrote out, or made of another by a helper. */
function plainName(name) {
  const short = shortName(name);
  const page = /^Page<(\w+)>$/.exec(short);
  if (page) return `${page[1]}Page`;
  if (!/^[A-Z]\w*$/.test(short) || HELPERS.has(short) || short in ANYTHING || /_\d+$/.test(short))
    return null;
  return NAMES_OF_THE_FIELD[short] ?? short;
}

function shortName(name) {
  return name.replaceAll(/import\("[^"]*"(?:,\{with:\{[^}]*\}\})?\)\./g, '');
}
