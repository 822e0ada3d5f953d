import { cursorContent, cursorOf } from './query-cursor.js';
import { type Model } from './projection.js';
import { type ReadModels } from './read-models.js';
import { type Document, InvalidQuery, type Query } from './read-store.js';

/** ISO instant as of which a page is read, and the store's cursor, null for the first page. */
export interface PageAsOf {
  readonly now: string;
  readonly cursor: string | null;
}

/**
 * One page of a list that depends on the time, as one of what is overdue does. The first page is read as of `now`, and those
 * after it as of the same instant, which its cursor carries: a store takes a cursor only for the query that issued it, and
 * nothing moves between pages while a user turns them.
 * @throws InvalidQuery for a cursor that no such page has given out within a month
 */
export async function pageAsOf<Found extends { readonly nextCursor: string | null }>(
  { now, cursor = null }: { readonly now: string; readonly cursor?: string | null },
  read: (page: PageAsOf) => Promise<Found>,
): Promise<Found> {
  const page = cursor === null ? { now, cursor } : placeOf(cursor, now);
  const found = await read(page);
  const { nextCursor } = found;
  return { ...found, nextCursor: nextCursor === null ? null : cursorOf([page.now, nextCursor]) };
}

/** Such a page of one model: the query and what is returned for a document depend on the time. @throws InvalidQuery */
export function findAsOf<Doc extends Document, Item>(
  models: Pick<ReadModels, 'find'>,
  model: Model<Doc>,
  { limit, ...asked }: { readonly now: string; readonly limit: number; readonly cursor?: string | null },
  conditions: (now: string) => Omit<Query, 'limit' | 'cursor'>,
  itemOf: (document: Doc, now: string) => Item,
): Promise<{ readonly items: readonly Item[]; readonly nextCursor: string | null }> {
  return pageAsOf(asked, async ({ now, cursor }) => {
    const { items, nextCursor } = await models.find(model, { ...conditions(now), limit, cursor });
    return { items: items.map((document) => itemOf(document, now)), nextCursor };
  });
}

const MONTH_MS = 31 * 86_400_000;

function placeOf(text: string, asked: string): PageAsOf {
  const content = cursorContent(text);
  const [now, cursor] = Array.isArray(content) ? (content as readonly unknown[]) : [];
  if (typeof now !== 'string' || typeof cursor !== 'string' || !isNear(now, asked)) {
    throw new InvalidQuery('the cursor is not one of this list, or too old');
  }
  return { now, cursor };
}

/** Whether it is an instant of the last month. On either side, since the clocks of two processes may differ. */
function isNear(instant: string, now: string): boolean {
  const time = Date.parse(instant);
  return Math.abs(Date.parse(now) - time) <= MONTH_MS && new Date(time).toISOString() === instant;
}
