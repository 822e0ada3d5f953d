import { competentOn, DEPARTMENT_RUNNER, type DepartmentRunner } from '#libs/county/identity';
import { PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner, type ProjectState } from '#libs/county/project';
import { CorrectApplicant, NameApplicant } from '#libs/county/project/http';
import { type Receipt } from '#libs/engine/event-sourcing';
import { dayOf, WorkingCalendar } from '#libs/law/calendar';
import { Inject, Injectable } from '@nestjs/common';
import { isDeemedAccepted } from '../application/application.runner.js';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { isAccepted } from '../jurisdiction/applicant-correction.acts.js';

/** Says whose project it is, with what the office's department and the project's applications have to do with it. */
@Injectable()
export class ProjectApplicant {
  constructor(
    @Inject(PROJECT_RUNNER) private readonly projects: ProjectRunner,
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
    private readonly calendar: WorkingCalendar,
  ) {}

  async run(_: string, command: NameApplicant | CorrectApplicant): Promise<Receipt> {
    const stream = PROJECT_STREAM + command.id;
    const { state } = await this.projects.load(stream);
    const registrar = state.at === 'absent' ? null : (state.registrar ?? null);
    command.competent = await competentOn(this.departments, registrar, dayOf(command.meta.now));
    if (command.type === 'NameApplicant') return this.projects.run(stream, command);
    command.accepted = await this.accepted(state, command);
    const receipt = await this.projects.run(stream, command);
    await this.follow(command);
    return receipt;
  }

  private async accepted(project: ProjectState, command: CorrectApplicant): Promise<string | null> {
    for (const { application, state } of await this.handedIn(project)) {
      if (isAccepted(state) || isDeemedAccepted(this.calendar, state, command)) return application;
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
    const { commandId } = meta;
    for (const { application } of await this.handedIn(project)) {
      await this.applications.run(APPLICATION_STREAM + application, {
        ...{ type: 'CorrectApplicationApplicant', id: application, applicant },
        meta: {
          ...meta,
          commandId: `${commandId}/${application}`,
          causationId: commandId,
          expectedRevision: null,
        },
      });
    }
  }

  private async handedIn(project: ProjectState) {
    const opened = project.at === 'absent' ? [] : project.registered.applications;
    const found = await Promise.all(
      opened.map(async ({ application }) => ({
        application,
        state: (await this.applications.load(APPLICATION_STREAM + application)).state,
      })),
    );
    return found.flatMap(({ application, state }) => (state.at === 'absent' ? [] : [{ application, state }]));
  }
}

export const APPLICANT_COMMANDS = [NameApplicant, CorrectApplicant];
