import { keptPage, type Page, type Query, type ReadModels } from '#libs/engine/event-sourcing';
import { type DisputeDocument, disputes } from './dispute.projection.js';

export type DisputesQuery = {
  readonly status?: 'open' | 'ruled';
  readonly matter?: string;
  readonly now: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

/** A dispute; `overdue` while its ruling is owed and its last day is over. */
export type DisputeItem = DisputeDocument & { readonly overdue: boolean };

/** Disputes by the day on which their ruling is due. One index serves the narrower condition, the other is filtered. */
export async function listDisputes(models: ReadModels, query: DisputesQuery): Promise<Page<DisputeItem>> {
  const { status, matter, now, limit, cursor = null } = query;
  const { items, nextCursor } = await keptPage(
    models,
    disputes,
    { ...indexOf(status, matter), limit, cursor },
    (document) => status === undefined || document.status === status,
  );
  return { items: items.map((document) => itemOf(document, now)), nextCursor };
}

export async function findDispute(models: ReadModels, id: string, now: string): Promise<DisputeItem | null> {
  const document = await models.get(disputes, id);
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
