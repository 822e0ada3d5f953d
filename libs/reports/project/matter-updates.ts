import { type Recorded } from '#libs/engine/event-sourcing';
import { placed, type ProjectMatterAdded, type ProjectMatterStruck, withWaiting } from '#libs/county/project';
import { type ProjectDocument } from './project.document.js';

/** What a project has of a matter that was not applied for yet. */
export const NOT_SUBMITTED = {
  status: 'not-submitted',
  submittedAt: null,
  endedAt: null,
  outcome: null,
  late: null,
} as const;

/** Nothing waits for a matter that was struck. */
export const withoutWaiting = <Row extends { readonly prerequisites: readonly string[] }>(
  rows: readonly Row[],
  application: string,
): readonly Row[] =>
  rows.map((row) => ({ ...row, prerequisites: row.prerequisites.filter((id) => id !== application) }));

export function matterAdded(project: ProjectDocument, event: Recorded<ProjectMatterAdded>): ProjectDocument {
  const { opened } = event.data;
  const { struck = [], ...rest } = project;
  const left = struck.filter(({ application }) => application !== opened.application);
  return {
    ...rest,
    applications: placed(withWaiting(project.applications, event.data), { ...opened, ...NOT_SUBMITTED }),
    ...(left.length > 0 && { struck: left }),
    status: 'open',
    completedAt: null,
    revision: event.revision.toString(),
  };
}

export function matterStruck(
  project: ProjectDocument,
  event: Recorded<ProjectMatterStruck>,
): ProjectDocument {
  const { application, matter, department, reason, article } = event.data;
  const { actor, occurredAt: at } = event.metadata;
  const own = project.applications.find((one) => one.application === application);
  if (own === undefined) throw new Error(`project ${project.id} has no application ${application}`);
  const others = project.applications.filter((one) => one !== own);
  const struck = {
    ...{ application, matter, matterName: own.matterName, department, person: actor.person },
    ...{ reason, article, at },
  };
  return withCompletion({
    ...project,
    applications: withoutWaiting(others, application),
    struck: [...(project.struck ?? []), struck],
    revision: event.revision.toString(),
  });
}

/** Completed once everything that applies to the project has ended; one without any matter is not. */
export function withCompletion(project: ProjectDocument): ProjectDocument {
  const { applications } = project;
  const completed = applications.length > 0 && applications.every(({ status }) => status === 'ended');
  return {
    ...project,
    status: completed ? 'completed' : 'open',
    completedAt: completed ? lastEnd(project) : null,
  };
}

function lastEnd({ applications }: ProjectDocument): string | null {
  return applications.reduce<string | null>(
    (last, { endedAt }) => (last === null || (endedAt !== null && endedAt > last) ? endedAt : last),
    null,
  );
}
