import { type Model } from './projection.js';
import { type ReadModels } from './read-models.js';
import { type Document, limitMustBeGood, type Page, type Query } from './read-store.js';

/** Documents that one page may look at when most are left out, and how many are read at a time. */
const MOST_LOOKED_AT = 1_000;
const A_READ = 100;

/**
 * A page of those documents that `keep` keeps: those the caller asked for, and may see. What is left out leaves no trace: there
 * is no cursor behind the last document that is kept, unless the limit of documents to look at is reached: then the rest is
 * left to the next page, which may be empty.
 * @throws InvalidQuery
 */
export function keptPage<Doc extends Document>(
  models: Pick<ReadModels, 'find'>,
  model: Model<Doc>,
  query: Query,
  keep: (document: Doc) => boolean,
): Promise<Page<Doc>> {
  return chosenPage(models, model, query, (documents) =>
    Promise.resolve(documents.map((document) => (keep(document) ? document : null))),
  );
}

/**
 * The same of items that are made of documents together with others, which are read for many at a time; null for a document that
 * is left out.
 * @throws InvalidQuery
 */
export async function chosenPage<Doc extends Document, Item>(
  models: Pick<ReadModels, 'find'>,
  model: Model<Doc>,
  { limit, ...query }: Query,
  choose: (documents: readonly Doc[]) => Promise<readonly (Item | null)[]>,
): Promise<{ readonly items: readonly Item[]; readonly nextCursor: string | null }> {
  limitMustBeGood(limit);
  const items: Item[] = [];
  let cursor = query.cursor ?? null;
  /** Where the next page begins once this one is full. */
  let behindLast: (() => Promise<string | null>) | null = null;
  for (let looked = 0; looked < MOST_LOOKED_AT;) {
    const from = cursor;
    const page: Page<Doc> = await models.find(model, { ...query, limit: A_READ, cursor: from });
    const chosen = await choose(page.items);
    for (const [index, item] of chosen.entries()) {
      if (item === null) continue;
      if (items.length === limit) return { items, nextCursor: (await behindLast?.()) ?? null };
      items.push(item);
      behindLast = async () =>
        (await models.find(model, { ...query, limit: index + 1, cursor: from })).nextCursor;
    }
    looked += Math.max(page.items.length, 1);
    cursor = page.nextCursor;
    if (cursor === null) return { items, nextCursor: null };
  }
  return { items, nextCursor: items.length === limit ? ((await behindLast?.()) ?? cursor) : cursor };
}
