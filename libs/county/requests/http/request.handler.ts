import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/law/calendar';
import { type Receipt } from '#libs/engine/event-sourcing';
import {
  competentOn,
  DEPARTMENT_RUNNER,
  departmentStands,
  type DepartmentRunner,
} from '#libs/county/identity';
import { AnswerRequest, RaiseRequest } from '../request.commands.js';
import { REQUEST_RUNNER, REQUEST_STREAM, type RequestRunner } from '../request.tokens.js';

@CommandHandler(RaiseRequest)
export class RaiseRequestHandler implements ICommandHandler<RaiseRequest> {
  constructor(
    @Inject(REQUEST_RUNNER) private readonly requests: RequestRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async execute(command: RaiseRequest): Promise<Receipt> {
    const { department, meta } = command;
    command.departmentKnown = await departmentStands(this.departments, department, dayOf(meta.now));
    return this.requests.run(REQUEST_STREAM + command.id, command);
  }
}

@CommandHandler(AnswerRequest)
export class AnswerRequestHandler implements ICommandHandler<AnswerRequest> {
  constructor(
    @Inject(REQUEST_RUNNER) private readonly requests: RequestRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async execute(command: AnswerRequest): Promise<Receipt> {
    const stream = REQUEST_STREAM + command.id;
    const { state } = await this.requests.load(stream);
    command.competent =
      state.at === 'absent'
        ? null
        : await competentOn(this.departments, state.department, dayOf(command.meta.now));
    return this.requests.run(stream, command);
  }
}
