import { FIELD_OF } from '#libs/shell/nest';
import { EVERY_CLASS, type FieldComments } from './generated.js';
import { type Schema } from './schema-type.js';

/** A schema that is being completed. */
type Draft = Record<string, unknown>;

const isObject = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The schema of a body or parameter in the dialect of OpenAPI 3.1: null is a type, an enum has a type, and each field has the
 * comment of the code as its description.
 */
export function completed(schema: Schema, fields: FieldComments): Schema {
  const draft: Draft = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'nullable' || keyword === FIELD_OF) continue;
    if (keyword === 'properties' && isObject(value)) draft[keyword] = completedFields(value, fields);
    else if (keyword === 'items' && isObject(value)) draft[keyword] = completed(value, fields);
    else draft[keyword] = value;
  }
  const values: unknown = draft['enum'];
  if (Array.isArray(values)) {
    if (values.every((value) => value === 'true' || value === 'false'))
      return { ...described(schema, fields), type: 'boolean' };
    draft['enum'] = schema['nullable'] === true ? [...new Set([...(values as unknown[]), null])] : values;
    draft['type'] = typeOf(draft['enum'] as readonly unknown[]);
  } else if (schema['nullable'] === true) draft['type'] = [draft['type'], 'null'];
  return { ...described(schema, fields), ...draft };
}

function completedFields(of: Draft, fields: FieldComments): Draft {
  return Object.fromEntries(
    Object.entries(of).map(([name, value]) => {
      if (!isObject(value)) return [name, value];
      const field = completed(value, fields);
      const common = fields[EVERY_CLASS]?.[name];
      return [
        name,
        field['description'] === undefined && common !== undefined
          ? { description: common, ...field }
          : field,
      ];
    }),
  );
}

/** The type of listed values, or the types if null is one of them. */
function typeOf(values: readonly unknown[]): string | readonly string[] {
  const types = [
    ...new Set(
      values.map((value) =>
        value === null ? 'null' : Number.isInteger(value) ? 'integer' : (typeof value as string),
      ),
    ),
  ];
  return types.length === 1 ? (types[0] ?? 'string') : types;
}

/** Says of a schema what the comment of its field says. */
function described({ [FIELD_OF]: place, description }: Schema, fields: FieldComments): Schema {
  if (typeof place !== 'string' || description !== undefined) return {};
  const [name = '', field = ''] = place.split('.');
  const text = fields[name]?.[field];
  return text === undefined ? {} : { description: text };
}
