import { findAsOf, type Page, type Query, type ReadModels } from '#libs/engine/event-sourcing';
import { type ChallengeDocument, challenges as challengeModel } from './challenge.projection.js';

export type ChallengeStatus = ChallengeDocument['status'];

export type ChallengesQuery = {
  /** One of these decides the list: whose challenges, of which matter, of which status (and department). */
  readonly of:
    | { readonly applicant: string }
    | { readonly matter: string }
    | { readonly status: ChallengeStatus; readonly department?: string }
    | null;
  /** Open ones past their limit only; with `status` open. */
  readonly overdue: boolean;
  readonly now: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

/** A challenge with what the day makes of it. */
export type ChallengeItem = ChallengeDocument & {
  /** Open and past its limit. */
  readonly overdue: boolean;
};

const itemAt = (challenge: ChallengeDocument, now: string): ChallengeItem => ({
  ...challenge,
  overdue: challenge.status === 'open' && now > challenge.dueAt,
});

/** By status the most urgent first, otherwise the last made first. */
export function listChallenges(
  models: ReadModels,
  { of, overdue, ...asked }: ChallengesQuery,
): Promise<Page<ChallengeItem>> {
  const conditions = (now: string) => ({ ...indexOf(of), ...(overdue ? { range: { lt: now } } : {}) });
  return findAsOf(models, challengeModel, asked, conditions, itemAt);
}

export async function findChallenge(
  models: ReadModels,
  id: string,
  now: string,
): Promise<ChallengeItem | null> {
  const found = await models.get(challengeModel, id);
  return found && itemAt(found, now);
}

function indexOf(of: ChallengesQuery['of']): Pick<Query, 'index' | 'equals' | 'order'> {
  if (of === null) return { index: 'all', order: 'desc' };
  if ('applicant' in of) return { index: 'applicant', equals: { applicant: of.applicant }, order: 'desc' };
  if ('matter' in of) return { index: 'matter', equals: { matter: of.matter }, order: 'desc' };
  const { status, department } = of;
  return department === undefined
    ? { index: 'status', equals: { status } }
    : { index: 'department', equals: { department, status } };
}
