import { competentOn, DEPARTMENT_RUNNER, type DepartmentRunner } from '#libs/county/identity';
import { PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner } from '#libs/county/project';
import { applicationId, GivePreReview, RequestPreReview } from '#libs/county/project/http';
import { type Receipt } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { type CommandRunner, type HttpCommandClass } from '#libs/shell/nest';
import { Inject, Injectable } from '@nestjs/common';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';

export const PRE_REVIEW_COMMANDS: readonly HttpCommandClass[] = [RequestPreReview, GivePreReview];

/** The project's stream keeps the advice; whether the application is there already, only its own stream knows. */
@Injectable()
export class PreReviewRunner implements CommandRunner<RequestPreReview | GivePreReview> {
  constructor(
    @Inject(PROJECT_RUNNER) private readonly projects: ProjectRunner,
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async run(_: string, command: RequestPreReview | GivePreReview): Promise<Receipt> {
    const { id, matter } = command;
    const { state } = await this.applications.load(APPLICATION_STREAM + applicationId(id, matter));
    command.submitted = state.at !== 'absent';
    if (command.type === 'GivePreReview') command.competent = await this.competent(command);
    return this.projects.run(PROJECT_STREAM + id, command);
  }

  /** After a reform the matter of a project that was opened before it is the successor's. */
  private async competent({ id, matter, meta }: GivePreReview): Promise<string | null> {
    const { state } = await this.projects.load(PROJECT_STREAM + id);
    const opened =
      state.at === 'registered' ? state.registered.applications.find((one) => one.matter === matter) : null;
    return competentOn(this.departments, opened?.department ?? null, dayOf(meta.now));
  }
}
