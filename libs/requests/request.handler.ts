import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Receipt } from '#libs/event-sourcing';
import { DEPARTMENT_RUNNER, DEPARTMENT_STREAM, type DepartmentRunner } from '#libs/identity';
import { RaiseRequest } from './request.commands.js';
import { REQUEST_RUNNER, REQUEST_STREAM, type RequestRunner } from './request.tokens.js';

@CommandHandler(RaiseRequest)
export class RaiseRequestHandler implements ICommandHandler<RaiseRequest> {
  constructor(
    @Inject(REQUEST_RUNNER) private readonly requests: RequestRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async execute(command: RaiseRequest): Promise<Receipt> {
    const { state } = await this.departments.load(DEPARTMENT_STREAM + command.department);
    command.departmentKnown = state.at === 'established' && state.successor === null;
    return this.requests.run(REQUEST_STREAM + command.id, command);
  }
}
