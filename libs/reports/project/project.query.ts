import { EVERYWHERE, matters as matterModel } from '#libs/law/catalogue';
import { filteredPage, type Page, type ReadModels } from '#libs/engine/event-sourcing';
import { type Campaign } from '#libs/county/project';
import { type ProjectDocument } from './project.document.js';
import { projects as projectModel } from './project.projection.js';
import { applications as applicationModel, shownNumbers, type ShownNumbers } from '#libs/county/approval';
import { type NamedOrganisation, organisationOf } from '#libs/county/identity';
import { type Day } from '#libs/law/calendar';

/** The last registered first. */
const INDEXES = [
  { index: 'applicant', by: ['applicant'], order: 'desc' },
  { index: 'key', by: ['keyIn'], order: 'desc' },
  { index: 'campaign', by: ['campaigns'], order: 'desc' },
  { index: 'status', by: ['regions', 'status'], order: 'desc' },
  { index: 'region', by: ['regions'], order: 'desc' },
] as const;

export type ProjectsQuery = {
  /** Default everywhere. */
  readonly region?: string;
  readonly applicant?: string;
  readonly status?: 'open' | 'completed';
  readonly late?: boolean;
  /** Key projects (重点项目) only. */
  readonly key?: boolean;
  /** Serving this campaign only. */
  readonly campaign?: Campaign;
  /** The project as who asks may see it; null where they may not. */
  readonly shown: (project: ProjectDocument) => ProjectDocument | null;
  readonly limit: number;
  readonly cursor?: string | null;
};

/**
 * Projects, the last registered first.
 * @throws InvalidQuery
 */
export async function listProjects(models: ReadModels, query: ProjectsQuery): Promise<Page<ProjectDocument>> {
  const { region = EVERYWHERE, applicant, status, late, key, campaign, limit, cursor = null, shown } = query;
  const page = await filteredPage(models, projectModel, {
    conditions: {
      ...{ regions: region, applicant, status, late, campaigns: campaign },
      ...(key === true && { keyIn: region }),
    },
    indexes: INDEXES,
    keep: (project) => (key !== false || project.keyProject === null) && shown(project) !== null,
    limit,
    cursor,
  });
  return { ...page, items: page.items.flatMap((project) => shown(project) ?? []) };
}

/** A project with the documents of its applications and matters, in the order of its applications; null if there is no such project. */
export async function projectWithCases(models: ReadModels, id: string) {
  const project = await models.get(projectModel, id);
  if (project === null) return null;
  const [documents, matters] = await Promise.all([
    models.getMany(
      applicationModel,
      project.applications.map(({ application }) => application),
    ),
    models.getMany(
      matterModel,
      project.applications.map(({ matter }) => matter),
    ),
  ]);
  return { project, documents, matters };
}

/** A project whose rows say what numbers the documents of its applications bear. */
export type NumberedProject = Omit<ProjectDocument, 'applications'> & {
  /** 建设单位; null where a natural person applies, or nobody yet. */
  readonly developer: NamedOrganisation | null;
  readonly applications: readonly (ProjectDocument['applications'][number] & ShownNumbers)[];
};

export async function numberedProject(
  models: ReadModels,
  { project, day }: { readonly project: ProjectDocument; readonly day: Day },
): Promise<NumberedProject> {
  const documents = await models.getMany(
    applicationModel,
    project.applications.map(({ application }) => application),
  );
  const applications = project.applications.map((row, index) => ({
    ...row,
    ...shownNumbers(documents[index] ?? null, day),
  }));
  return { ...project, developer: await organisationOf(models, project.applicant), applications };
}

export async function findProject(models: ReadModels, id: string): Promise<ProjectDocument | null> {
  return models.get(projectModel, id);
}
