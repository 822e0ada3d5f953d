import { type Document, type Json } from '#libs/engine/event-sourcing';

/**
 * JSON as BSON fields. MongoDB gives `.` and `$` in a field's name a meaning, no BSON name may hold U+0000, and
 * FerretDB 1.24 refuses all three, and an array directly inside an array as well. So these characters are written as
 * `%` and two hexadecimal digits (and `%` itself too), and an inner array is wrapped in an object with the one field
 * `%array`, a name that no escaped field can have. Everything else is stored as it is and may be queried by hand.
 */
const INNER_ARRAY = '%array';
const UNSAFE = /[%.$\0]/;

const escapeName = (name: string): string =>
  UNSAFE.test(name)
    ? name.replace(/[%.$\0]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    : name;

const unescapeName = (name: string): string =>
  name.includes('%')
    ? name.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : name;

function encode(value: Json | undefined, insideArray: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => encode(item, true));
    return insideArray ? { [INNER_ARRAY]: items } : items;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [escapeName(name), encode(field as Json, false)]),
  );
}

function decode(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  const fields = Object.entries(value);
  const [first] = fields;
  if (first?.[0] === INNER_ARRAY) return decode(first[1]);
  return Object.fromEntries(fields.map(([name, field]) => [unescapeName(name), decode(field)]));
}

/** A read-model document as the BSON that is stored. Fields that are undefined are left out, as JSON does. */
export const toBson = (document: Document): Record<string, unknown> =>
  encode(document, false) as Record<string, unknown>;

/** The document that {@link toBson} was given. */
export const fromBson = (stored: Record<string, unknown>): Document => decode(stored) as Document;

/** An index's name as a part of a field's path. */
export const fieldName = escapeName;

/** A model's name as a collection's. Names that begin with `_` are the store's own. */
export const collectionName = (model: string): string => escapeName(model).replace(/^_/, '%5F');
