import { type Page, type Query, type ReadModels } from '#libs/event-sourcing';
import { type DisputeDocument } from './dispute.projection.js';

export type DisputesQuery = {
  readonly status?: 'open' | 'ruled';
  readonly matter?: string;
  readonly now: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

/** A dispute; `overdue` while its ruling is owed and its last day is over. */
export type DisputeItem = DisputeDocument & { readonly overdue: boolean };

const PAGES_LOOKED_THROUGH = 20;

/**
 * Disputes by the day on which their ruling is due. One index serves the narrower condition, the other is filtered; a page
 * may be short while `nextCursor` is not null.
 */
export async function listDisputes(models: ReadModels, query: DisputesQuery): Promise<Page<DisputeItem>> {
  const { status, matter, now, limit } = query;
  const items: DisputeItem[] = [];
  let cursor = query.cursor ?? null;
  for (let looked = 0; looked < PAGES_LOOKED_THROUGH; looked++) {
    const page = await models.find<DisputeDocument>('disputes', {
      ...indexOf(status, matter),
      limit: limit - items.length,
      cursor,
    });
    for (const document of page.items) {
      if (status === undefined || document.status === status) items.push(itemOf(document, now));
    }
    cursor = page.nextCursor;
    if (cursor === null || items.length === limit) break;
  }
  return { items, nextCursor: cursor };
}

export async function findDispute(models: ReadModels, id: string, now: string): Promise<DisputeItem | null> {
  const document = await models.get<DisputeDocument>('disputes', id);
  return document && itemOf(document, now);
}

function indexOf(status: string | undefined, matter: string | undefined): Pick<Query, 'index' | 'equals'> {
  if (matter !== undefined) return { index: 'matter', equals: { matter } };
  if (status !== undefined) return { index: 'status', equals: { status } };
  return { index: 'all' };
}

function itemOf(document: DisputeDocument, now: string): DisputeItem {
  return { ...document, overdue: document.status === 'open' && now > document.rulingDueAt };
}
