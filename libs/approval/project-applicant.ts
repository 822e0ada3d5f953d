import { Inject, Injectable } from '@nestjs/common';
import { dayOf } from '#libs/calendar';
import { type Receipt } from '#libs/event-sourcing';
import { competentOn, DEPARTMENT_RUNNER, type DepartmentRunner } from '#libs/identity';
import {
  CorrectApplicant,
  NameApplicant,
  PROJECT_RUNNER,
  PROJECT_STREAM,
  type ProjectRunner,
  type ProjectState,
} from '#libs/project';
import { type ApplicationState } from './approval.state.js';
import { APPLICATION_RUNNER, APPLICATION_STREAM, type ApplicationRunner } from './approval.tokens.js';

/** Says whose project it is, with what the office's department and the project's applications have to do with it. */
@Injectable()
export class ProjectApplicant {
  constructor(
    @Inject(PROJECT_RUNNER) private readonly projects: ProjectRunner,
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async run(_: string, command: NameApplicant | CorrectApplicant): Promise<Receipt> {
    const stream = PROJECT_STREAM + command.id;
    const { state } = await this.projects.load(stream);
    const registrar = state.at === 'absent' ? null : (state.registrar ?? null);
    command.competent = await competentOn(this.departments, registrar, dayOf(command.meta.now));
    if (command.type === 'CorrectApplicant') command.handedIn = await this.handedIn(state);
    return this.projects.run(stream, command);
  }

  private async handedIn(state: ProjectState): Promise<string | null> {
    if (state.at === 'absent') return null;
    for (const { application } of state.registered.applications) {
      const found = await this.applications.load(APPLICATION_STREAM + application);
      if (isHandedIn(found.state)) return application;
    }
    return null;
  }
}

const isHandedIn = ({ at }: ApplicationState): boolean => at !== 'absent';

export const APPLICANT_COMMANDS = [NameApplicant, CorrectApplicant];
