import { keptPage } from './kept-page.js';
import { type Model } from './projection.js';
import { type ReadModels } from './read-models.js';
import { type Document, type Page, type Query, type Scalar } from './read-store.js';

/**
 * Conditions of a list, all of which hold together: each field has this value, or is a list with this value in it.
 * An undefined value sets no condition.
 */
export type Conditions = { readonly [field: string]: Scalar | undefined };

/** An index that a list may be read by: what it is found by, and in which order it is read. */
export type ServingIndex = {
  readonly index: string;
  readonly by: readonly string[];
  readonly order?: Query['order'];
};

export type FilteredQuery<Doc extends Document> = {
  readonly conditions: Conditions;
  /** Of those whose fields are all asked for, the one with the most is read; among equals the first. */
  readonly indexes: readonly ServingIndex[];
  /** What else must hold. */
  readonly keep?: (document: Doc) => boolean;
  readonly range?: Query['range'];
  readonly limit: number;
  readonly cursor?: string | null;
};

/** Whether every condition holds of the document. */
export function meets(document: Document, conditions: Conditions): boolean {
  return Object.entries(conditions).every(([field, value]) => {
    if (value === undefined) return true;
    const own = document[field] ?? null;
    return Array.isArray(own) ? own.includes(value) : own === value;
  });
}

/** The index that serves the most of the conditions, as a query asks for it. */
export function indexFor(
  indexes: readonly ServingIndex[],
  conditions: Conditions,
): Pick<Query, 'index' | 'equals' | 'order'> {
  const serving = indexes
    .filter(({ by }) => by.every((field) => conditions[field] !== undefined))
    .reduce<ServingIndex | null>(
      (best, one) => (best === null || one.by.length > best.by.length ? one : best),
      null,
    );
  if (serving === null) throw new Error(`no index serves ${Object.keys(conditions).join(', ')}`);
  const { index, by, order } = serving;
  const equals = Object.fromEntries(by.map((field) => [field, conditions[field] ?? null]));
  return { index, equals, ...(order !== undefined && { order }) };
}

/**
 * A page of the documents of which all conditions hold. An index serves as many of them as it can, and all of them are
 * looked at again in each document, so that none is lost whichever index is read.
 * @throws InvalidQuery
 */
export function filteredPage<Doc extends Document>(
  models: Pick<ReadModels, 'find'>,
  model: Model<Doc>,
  { conditions, indexes, keep = () => true, range = {}, limit, cursor = null }: FilteredQuery<Doc>,
): Promise<Page<Doc>> {
  return keptPage(
    models,
    model,
    { ...indexFor(indexes, conditions), range, limit, cursor },
    (document) => meets(document, conditions) && keep(document),
  );
}
