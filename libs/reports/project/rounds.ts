import { firstRoundOf } from '#libs/county/project';
import { type ProjectApplication } from './project.document.js';

type Row = Pick<ProjectApplication, 'application' | 'prerequisites' | 'previousRound'>;

/** The applications whose matter was applied for again: they are not the last of it. */
export const followedRounds = (
  applications: readonly Pick<ProjectApplication, 'previousRound'>[],
): ReadonlySet<string> => new Set(applications.flatMap(({ previousRound }) => previousRound ?? []));

/** Of each matter the application that counts: the last time that it was applied for. What waits for it waits for that one. */
export function currentRounds<Of extends Row>(applications: readonly Of[]): readonly Of[] {
  const followed = followedRounds(applications);
  const current = applications.filter(({ application }) => !followed.has(application));
  const lastOf = new Map(current.map(({ application }) => [firstRoundOf(application), application]));
  return current.map((one) => ({
    ...one,
    prerequisites: one.prerequisites.map((first) => lastOf.get(first) ?? first),
  }));
}
