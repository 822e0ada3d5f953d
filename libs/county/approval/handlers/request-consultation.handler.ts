import { DEPARTMENT_RUNNER, type DepartmentRunner, departmentsNotStanding } from '#libs/county/identity';
import { type Receipt } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { RequestConsultation } from '../consultation/consultation.commands.js';

@CommandHandler(RequestConsultation)
export class RequestConsultationHandler implements ICommandHandler<RequestConsultation> {
  constructor(
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  /** A department that has a successor no longer answers. */
  async execute(command: RequestConsultation): Promise<Receipt> {
    command.unknown = await departmentsNotStanding(
      this.departments,
      command.departments,
      dayOf(command.meta.now),
    );
    return this.applications.run(APPLICATION_STREAM + command.id, command);
  }
}
