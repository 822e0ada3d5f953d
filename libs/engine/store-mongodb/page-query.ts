import {
  cursorContent,
  cursorOf,
  type IndexDefinition,
  InvalidQuery,
  limitMustBeGood,
  type ModelDefinition,
  type Query,
  queryFingerprint,
} from '#libs/engine/event-sourcing';
import { type Filter, type Sort } from 'mongodb';
import { fieldName } from './document-codec.js';
import { fixedKey, sortable } from './index-keys.js';
import { type Stored } from './stored.js';

/** Where a page ended: the range key and id of its last document. `range` is null for an index without one. */
type IndexPlace = { readonly range: string | null; readonly id: string };

/** A query in MongoDB's words. */
export type PageQuery = {
  readonly filter: Filter<Stored>;
  readonly sort: Sort;
  readonly limit: number;
  readonly cursorAt: (place: IndexPlace) => string;
};

const NULL = sortable(null);

const path = (index: string, part: 'equals' | 'range'): string => `index.${fieldName(index)}.${part}`;

/** The keys of one declared index: fixed values, then the range, then the id that breaks ties. */
export function indexKeys(name: string, definition: IndexDefinition): Record<string, 1> {
  return {
    ...(definition.equals.length > 0 ? { [path(name, 'equals')]: 1 as const } : {}),
    ...(definition.range === undefined ? {} : { [path(name, 'range')]: 1 as const }),
    _id: 1,
  };
}

function declaredIndex(model: ModelDefinition, query: Query): IndexDefinition {
  const definition = Object.hasOwn(model.indexes, query.index) ? model.indexes[query.index] : undefined;
  if (definition === undefined) throw new InvalidQuery(`${model.name} declares no index ${query.index}`);
  const given = Object.keys(query.equals ?? {});
  if (given.length !== definition.equals.length || !definition.equals.every((field) => given.includes(field)))
    throw new InvalidQuery(
      `${model.name}.${query.index} fixes [${definition.equals.join(', ')}], not [${given.join(', ')}]`,
    );
  if (definition.range === undefined && Object.keys(query.range ?? {}).length > 0)
    throw new InvalidQuery(`${model.name}.${query.index} has no range`);
  limitMustBeGood(query.limit);
  return definition;
}

function readCursor(cursor: string, print: string, hasRange: boolean): IndexPlace {
  const parts = cursorContent(cursor);
  if (!Array.isArray(parts) || parts.length !== 3) throw new InvalidQuery('the cursor cannot be read');
  const [givenFor, range, id] = parts as unknown[];
  if (givenFor !== print) throw new InvalidQuery('the cursor was given for another query');
  if (typeof id !== 'string' || (hasRange ? typeof range !== 'string' : range !== null))
    throw new InvalidQuery('the cursor cannot be read');
  return { range: range as string | null, id };
}

/**
 * Turns a query into a filter and an order that the declared index serves without a scan. A page after a cursor starts
 * behind the last document's (range, id), so documents that come or go between two pages move no other document.
 * @throws InvalidQuery
 */
export function pageQuery(model: ModelDefinition, query: Query): PageQuery {
  const definition = declaredIndex(model, query);
  const print = queryFingerprint(model.name, definition, query);
  const hasRange = definition.range !== undefined;
  const descending = query.order === 'desc';
  const rangePath = path(query.index, 'range');
  const conditions: Filter<Stored>[] = [];

  if (definition.equals.length > 0)
    conditions.push({
      [path(query.index, 'equals')]: fixedKey(
        definition.equals.map((field) => query.equals?.[field] ?? null),
      ),
    });

  const { gte, gt, lte, lt } = query.range ?? {};
  if (hasRange) {
    // "Before the 5th" does not mean documents without a date. Without any bound the condition still leaves out the
    // documents that are not in the index.
    const onlyUpper = [lte, lt].some((bound) => bound !== undefined && bound !== null);
    if (gte === undefined && gt === undefined)
      conditions.push({ [rangePath]: onlyUpper ? { $gt: NULL } : { $gte: NULL } });
    if (gte !== undefined) conditions.push({ [rangePath]: { $gte: sortable(gte) } });
    if (gt !== undefined) conditions.push({ [rangePath]: { $gt: sortable(gt) } });
    if (lte !== undefined) conditions.push({ [rangePath]: { $lte: sortable(lte) } });
    if (lt !== undefined) conditions.push({ [rangePath]: { $lt: sortable(lt) } });
  }

  if (query.cursor !== undefined && query.cursor !== null) {
    const { range, id } = readCursor(query.cursor, print, hasRange);
    const beyond = descending ? '$lt' : '$gt';
    if (range === null) conditions.push({ _id: { [beyond]: id } });
    else
      conditions.push(
        { [rangePath]: { [descending ? '$lte' : '$gte']: range } },
        { $or: [{ [rangePath]: { [beyond]: range } }, { _id: { [beyond]: id } }] },
      );
  }

  const direction = descending ? -1 : 1;
  return {
    filter: conditions.length === 0 ? {} : { $and: conditions },
    sort: hasRange ? { [rangePath]: direction, _id: direction } : { _id: direction },
    limit: query.limit,
    cursorAt: ({ range, id }) => cursorOf([print, range, id]),
  };
}
