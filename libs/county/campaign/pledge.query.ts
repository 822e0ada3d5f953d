import { findAsOf, type Page, type Query, type ReadModels, defined } from '#libs/engine/event-sourcing';
import { type PledgeDocument, pledges } from './pledge.projection.js';

export const PLEDGE_STATUSES = ['open', 'overdue', 'fulfilled'] as const;
/** `open`: neither fulfilled nor past its deadline. */
export type PledgeStatus = (typeof PLEDGE_STATUSES)[number];

/** A pledge, and how it stands on the day that is asked about. */
export type PledgeItem = Omit<PledgeDocument, 'state'> & { readonly status: PledgeStatus };

export type PledgesQuestion = {
  readonly status?: PledgeStatus;
  readonly department?: string;
  readonly limit: number;
  readonly cursor: string | null;
};

/** Pledges in order of their deadlines. `now` is an ISO instant. */
export function listPledges(
  models: ReadModels,
  { status, department, ...page }: PledgesQuestion,
  now: string,
): Promise<Page<PledgeItem>> {
  return findAsOf(models, pledges, { ...page, now }, (asOf) => conditions(status, department, asOf), itemOf);
}

export async function findPledge(models: ReadModels, id: string, now: string): Promise<PledgeItem | null> {
  const document = await models.get(pledges, id);
  return document && itemOf(document, now);
}

function conditions(
  status: PledgeStatus | undefined,
  department: string | undefined,
  now: string,
): Pick<Query, 'index' | 'equals' | 'range'> {
  const of = defined({ department });
  if (status === undefined) {
    return department === undefined ? { index: 'all' } : { index: 'department', equals: of };
  }
  const state = status === 'fulfilled' ? 'fulfilled' : 'open';
  return {
    index: department === undefined ? 'state' : 'department-state',
    equals: { ...of, state },
    ...(status === 'overdue' && { range: { lte: now } }),
    ...(status === 'open' && { range: { gt: now } }),
  };
}

function itemOf({ state, ...document }: PledgeDocument, now: string): PledgeItem {
  if (state === 'fulfilled') return { ...document, status: state };
  return { ...document, status: now >= document.dueAt ? 'overdue' : 'open' };
}
