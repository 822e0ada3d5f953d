import { filteredPage, type Page, pageAsOf, type ReadModels } from '#libs/engine/event-sourcing';
import { type RequestDocument, requests } from './request.projection.js';

export type RequestStatus = RequestDocument['status'];

export type RequestsQuery = {
  readonly applicant?: string | undefined;
  readonly status?: RequestStatus | undefined;
  readonly department?: string | undefined;
  /** Unanswered and past their day only. */
  readonly overdue: boolean;
  /** ISO instant. */
  readonly now: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

const OF_APPLICANT = [{ index: 'applicant', by: ['applicant'], order: 'desc' }] as const;

const INDEXES = [
  { index: 'department', by: ['department', 'status'] },
  { index: 'status', by: ['status'] },
  { index: 'all', by: [], order: 'desc' },
] as const;

/** A request; `overdue` while its answer is owed and its last day is over. */
export type RequestItem = RequestDocument & { readonly overdue: boolean };

const itemAt = (request: RequestDocument, now: string): RequestItem => ({
  ...request,
  overdue: request.status === 'open' && now > request.answerBy,
});

/** By status the most pressing first; of an enterprise, or without a status, the last raised first. */
export function listRequests(
  models: ReadModels,
  { applicant, status, department, overdue, ...asked }: RequestsQuery,
): Promise<Page<RequestItem>> {
  const conditions = { applicant, status: overdue ? 'open' : status, department };
  return pageAsOf(asked, async ({ now, cursor }) => {
    const page = await filteredPage(models, requests, {
      // The order of an enterprise's list is the same whatever else is asked.
      indexes: applicant === undefined ? INDEXES : OF_APPLICANT,
      ...{ conditions, limit: asked.limit, cursor },
      keep: ({ answerBy }) => !overdue || answerBy < now,
    });
    return { ...page, items: page.items.map((request) => itemAt(request, now)) };
  });
}

export async function findRequest(models: ReadModels, id: string, now: string): Promise<RequestItem | null> {
  const found = await models.get(requests, id);
  return found && itemAt(found, now);
}
