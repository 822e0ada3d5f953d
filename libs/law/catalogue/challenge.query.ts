import { filteredPage, type Page, pageAsOf, type ReadModels } from '#libs/engine/event-sourcing';
import { type ChallengeDocument, challenges as challengeModel } from './challenge.projection.js';

export type ChallengeStatus = ChallengeDocument['status'];

export type ChallengesQuery = {
  readonly applicant?: string | undefined;
  readonly matter?: string | undefined;
  readonly status?: ChallengeStatus | undefined;
  readonly department?: string | undefined;
  /** Open ones past their limit only. */
  readonly overdue: boolean;
  readonly now: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

const OF_ONE = [
  { index: 'applicant', by: ['applicant'], order: 'desc' },
  { index: 'matter', by: ['matter'], order: 'desc' },
] as const;

const INDEXES = [
  { index: 'department', by: ['department', 'status'] },
  { index: 'status', by: ['status'] },
  { index: 'all', by: [], order: 'desc' },
] as const;

/** A challenge with what the day makes of it. */
export type ChallengeItem = ChallengeDocument & {
  /** Open and past its limit. */
  readonly overdue: boolean;
};

const itemAt = (challenge: ChallengeDocument, now: string): ChallengeItem => ({
  ...challenge,
  overdue: challenge.status === 'open' && now > challenge.dueAt,
});

/** By status the most urgent first; of a challenger, a matter, or without a status, the last made first. */
export function listChallenges(
  models: ReadModels,
  { applicant, matter, status, department, overdue, ...asked }: ChallengesQuery,
): Promise<Page<ChallengeItem>> {
  const conditions = { applicant, matter, status: overdue ? 'open' : status, department };
  return pageAsOf(asked, async ({ now, cursor }) => {
    const page = await filteredPage(models, challengeModel, {
      // The order of the list of a challenger, or of a matter, is the same whatever else is asked.
      indexes: applicant === undefined && matter === undefined ? INDEXES : OF_ONE,
      ...{ conditions, limit: asked.limit, cursor },
      keep: ({ dueAt }) => !overdue || dueAt < now,
    });
    return { ...page, items: page.items.map((challenge) => itemAt(challenge, now)) };
  });
}

export async function findChallenge(
  models: ReadModels,
  id: string,
  now: string,
): Promise<ChallengeItem | null> {
  const found = await models.get(challengeModel, id);
  return found && itemAt(found, now);
}
