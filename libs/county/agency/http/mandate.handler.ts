import { Inject, Injectable } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/law/calendar';
import { type Receipt } from '#libs/engine/event-sourcing';
import {
  AccountDirectory,
  competentOn,
  DEPARTMENT_RUNNER,
  type DepartmentRunner,
} from '#libs/county/identity';
import { PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner } from '#libs/county/project';
import { ConfirmMandate, GrantMandate, RevokeMandate } from '../mandate.commands.js';
import { MANDATE_RUNNER, MANDATE_STREAM, type MandateRunner } from '../mandate.tokens.js';

@CommandHandler(GrantMandate)
export class GrantMandateHandler implements ICommandHandler<GrantMandate> {
  constructor(
    @Inject(MANDATE_RUNNER) private readonly mandates: MandateRunner,
    @Inject(PROJECT_RUNNER) private readonly projects: ProjectRunner,
    private readonly accounts: AccountDirectory,
  ) {}

  async execute(command: GrantMandate): Promise<Receipt> {
    command.agentRole = await this.roleOf(command.agent);
    command.applicantRole = await this.roleOf(command.applicant ?? command.meta.actor.person);
    command.projectOf = command.project === undefined ? null : await this.applicantOf(command.project);
    return this.mandates.run(MANDATE_STREAM + command.id, command);
  }

  private async roleOf(name: string): Promise<string | null> {
    const entry = await this.accounts.find(name);
    return entry?.account.at === 'open' ? entry.account.role : null;
  }

  private async applicantOf(project: string): Promise<string | null> {
    const { state } = await this.projects.load(PROJECT_STREAM + project);
    return state.at === 'registered' ? state.registered.applicant : null;
  }
}

type OfTheRecorder = ConfirmMandate | RevokeMandate;

/** Acts that the department may do too which recorded the mandate: whose business that is today is looked up. */
@Injectable()
export class RecordedMandates {
  constructor(
    @Inject(MANDATE_RUNNER) private readonly mandates: MandateRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async run(stream: string, command: OfTheRecorder): Promise<Receipt> {
    const { state } = await this.mandates.load(stream);
    const department = state.at === 'absent' ? null : (state.recordedBy?.department ?? null);
    command.competent = await competentOn(this.departments, department, dayOf(command.meta.now));
    return this.mandates.run(stream, command);
  }
}

export const RECORDED_MANDATE_COMMANDS = [ConfirmMandate, RevokeMandate];
