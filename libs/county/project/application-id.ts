/** Id of a project's application for a matter. A matter code has exactly one hyphen, so no two pairs give one id. */
export const applicationId = (project: string, matter: string): string => `${project}-${matter}`;

/** `{project}-{matter code}`, and from the second round on `-{round}`; a matter code has exactly one hyphen. */
const APPLICATION_ID =
  /^(?<project>.+)-(?<matter>[A-Z][A-Z0-9]*-[0-9]+)(?:-(?<round>[2-9]|[1-9][0-9]{1,3}))?$/;

/** Code of an application's matter, or null if the id is not an application's. */
export const matterOfApplication = (id: string): string | null =>
  APPLICATION_ID.exec(id)?.groups?.['matter'] ?? null;

/** Id of an application's project, or null if the id is not an application's. */
export const projectOfApplication = (id: string): string | null =>
  APPLICATION_ID.exec(id)?.groups?.['project'] ?? null;

/** How often the matter was applied for, this time included: 1 for the application that the project opened. */
export const roundOfApplication = (id: string): number =>
  Number(APPLICATION_ID.exec(id)?.groups?.['round'] ?? 1);

/** The application of the same matter that the project opened. */
export const firstRoundOf = (id: string): string => {
  const { project, matter } = APPLICATION_ID.exec(id)?.groups ?? {};
  return project === undefined || matter === undefined ? id : applicationId(project, matter);
};

const inRound = (id: string, round: number): string =>
  round === 1 ? firstRoundOf(id) : `${firstRoundOf(id)}-${round}`;

/** The application under which the same matter is applied for again once this one has ended. */
export const nextRoundOf = (id: string): string => inRound(id, roundOfApplication(id) + 1);

/** The application that has to have ended before this one can be handed in; null for the first. */
export const previousRoundOf = (id: string): string | null => {
  const round = roundOfApplication(id);
  return round === 1 ? null : inRound(id, round - 1);
};
