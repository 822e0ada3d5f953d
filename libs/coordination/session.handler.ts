import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/calendar';
import { type Receipt } from '#libs/event-sourcing';
import { DEPARTMENT_RUNNER, departmentsNotStanding, type DepartmentRunner } from '#libs/identity';
import { AgendaBuilder } from './session.agenda.js';
import { ConveneJointReview, OpenJointReview, ResolveAgendaItem } from './session.commands.js';
import { SESSION_RUNNER, SESSION_STREAM, type SessionRunner } from './session.tokens.js';

@CommandHandler(ConveneJointReview)
export class ConveneJointReviewHandler implements ICommandHandler<ConveneJointReview> {
  constructor(
    @Inject(SESSION_RUNNER) private readonly sessions: SessionRunner,
    private readonly agenda: AgendaBuilder,
  ) {}

  async execute(command: ConveneJointReview): Promise<Receipt> {
    command.agenda = await this.agenda.build(command.id, command.meta.now);
    return this.sessions.run(SESSION_STREAM + command.id, command);
  }
}

@CommandHandler(OpenJointReview)
export class OpenJointReviewHandler implements ICommandHandler<OpenJointReview> {
  constructor(
    @Inject(SESSION_RUNNER) private readonly sessions: SessionRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async execute(command: OpenJointReview): Promise<Receipt> {
    const named = command.attendance.map(({ department }) => department);
    command.unknown = await departmentsNotStanding(this.departments, named, dayOf(command.meta.now));
    return this.sessions.run(SESSION_STREAM + command.id, command);
  }
}

@CommandHandler(ResolveAgendaItem)
export class ResolveAgendaItemHandler implements ICommandHandler<ResolveAgendaItem> {
  constructor(
    @Inject(SESSION_RUNNER) private readonly sessions: SessionRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async execute(command: ResolveAgendaItem): Promise<Receipt> {
    command.unknown = await departmentsNotStanding(
      this.departments,
      [command.department],
      dayOf(command.meta.now),
    );
    return this.sessions.run(SESSION_STREAM + command.id, command);
  }
}
