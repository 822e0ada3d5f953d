import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/law/calendar';
import { type Receipt } from '#libs/engine/event-sourcing';
import { DEPARTMENT_RUNNER, departmentsNotStanding, type DepartmentRunner } from '#libs/county/identity';
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

  /** A department that was succeeded by another answers nothing any more. */
  async execute(command: RequestConsultation): Promise<Receipt> {
    command.unknown = await departmentsNotStanding(
      this.departments,
      command.departments,
      dayOf(command.meta.now),
    );
    return this.applications.run(APPLICATION_STREAM + command.id, command);
  }
}
