import {
  cursorContent,
  cursorOf,
  InvalidQuery,
  limitMustBeGood,
  type Query,
  queryFingerprint,
} from '#libs/engine/event-sourcing';
import { AFTER, AFTER_NULL, encodeScalar, type KnownIndex } from './index-keys.js';
import { type KnownModel } from './model-catalogue.js';

/** The part of an index that a query reads: keys from `start` up to, not including, `end`, in either direction. */
export interface KeyRange {
  readonly index: KnownIndex;
  readonly start: Buffer;
  readonly end: Buffer;
  readonly descending: boolean;
  /** Values in each key, before the document's id. */
  readonly values: number;
  /** Identifies everything in the query but its limit: a cursor of another query is refused. */
  readonly fingerprint: string;
}

/** @throws InvalidQuery */
export function keyRange(model: KnownModel, query: Query): KeyRange {
  const index = model.indexes.get(query.index);
  if (!index) throw new InvalidQuery(`${model.name} declares no index ${query.index}`);
  limitMustBeGood(query.limit);
  const { equals, range } = index.definition;
  const given = query.equals ?? {};
  for (const field of Object.keys(given)) {
    if (!equals.includes(field))
      throw new InvalidQuery(`index ${query.index} of ${model.name} has no field ${field}`);
  }
  const fixed = equals.map((field) => {
    const value = given[field];
    if (value === undefined)
      throw new InvalidQuery(`index ${query.index} of ${model.name} needs a value for ${field}`);
    return encodeScalar(value);
  });
  const bounds = query.range ?? {};
  if (range === undefined && Object.keys(bounds).length > 0) {
    throw new InvalidQuery(`index ${query.index} of ${model.name} has no range`);
  }
  const prefix = Buffer.concat([index.prefix, ...fixed]);
  return {
    index,
    start: Buffer.concat([prefix, lowerBound(bounds)]),
    end: Buffer.concat([prefix, upperBound(bounds)]),
    descending: query.order === 'desc',
    values: equals.length + (range === undefined ? 0 : 1),
    fingerprint: queryFingerprint(model.name, index.definition, query),
  };
}

type Bounds = NonNullable<Query['range']>;

function lowerBound({ gte, gt, lte, lt }: Bounds): Buffer {
  const lower: Buffer[] = [];
  if (gte !== undefined) lower.push(encodeScalar(gte));
  if (gt !== undefined) lower.push(Buffer.concat([encodeScalar(gt), AFTER]));
  // "Before the 5th" does not mean documents without a date.
  if (lower.length === 0 && [lte, lt].some((bound) => bound !== undefined && bound !== null))
    return AFTER_NULL;
  return lower.sort((one, other) => one.compare(other)).at(-1) ?? Buffer.alloc(0);
}

function upperBound({ lte, lt }: Bounds): Buffer {
  const upper: Buffer[] = [];
  if (lte !== undefined) upper.push(Buffer.concat([encodeScalar(lte), AFTER]));
  if (lt !== undefined) upper.push(encodeScalar(lt));
  return upper.sort((one, other) => one.compare(other))[0] ?? AFTER;
}

export function encodeCursor(fingerprint: string, lastKey: Buffer): string {
  return cursorOf([fingerprint, lastKey.toString('base64')]);
}

/** The key to go on after. @throws InvalidQuery for anything that this query has not given out */
export function decodeCursor({ fingerprint, start, end }: KeyRange, cursor: string): Buffer {
  const key = keyOf(cursor, fingerprint);
  if (Buffer.compare(key, start) < 0 || Buffer.compare(key, end) >= 0) {
    throw new InvalidQuery('the cursor lies outside of this query');
  }
  return key;
}

function keyOf(cursor: string, fingerprint: string): Buffer {
  const content = cursorContent(cursor);
  if (!Array.isArray(content) || content[0] !== fingerprint || typeof content[1] !== 'string') {
    throw new InvalidQuery('the cursor belongs to another query');
  }
  return Buffer.from(content[1], 'base64');
}
