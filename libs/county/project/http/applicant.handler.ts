import { Inject, Injectable } from '@nestjs/common';
import { competentOn, DEPARTMENT_RUNNER, type DepartmentRunner } from '#libs/county/identity';
import { metaOfPart, type Receipt } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { ProjectApplications } from '../project-applications.js';
import { CorrectApplicant, type NameApplicant } from '../project.commands.js';
import { type ProjectState } from '../project.state.js';
import { PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner } from '../project.tokens.js';

/** Whose business it is today what the registering department did; null for none. */
async function registrarToday(departments: DepartmentRunner, project: ProjectState, now: string) {
  const registrar = project.at === 'absent' ? null : (project.registrar ?? null);
  return competentOn(departments, registrar, dayOf(now));
}

/** Names the project's applicant, with the relation of the office's department to the project. */
@Injectable()
export class ApplicantNaming {
  constructor(
    @Inject(PROJECT_RUNNER) private readonly projects: ProjectRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async run(stream: string, command: NameApplicant): Promise<Receipt> {
    const { state } = await this.projects.load(stream);
    command.competent = await registrarToday(this.departments, state, command.meta.now);
    return this.projects.run(stream, command);
  }
}

/** Corrects whose project it is, and then whose its applications are. */
@Injectable()
export class ApplicantCorrection {
  constructor(
    @Inject(PROJECT_RUNNER) private readonly projects: ProjectRunner,
    private readonly applications: ProjectApplications,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async run(stream: string, command: CorrectApplicant): Promise<Receipt> {
    const { state } = await this.projects.load(stream);
    command.competent = await registrarToday(this.departments, state, command.meta.now);
    command.accepted = await this.accepted(state, command);
    const receipt = await this.projects.run(stream, command);
    await this.follow(command);
    return receipt;
  }

  private async accepted(project: ProjectState, command: CorrectApplicant): Promise<string | null> {
    for (const application of idsOf(project)) {
      if (await this.applications.isAccepted(application, command)) return application;
    }
    return null;
  }

  /**
   * What was handed in goes with the project. A process that ended in between leaves it behind until the same command
   * comes again, which finds out from the project whose it is by then.
   */
  private async follow({ id, meta: { keyUse: _, ...meta } }: CorrectApplicant): Promise<void> {
    const { state: project } = await this.projects.load(PROJECT_STREAM + id);
    const applicant = project.at === 'absent' ? null : project.registered.applicant;
    if (applicant === null) return;
    for (const application of idsOf(project)) {
      if (!(await this.applications.isSubmitted(application))) continue;
      await this.applications.correctApplicant(
        application,
        applicant,
        metaOfPart(meta, `${meta.commandId}/${application}`),
      );
    }
  }
}

const idsOf = (project: ProjectState): readonly string[] =>
  project.at === 'absent' ? [] : project.registered.applications.map(({ application }) => application);
