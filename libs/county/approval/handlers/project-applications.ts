import { type ProjectApplications, type StageApplication } from '#libs/county/project';
import { type CommandMeta, type DomainCommand, type Receipt } from '#libs/engine/event-sourcing';
import { type Day, WorkingCalendar } from '#libs/law/calendar';
import { Inject, Injectable } from '@nestjs/common';
import { isDeemedAccepted } from '../application/application.runner.js';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { SubmitApplication } from '../intake/intake.commands.js';
import { isAccepted } from '../jurisdiction/applicant-correction.acts.js';
import { roundsOf, roundToSubmit } from './rounds.js';
import { SubmitApplicationHandler } from './submit-application.handler.js';

/** The applications of a project, for the commands of the project. */
@Injectable()
export class SubmittedApplications implements ProjectApplications {
  constructor(
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    private readonly submissions: SubmitApplicationHandler,
    private readonly calendar: WorkingCalendar,
  ) {}

  async submitted(first: string, day: Day): Promise<readonly string[]> {
    const rounds = await roundsOf(this.applications, first, day);
    return rounds.flatMap(({ application, state }) => (state.at === 'absent' ? [] : [application]));
  }

  toSubmit(first: string, day: Day): Promise<string | null> {
    return roundToSubmit(this.applications, first, day);
  }

  async isAccepted(application: string, command: DomainCommand): Promise<boolean> {
    const { state } = await this.applications.load(APPLICATION_STREAM + application);
    return state.at !== 'absent' && (isAccepted(state) || isDeemedAccepted(this.calendar, state, command));
  }

  submit({ application: id, consult, ...sent }: StageApplication): Promise<Receipt> {
    return this.submissions.execute(Object.assign(new SubmitApplication(), { id, ...sent }), consult);
  }

  async correctApplicant(application: string, applicant: string, meta: CommandMeta): Promise<void> {
    const command = { type: 'CorrectApplicationApplicant', id: application, applicant, meta } as const;
    await this.applications.run(APPLICATION_STREAM + application, command);
  }
}
