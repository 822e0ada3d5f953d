import { Inject, Injectable } from '@nestjs/common';
import { type Receipt } from '#libs/event-sourcing';
import { type CommandRunner, type HttpCommandClass } from '#libs/nest';
import {
  applicationId,
  GivePreReview,
  PROJECT_RUNNER,
  PROJECT_STREAM,
  type ProjectRunner,
  RequestPreReview,
} from '#libs/project';
import { APPLICATION_RUNNER, APPLICATION_STREAM, type ApplicationRunner } from './approval.tokens.js';

export const PRE_REVIEW_COMMANDS: readonly HttpCommandClass[] = [RequestPreReview, GivePreReview];

/** The project's stream keeps the advice; whether the application is there already, only its own stream knows. */
@Injectable()
export class PreReviewRunner implements CommandRunner<RequestPreReview | GivePreReview> {
  constructor(
    @Inject(PROJECT_RUNNER) private readonly projects: ProjectRunner,
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
  ) {}

  async run(_: string, command: RequestPreReview | GivePreReview): Promise<Receipt> {
    const { id, matter } = command;
    const { state } = await this.applications.load(APPLICATION_STREAM + applicationId(id, matter));
    command.submitted = state.at !== 'absent';
    return this.projects.run(PROJECT_STREAM + id, command);
  }
}
