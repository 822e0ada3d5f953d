import {
  type Document,
  type IndexDefinition,
  indexedText,
  isScalar,
  type Json,
  type Scalar,
} from '#libs/engine/event-sourcing';

/** An index as stored: its number begins the keys of its entries. */
export interface KnownIndex {
  readonly definition: IndexDefinition;
  readonly prefix: Buffer;
  /** The fields in the order of its entries' keys. */
  readonly fields: readonly string[];
}

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

/** The values of a document's indexed fields, as kept with it: they give its index entries. */
export type IndexedFields = { readonly [field: string]: readonly Scalar[] };

export function encodeScalar(value: Scalar): Buffer {
  return copied(writeScalar(value, 0));
}

/** Where keys are put together before they are copied out at their length: no key of LMDB is longer. */
const scratch = Buffer.alloc(8_192);

function copied(length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  scratch.copy(bytes, 0, 0, length);
  return bytes;
}

/** The key of a document: the model's prefix and the id. */
export function documentKey(prefix: Buffer, id: string): Buffer {
  prefix.copy(scratch);
  return copied(prefix.length + scratch.write(id, prefix.length));
}

/** Writes a value into the scratch from `start`; returns where it ends. */
function writeScalar(value: Scalar, start: number): number {
  if (value === null || typeof value === 'boolean') {
    scratch[start] = value === null ? NULL : value ? TRUE : FALSE;
    return start + 1;
  }
  return typeof value === 'number' ? writeNumber(value, start) : writeString(value, start);
}

function writeNumber(value: number, start: number): number {
  scratch[start] = NUMBER;
  scratch.writeDoubleBE(value + 0, start + 1); // -0 becomes 0
  // IEEE 754 sorts as unsigned bytes once the sign is turned round, and all bits of negative numbers with it.
  const negative = (scratch[start + 1] ?? 0) & 0x80;
  for (let at = 1; at < 9; at += 1)
    scratch[start + at] = (scratch[start + at] ?? 0) ^ (negative ? 0xff : at === 1 ? 0x80 : 0);
  return start + 9;
}

/** UTF-8 with 00 written as 00 FF and 00 00 at the end, which keeps the order of the bytes. */
function writeString(value: string, start: number): number {
  scratch[start] = STRING;
  const text = indexedText(value);
  let at = start + 1;
  for (let from = 0; ;) {
    const zero = text.indexOf('\0', from);
    at += scratch.write(zero < 0 ? text.slice(from) : text.slice(from, zero), at);
    scratch[at] = 0;
    scratch[at + 1] = zero < 0 ? 0 : 0xff;
    at += 2;
    if (zero < 0) return at;
    from = zero + 1;
  }
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

/** The id at the end of an entry's key, after the index's prefix and its values. */
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

/** A missing field counts as null; an array is indexed by each of its elements; objects are not indexed. */
function indexable(value: Json | undefined): readonly Scalar[] {
  if (value === undefined) return [null];
  if (Array.isArray(value)) return (value as readonly Json[]).filter(isScalar);
  return isScalar(value) ? [value] : [];
}

/** The fields of an index in the order of its entries' keys. */
export function fieldsOfIndex({ equals, range }: IndexDefinition): readonly string[] {
  return range === undefined ? equals : [...equals, range];
}

/** The keys of a document's entries in one index; two long values that are cut to the same give the same key twice. */
export function entryKeys(
  { prefix, definition, fields: names }: KnownIndex,
  fields: IndexedFields,
  id: string,
): readonly Buffer[] {
  if (definition.present !== undefined && fields[definition.present]?.[0] === null) return [];
  const keys: Buffer[] = [];
  prefix.copy(scratch);
  writeKeys(keys, names, 0, prefix.length, fields, id);
  return keys;
}

/** Goes on with the keys that begin with what the scratch holds before `start`: one for each value of each further field. */
function writeKeys(
  keys: Buffer[],
  names: readonly string[],
  next: number,
  start: number,
  fields: IndexedFields,
  id: string,
): void {
  const name = names[next];
  if (name === undefined) {
    keys.push(copied(start + scratch.write(id, start)));
    return;
  }
  const values = fields[name] ?? [];
  for (const value of values.length < 2 ? values : new Set(values)) {
    writeKeys(keys, names, next + 1, writeScalar(value, start), fields, id);
  }
}
