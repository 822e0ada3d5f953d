import { type Document, type IndexDefinition, type Json, type Scalar } from '#libs/event-sourcing';

/**
 * Order of index entries, as bytes: null, booleans, numbers, strings. Every value ends where its kind says, so values
 * can stand one after another and a shorter one never runs into the next.
 */
const NULL = 1;
const FALSE = 2;
const TRUE = 3;
const NUMBER = 4;
const STRING = 5;
/** Above every byte that can begin a value or an id (UTF-8 has no 0xFF): the end of a range of entries. */
export const AFTER = Buffer.from([0xff]);
/** Above null, below every other value. */
export const AFTER_NULL = Buffer.from([FALSE]);

/** Indexed strings are cut here, counted in UTF-16 units without splitting a pair. */
const INDEXED_CHARACTERS = 256;

/** The values of a document's indexed fields, as kept beside it: what index entries it has. */
export type IndexedFields = { readonly [field: string]: readonly Scalar[] };

export function encodeScalar(value: Scalar): Buffer {
  if (value === null) return Buffer.from([NULL]);
  if (typeof value === 'boolean') return Buffer.from([value ? TRUE : FALSE]);
  return typeof value === 'number' ? encodeNumber(value) : encodeString(value);
}

function encodeNumber(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(9);
  bytes[0] = NUMBER;
  bytes.writeDoubleBE(value + 0, 1); // -0 becomes 0
  // IEEE 754 sorts as unsigned bytes once the sign is turned round, and all bits of negative numbers with it.
  const negative = (bytes[1] ?? 0) & 0x80;
  for (let at = 1; at < 9; at += 1) bytes[at] = (bytes[at] ?? 0) ^ (negative ? 0xff : at === 1 ? 0x80 : 0);
  return bytes;
}

/** UTF-8 with 00 written as 00 FF and 00 00 at the end, which keeps the order of the bytes. */
function encodeString(value: string): Buffer {
  const text = Buffer.from(cut(value));
  const zeros = text.includes(0) ? text.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0) : 0;
  const bytes = Buffer.alloc(text.length + zeros + 3);
  bytes[0] = STRING;
  if (zeros === 0) {
    bytes.set(text, 1);
    return bytes;
  }
  let at = 1;
  for (const byte of text) {
    bytes[at++] = byte;
    if (byte === 0) bytes[at++] = 0xff;
  }
  return bytes;
}

function cut(value: string): string {
  if (value.length <= INDEXED_CHARACTERS) return value;
  const last = value.charCodeAt(INDEXED_CHARACTERS - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return value.slice(0, splitsPair ? INDEXED_CHARACTERS - 1 : INDEXED_CHARACTERS);
}

/** Where the value that begins at `start` ends. */
function skipScalar(bytes: Buffer, start: number): number {
  const kind = bytes[start];
  if (kind === NUMBER) return start + 9;
  if (kind !== STRING) return start + 1;
  let at = bytes.indexOf(0, start + 1);
  while (bytes[at + 1] === 0xff) at = bytes.indexOf(0, at + 2);
  return at + 2;
}

/** The id at the end of an entry's key, after the index's prefix and so many values. */
export function idOfEntry(key: Buffer, prefixBytes: number, values: number): string {
  let at = prefixBytes;
  for (let count = 0; count < values; count += 1) at = skipScalar(key, at);
  return key.toString('utf8', at);
}

/** The fields that any of the indexes looks at, in a fixed order. */
export function indexedFieldNames(indexes: Iterable<IndexDefinition>): readonly string[] {
  const names = new Set<string>();
  for (const index of indexes) for (const field of fieldsOfIndex(index)) names.add(field);
  return [...names].sort();
}

export function indexedFields(document: Document, names: readonly string[]): IndexedFields {
  const fields: { [field: string]: readonly Scalar[] } = {};
  for (const name of names) fields[name] = indexable(document[name]);
  return fields;
}

/** A missing field counts as null; an array stands for each of its elements; objects are not indexed. */
function indexable(value: Json | undefined): readonly Scalar[] {
  if (value === undefined) return [null];
  if (Array.isArray(value)) return (value as readonly Json[]).filter(isScalar);
  return isScalar(value) ? [value] : [];
}

function isScalar(value: Json): value is Scalar {
  return value === null || typeof value !== 'object';
}

/** The fields of an index in the order of its entries' keys. */
export function fieldsOfIndex({ equals, range }: IndexDefinition): readonly string[] {
  return range === undefined ? equals : [...equals, range];
}

/** The keys of a document's entries in one index, without repeats. */
export function entryKeys(
  prefix: Buffer,
  definition: IndexDefinition,
  fields: IndexedFields,
  id: string,
): readonly Buffer[] {
  let keys: Buffer[][] = [[prefix]];
  for (const field of fieldsOfIndex(definition)) {
    const values = distinct((fields[field] ?? []).map(encodeScalar));
    const [only] = values;
    // Nearly every field holds one value: nothing is multiplied then, and the key is put together once at the end.
    if (only && values.length === 1) for (const parts of keys) parts.push(only);
    else keys = keys.flatMap((parts) => values.map((value) => [...parts, value]));
  }
  const tail = Buffer.from(id);
  return keys.map((parts) => Buffer.concat([...parts, tail]));
}

function distinct(values: readonly Buffer[]): readonly Buffer[] {
  if (values.length < 2) return values;
  return [...new Map(values.map((value) => [value.toString('latin1'), value])).values()];
}
