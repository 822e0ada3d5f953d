import {
  type Actor,
  type CommandMeta,
  type Document,
  type Model,
  type ReadModels,
} from '#libs/engine/event-sourcing';
import { seesProject, sightOf } from '#libs/county/sight';
import { type UniqueValues } from '#libs/engine/unique-values';
import { type CodeCheck, projectCodeFault } from './project-code.js';
import { refuse } from './project.rules.js';
import { type ProjectRegistered } from './project.events.js';
import { PROJECT_STREAM, type ProjectReader } from './project.tokens.js';

const KIND = 'national-code';
const field = 'nationalCode';
type Registered = ProjectRegistered['data'];

/** 项目代码: checked, and one project's only. */
export class ProjectCodes {
  constructor(
    private readonly values: UniqueValues,
    private readonly projects: ProjectReader,
    private readonly models: Pick<ReadModels, 'find'>,
    private readonly check: CodeCheck,
  ) {}

  /** Called when the registration was decided. @throws RuleViolation 422, 409 */
  async take({ project, nationalCode: code }: Registered, meta: CommandMeta): Promise<void> {
    if (code === null) return;
    const fault = projectCodeFault(code, this.check);
    if (fault === 'form') return refuse('project.code-malformed', { field, code }, 'input');
    if (fault === 'check-digit') return refuse('project.code-check-digit', { field, code }, 'input');
    const taken = await this.values.take(
      { kind: KIND, value: code, holder: project },
      meta,
      async (holder) => (await this.registered(holder))?.nationalCode === code,
    );
    const other = taken?.holder ?? (await this.formerHolder(code, project));
    if (other === null) return;
    const owner = await this.registered(other);
    const isTold = owner !== null && (await this.canView(meta.actor, owner, meta.now));
    return isTold
      ? refuse('project.code-taken-by', { field, code, project: other }, 'state')
      : refuse('project.code-taken', { field, code }, 'state');
  }

  /** Projects registered before codes were kept in streams of their own are only in the read model. */
  private async formerHolder(nationalCode: string, project: string): Promise<string | null> {
    const { items } = await this.models.find(registeredProjects, {
      index: 'code',
      equals: { nationalCode },
      limit: 2,
    });
    return items.find(({ id }) => id !== project)?.id ?? null;
  }

  private async registered(project: string): Promise<Registered | null> {
    const { state } = await this.projects.load(PROJECT_STREAM + project);
    return state.at === 'registered' ? state.registered : null;
  }

  private async canView(actor: Actor, { project: id, ...owner }: Registered, now: string): Promise<boolean> {
    const sight = await sightOf({ models: this.models, now: () => now }, actor);
    return seesProject(sight, { id, ...owner });
  }
}

/** What queries find projects by; the reports keep them. */
export const registeredProjects: Model<Document> = { model: 'projects' };
