import { findAsOf, type Page, type Query, type ReadModels } from '#libs/engine/event-sourcing';
import { type RequestDocument, requests } from './request.projection.js';

export type RequestStatus = RequestDocument['status'];

export type RequestsQuery = {
  /** Whose list: an enterprise's, those of a status (and department), or all. */
  readonly of:
    { readonly applicant: string } | { readonly status: RequestStatus; readonly department?: string } | null;
  /** Unanswered and past their day only; with `status` open. */
  readonly overdue: boolean;
  /** ISO instant. */
  readonly now: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

/** A request; `overdue` while its answer is owed and its last day is over. */
export type RequestItem = RequestDocument & { readonly overdue: boolean };

const itemAt = (request: RequestDocument, now: string): RequestItem => ({
  ...request,
  overdue: request.status === 'open' && now > request.answerBy,
});

/** By status the most pressing first, otherwise the last raised first. */
export function listRequests(
  models: ReadModels,
  { of, overdue, ...asked }: RequestsQuery,
): Promise<Page<RequestItem>> {
  const conditions = (now: string) => ({ ...indexOf(of), ...(overdue ? { range: { lt: now } } : {}) });
  return findAsOf(models, requests, asked, conditions, itemAt);
}

export async function findRequest(models: ReadModels, id: string, now: string): Promise<RequestItem | null> {
  const found = await models.get(requests, id);
  return found && itemAt(found, now);
}

function indexOf(of: RequestsQuery['of']): Pick<Query, 'index' | 'equals' | 'order'> {
  if (of === null) return { index: 'all', order: 'desc' };
  if ('applicant' in of) return { index: 'applicant', equals: { ...of }, order: 'desc' };
  const { status, department } = of;
  return department === undefined
    ? { index: 'status', equals: { status } }
    : { index: 'department', equals: { department, status } };
}
