import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/law/calendar';
import { type Receipt } from '#libs/engine/event-sourcing';
import { DEPARTMENT_RUNNER, departmentsNotStanding, type DepartmentRunner } from '#libs/county/identity';
import { OFFICE_RUNNER, OFFICE_STREAM, type OfficeRunner } from '../campaign.tokens.js';
import { AssignCampaignOffice, EndCampaignOffice } from '../office.commands.js';

@CommandHandler(AssignCampaignOffice)
export class AssignCampaignOfficeHandler implements ICommandHandler<AssignCampaignOffice> {
  constructor(
    @Inject(OFFICE_RUNNER) private readonly office: OfficeRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async execute(command: AssignCampaignOffice): Promise<Receipt> {
    command.unknown = await departmentsNotStanding(this.departments, [command.id], dayOf(command.meta.now));
    return this.office.run(OFFICE_STREAM, command);
  }
}

@CommandHandler(EndCampaignOffice)
export class EndCampaignOfficeHandler implements ICommandHandler<EndCampaignOffice> {
  constructor(@Inject(OFFICE_RUNNER) private readonly office: OfficeRunner) {}

  execute(command: EndCampaignOffice): Promise<Receipt> {
    return this.office.run(OFFICE_STREAM, command);
  }
}
