import { type Scalar } from './read-store.js';

/** Counted in UTF-16 units. */
const INDEXED_CHARACTERS = 256;

/** What an index holds of a string: its first 256 characters, without the half of a surrogate pair at the end. */
export function indexedText(value: string): string {
  if (value.length <= INDEXED_CHARACTERS) return value;
  const last = value.charCodeAt(INDEXED_CHARACTERS - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return value.slice(0, splitsPair ? INDEXED_CHARACTERS - 1 : INDEXED_CHARACTERS);
}

/** The order of strings in indexes and of ids: by UTF-8 bytes, which is not JavaScript's order. */
export function compareText(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export function isScalar(value: unknown): value is Scalar {
  return (
    value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string'
  );
}

/** The order of an index's range field: null, booleans, numbers, strings. */
export function compareIndexed(a: Scalar, b: Scalar): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(indexedText(a), indexedText(b));
  const kind = kindOf(a) - kindOf(b);
  return kind === 0 ? Number(a) - Number(b) : kind;
}

function kindOf(value: Scalar): number {
  if (value === null) return 0;
  return typeof value === 'boolean' ? 1 : typeof value === 'number' ? 2 : 3;
}
