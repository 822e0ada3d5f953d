import { FIELD_OF } from '#libs/shell/nest';

/** A JSON schema of the dialect 2020-12, which OpenAPI 3.1 uses; also any part of one. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** A schema that is being completed. */
type Draft = Record<string, unknown>;

const isObject = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The schema of a body or parameter in the dialect of OpenAPI 3.1: null is a type, an enum has a type, and each field has the
 * comment of the code as its description.
 */
export function completed(
  schema: Schema,
  fields: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Schema {
  const draft: Draft = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'nullable' || keyword === FIELD_OF) continue;
    if (keyword === 'properties' && isObject(value))
      draft[keyword] = mapped(value, (each) => completed(each, fields));
    else if (keyword === 'items' && isObject(value)) draft[keyword] = completed(value, fields);
    else draft[keyword] = value;
  }
  const values = draft['enum'];
  if (Array.isArray(values)) {
    if (values.every((value) => value === 'true' || value === 'false'))
      return { ...described(schema, fields), type: 'boolean' };
    draft['type'] ??= 'string';
  }
  if (schema['nullable'] === true) {
    draft['type'] = [draft['type'], 'null'];
    if (Array.isArray(values)) draft['enum'] = [...(values as unknown[]), null];
  }
  return { ...described(schema, fields), ...draft };
}

/** Says of a schema what the comment of its field says. */
function described(
  { [FIELD_OF]: place, description }: Schema,
  fields: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Schema {
  if (typeof place !== 'string' || description !== undefined) return {};
  const [name = '', field = ''] = place.split('.');
  const text = fields[name]?.[field];
  return text === undefined ? {} : { description: text };
}

function mapped(of: Draft, change: (value: Schema) => Schema): Draft {
  return Object.fromEntries(
    Object.entries(of).map(([name, value]) => [name, isObject(value) ? change(value) : value]),
  );
}
