import { Inject, Injectable } from '@nestjs/common';
import { competentOn, DEPARTMENT_RUNNER, type DepartmentRunner } from '#libs/county/identity';
import { type Receipt } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { applicationId } from '../application-id.js';
import { GivePreReview, RequestPreReview } from '../pre-review.commands.js';
import { ProjectApplications } from '../project-applications.js';
import { PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner } from '../project.tokens.js';

export const PRE_REVIEW_COMMANDS = [RequestPreReview, GivePreReview];

/** The project's stream keeps the advice; whether the application is there already, only its own stream knows. */
@Injectable()
export class PreReviewRunner {
  constructor(
    @Inject(PROJECT_RUNNER) private readonly projects: ProjectRunner,
    private readonly applications: ProjectApplications,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async run(stream: string, command: RequestPreReview | GivePreReview): Promise<Receipt> {
    const { id, matter } = command;
    command.submitted = await this.applications.isSubmitted(applicationId(id, matter));
    if (command.type === 'GivePreReview') command.competent = await this.competent(command);
    return this.projects.run(stream, command);
  }

  /** After a reform the matter of a project that was opened before it is the successor's. */
  private async competent({ id, matter, meta }: GivePreReview): Promise<string | null> {
    const { state } = await this.projects.load(PROJECT_STREAM + id);
    const opened =
      state.at === 'registered' ? state.registered.applications.find((one) => one.matter === matter) : null;
    return competentOn(this.departments, opened?.department ?? null, dayOf(meta.now));
  }
}
