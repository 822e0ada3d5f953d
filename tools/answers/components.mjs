/** Types that TypeScript makes of others. */
const HELPERS = new Set(['Exclude', 'Extract', 'Omit', 'Partial', 'Pick', 'Readonly', 'Record', 'Required']);
/** JSON of any shape: what an event holds. */
const ANYTHING = { Json: {}, JsonObject: { type: 'object' } };
/** What is called otherwise in the code than by those who use the interface. */
const NAMES_OF_THE_FIELD = { Freshness: 'AsOf', ProblemDetails: 'Problem' };

/**
 * The definitions that typescript-json-schema gives as components of an OpenAPI document: under names without paths and brackets,
 * `ProjectDocumentPage`; closed to fields that the types do not name; intersections as one object. A type without a name of
 * its own, or with that of another, stands where it is used.
 */
export function componentsOf(definitions) {
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

  const components = [...names].map(([name, plain]) => [plain, placed(definitions[name])]);
  return Object.fromEntries(components.sort(([one], [other]) => (one < other ? -1 : 1)));
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
