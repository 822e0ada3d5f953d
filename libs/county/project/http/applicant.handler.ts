import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { competentOn } from '#libs/county/identity';
import { metaOfPart, type Receipt } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { lookup } from '#libs/shell/nest';
import { CorrectApplicant, NameApplicant, type NamingFacts } from '../project.commands.js';
import { type ProjectState } from '../project.state.js';
import { PROJECT_STREAM } from '../project.tokens.js';
import { ProjectStores } from './project-stores.js';

/** Whose business it is today what the registering department did. */
export async function namingFacts(
  { id, meta }: NameApplicant | CorrectApplicant,
  { projects, departments }: Pick<ProjectStores, 'projects' | 'departments'>,
): Promise<NamingFacts> {
  const { state } = await projects.load(PROJECT_STREAM + id);
  const registrar = state.at === 'absent' ? null : (state.registrar ?? null);
  return { competent: await competentOn(departments, registrar, dayOf(meta.now)) };
}

export const applicantNaming = lookup(NameApplicant, (command, stores: ProjectStores) =>
  namingFacts(command, stores),
);

/** Corrects whose project it is, and then whose its applications are. */
@CommandHandler(CorrectApplicant)
export class CorrectApplicantHandler implements ICommandHandler<CorrectApplicant> {
  constructor(private readonly stores: ProjectStores) {}

  async execute(command: CorrectApplicant): Promise<Receipt> {
    const { projects } = this.stores;
    const stream = PROJECT_STREAM + command.id;
    const { state } = await projects.load(stream);
    const accepted = await this.accepted(state, command);
    const { competent } = await namingFacts(command, this.stores);
    const receipt = await projects.run(stream, command, { competent, accepted });
    await this.follow(command);
    return receipt;
  }

  private async accepted(project: ProjectState, command: CorrectApplicant): Promise<string | null> {
    for (const application of await this.submitted(project, command)) {
      if (await this.stores.applications.isAccepted(application, command)) return application;
    }
    return null;
  }

  /** Every application of the project that was handed in. */
  private async submitted(project: ProjectState, { meta }: CorrectApplicant): Promise<readonly string[]> {
    const day = dayOf(meta.now);
    const each = idsOf(project).map((first) => this.stores.applications.submitted(first, day));
    return (await Promise.all(each)).flat();
  }

  /**
   * What was handed in goes with the project. A process that ended in between leaves it behind until the same command
   * comes again, which finds out from the project whose it is by then.
   */
  private async follow(command: CorrectApplicant): Promise<void> {
    const {
      id,
      meta: { keyUse: _, ...meta },
    } = command;
    const { state: project } = await this.stores.projects.load(PROJECT_STREAM + id);
    const applicant = project.at === 'absent' ? null : project.registered.applicant;
    if (applicant === null) return;
    for (const application of await this.submitted(project, command)) {
      await this.stores.applications.correctApplicant(
        application,
        applicant,
        metaOfPart(meta, `${meta.commandId}/${application}`),
      );
    }
  }
}

const idsOf = (project: ProjectState): readonly string[] =>
  project.at === 'absent' ? [] : project.registered.applications.map(({ application }) => application);
