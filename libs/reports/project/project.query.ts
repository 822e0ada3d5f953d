import { EVERYWHERE, matters as matterModel } from '#libs/law/catalogue';
import {
  chosenPage,
  holdsEveryWord,
  indexFor,
  meets,
  type Page,
  type ReadModels,
} from '#libs/engine/event-sourcing';
import { type Campaign } from '#libs/county/project';
import { type ProjectDocument } from './project.document.js';
import { projects as projectModel } from './project.projection.js';
import { applications as applicationModel, shownNumbers, type ShownNumbers } from '#libs/county/approval';
import { type NamedOrganisation, organisationOf } from '#libs/county/identity';
import { type Day } from '#libs/law/calendar';

export const PROJECT_ORDERS = ['-registeredAt', 'registeredAt', 'name', '-name'] as const;
export type ProjectOrder = (typeof PROJECT_ORDERS)[number];

const BY_REGISTRATION = [
  { index: 'applicant', by: ['applicant'] },
  { index: 'key', by: ['keyIn'] },
  { index: 'campaign', by: ['campaigns'] },
  { index: 'status', by: ['regions', 'status'] },
  { index: 'region', by: ['regions'] },
] as const;
const BY_NAME = [{ index: 'name', by: ['regions'] }] as const;

/** The indexes that an order is read by. */
const indexesOf = (sort: ProjectOrder) => {
  const order = sort.startsWith('-') ? 'desc' : 'asc';
  return (sort.endsWith('name') ? BY_NAME : BY_REGISTRATION).map((one) => ({ ...one, order }) as const);
};

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
  readonly template?: string;
  /** Account of the leader of a key project. */
  readonly leader?: string;
  /** A department that one of its applications is for. */
  readonly department?: string;
  /** Words, all of which are in its id, its name or its code. */
  readonly q?: string;
  /** Default the last registered first. */
  readonly sort?: ProjectOrder;
  /** Which of those that fit are shown, asked of many at a time; left out: all. */
  readonly chosen?: (projects: readonly ProjectDocument[]) => Promise<readonly boolean[]>;
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
  const { region = EVERYWHERE, applicant, status, late, key, campaign, template, q } = query;
  const { leader, department, sort = '-registeredAt', limit, cursor = null, shown, chosen } = query;
  const conditions = {
    ...{ regions: region, applicant, status, late, campaigns: campaign, template },
    ...(key === true && { keyIn: region }),
  };
  const isAsked = (project: ProjectDocument) =>
    meets(project, conditions) &&
    (key !== false || project.keyProject === null) &&
    (leader === undefined || project.keyProject?.leader === leader) &&
    (department === undefined || project.applications.some((own) => own.department === department)) &&
    holdsWords(project, q);
  return chosenPage(
    models,
    projectModel,
    { ...indexFor(indexesOf(sort), conditions), limit, cursor },
    async (documents) => {
      const visible = documents.map((project) => (isAsked(project) ? shown(project) : null));
      const some = visible.filter((project) => project !== null);
      const are = chosen === undefined ? some.map(() => true) : await chosen(some);
      const left = new Set(some.filter((_, index) => are[index] !== true));
      return visible.map((project) => (project === null || left.has(project) ? null : project));
    },
  );
}

function holdsWords({ id, name, nationalCode }: ProjectDocument, q: string | undefined): boolean {
  return q === undefined || holdsEveryWord([id, name, nationalCode ?? ''], q);
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
