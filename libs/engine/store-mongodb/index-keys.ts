import {
  type Document,
  type IndexDefinition,
  indexedText,
  isScalar,
  type ModelDefinition,
  type Scalar,
} from '#libs/engine/event-sourcing';
import { fieldName } from './document-codec.js';

/** IEEE 754 bits as hexadecimal digits that sort as the numbers do: negative ones inverted, others with the sign set. */
function sortableNumber(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value + 0); // -0 becomes 0
  const bits = view.getBigUint64(0);
  const ordered = bits >> 63n ? BigInt.asUintN(64, ~bits) : bits | (1n << 63n);
  return ordered.toString(16).padStart(16, '0');
}

/**
 * One value as a string whose UTF-8 order is the port's order: null, false, true, numbers, strings. MongoDB compares
 * strings byte by byte when no collation is given, and its operators never compare across types; one type for all
 * values gives the same bounds, ties and cursors as any other store.
 */
export function sortable(value: Scalar): string {
  if (value === null) return '0';
  if (typeof value === 'boolean') return value ? '1t' : '1f';
  if (typeof value === 'number') return `2${sortableNumber(value)}`;
  return `3${indexedText(value)}`;
}

/** All fixed values of a query as one string; JSON keeps their borders apart. */
export const fixedKey = (values: readonly Scalar[]): string => JSON.stringify(values.map(sortable));

/** What an index stores of one document: `equals` is absent when the index fixes nothing, `range` when it bounds nothing. */
export type IndexEntry = { equals?: string | string[]; range?: string };

/** A missing field counts as null; an array is indexed by each of its elements. */
function valuesOf(field: unknown): readonly Scalar[] {
  if (field === undefined) return [null];
  if (Array.isArray(field)) return field.filter(isScalar);
  return isScalar(field) ? [field] : [];
}

/**
 * The document's entry in one index, or null when it is not in it: a field that must be present is null, or one of
 * its indexed fields holds an object or an array without values. Several array fields make every combination of their elements.
 */
export function indexEntry(definition: IndexDefinition, document: Document): IndexEntry | null {
  if (definition.present !== undefined && (document[definition.present] ?? null) === null) return null;
  const entry: IndexEntry = {};
  if (definition.equals.length > 0) {
    let keys: readonly (readonly Scalar[])[] = [[]];
    for (const field of definition.equals) {
      const values = valuesOf(document[field]);
      keys = keys.flatMap((key) => values.map((value) => [...key, value]));
    }
    const [first, ...others] = new Set(keys.map(fixedKey));
    if (first === undefined) return null;
    entry.equals = others.length === 0 ? first : [first, ...others];
  }
  if (definition.range !== undefined) {
    const bound = document[definition.range] ?? null;
    if (!isScalar(bound)) return null;
    entry.range = sortable(bound);
  }
  return entry;
}

/** The document's entries in every index of its model, by index name. */
export function indexFields(model: ModelDefinition, document: Document): { [name: string]: IndexEntry } {
  return Object.fromEntries(
    Object.entries(model.indexes).flatMap(([name, definition]) => {
      const entry = indexEntry(definition, document);
      return entry === null ? [] : [[fieldName(name), entry]];
    }),
  );
}
