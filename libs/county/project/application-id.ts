/** Id of a project's application for a matter. A matter code has exactly one hyphen, so no two pairs give one id. */
export const applicationId = (project: string, matter: string): string => `${project}-${matter}`;

/** `{project}-{matter code}`; a matter code has exactly one hyphen. */
const APPLICATION_ID = /^(?<project>.+)-(?<matter>[A-Z][A-Z0-9]*-[0-9]+)$/;

/** Code of an application's matter, or null if the id is not an application's. */
export const matterOfApplication = (id: string): string | null =>
  APPLICATION_ID.exec(id)?.groups?.['matter'] ?? null;

/** Id of an application's project, or null if the id is not an application's. */
export const projectOfApplication = (id: string): string | null =>
  APPLICATION_ID.exec(id)?.groups?.['project'] ?? null;
