import { filteredPage, type Page, type ReadModels } from '#libs/engine/event-sourcing';
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

const INDEXES = [
  { index: 'matter', by: ['matter'] },
  { index: 'status', by: ['status'] },
  { index: 'all', by: [] },
] as const;

/** Disputes by the day on which their ruling is due. */
export async function listDisputes(
  models: ReadModels,
  { status, matter, now, limit, cursor = null }: DisputesQuery,
): Promise<Page<DisputeItem>> {
  const conditions = { status, matter };
  const page = await filteredPage(models, disputes, { conditions, indexes: INDEXES, limit, cursor });
  return { ...page, items: page.items.map((document) => itemOf(document, now)) };
}

export async function findDispute(models: ReadModels, id: string, now: string): Promise<DisputeItem | null> {
  const document = await models.get(disputes, id);
  return document && itemOf(document, now);
}

function itemOf(document: DisputeDocument, now: string): DisputeItem {
  return { ...document, overdue: document.status === 'open' && now > document.rulingDueAt };
}
