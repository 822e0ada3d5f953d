import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Receipt } from '#libs/engine/event-sourcing';
import { SucceedDepartment } from '../department.commands.js';
import { DEPARTMENT_RUNNER, DEPARTMENT_STREAM, type DepartmentRunner } from '../identity.tokens.js';

@CommandHandler(SucceedDepartment)
export class SucceedDepartmentHandler implements ICommandHandler<SucceedDepartment> {
  constructor(@Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner) {}

  async execute(command: SucceedDepartment): Promise<Receipt> {
    const { state } = await this.departments.load(DEPARTMENT_STREAM + command.successor);
    return this.departments.run(DEPARTMENT_STREAM + command.id, command, {
      successorKnown: state.at === 'established',
      takenOverBy: state.at === 'established' ? (state.succession?.successor ?? null) : null,
    });
  }
}
