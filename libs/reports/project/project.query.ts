import { EVERYWHERE, matters as matterModel } from '#libs/law/catalogue';
import { keptPage, type Page, type Query, type ReadModels } from '#libs/engine/event-sourcing';
import { type Campaign } from '#libs/county/project';
import { type ProjectDocument } from './project.document.js';
import { projects as projectModel } from './project.projection.js';
import { applications as applicationModel } from '#libs/county/approval';

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
 * Projects, the last registered first. One index serves the narrowest condition, the others are filtered.
 * @throws InvalidQuery
 */
export async function listProjects(models: ReadModels, query: ProjectsQuery): Promise<Page<ProjectDocument>> {
  const { limit, cursor = null, shown } = query;
  const page = await keptPage(
    models,
    projectModel,
    { ...indexOf(query), order: 'desc', limit, cursor },
    (project) => matches(project, query) && shown(project) !== null,
  );
  return { ...page, items: page.items.flatMap((project) => shown(project) ?? []) };
}

/** A project with the documents of its cases and matters, in the order of its applications; null where there is none. */
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

export async function findProject(models: ReadModels, id: string): Promise<ProjectDocument | null> {
  return models.get(projectModel, id);
}

function indexOf({
  region = EVERYWHERE,
  applicant,
  status,
  key,
  campaign,
}: ProjectsQuery): Pick<Query, 'index' | 'equals'> {
  if (applicant !== undefined) return { index: 'applicant', equals: { applicant } };
  if (key === true) return { index: 'key', equals: { keyIn: region } };
  if (campaign !== undefined) return { index: 'campaign', equals: { campaigns: campaign } };
  if (status !== undefined) return { index: 'status', equals: { regions: region, status } };
  return { index: 'region', equals: { regions: region } };
}

function matches(
  project: ProjectDocument,
  { region, applicant, status, late, key, campaign }: ProjectsQuery,
): boolean {
  return (
    (region === undefined || project.regions.includes(region)) &&
    (applicant === undefined || project.applicant === applicant) &&
    (status === undefined || project.status === status) &&
    (late === undefined || project.late === late) &&
    (key === undefined || (project.keyProject !== null) === key) &&
    (campaign === undefined || project.campaigns.includes(campaign))
  );
}
