import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/law/calendar';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
  isOver,
  STAGE_ZH,
} from '#libs/county/approval';
import { type Receipt } from '#libs/engine/event-sourcing';
import { DEPARTMENT_RUNNER, departmentsNotStanding, type DepartmentRunner } from '#libs/county/identity';
import { UniqueValues } from '#libs/engine/unique-values';
import { AgendaBuilder } from '../session.agenda.js';
import { ConveneJointReview, type Ended, OpenJointReview, ResolveAgendaItem } from '../session.commands.js';
import { SESSION_RUNNER, SESSION_STREAM, type SessionRunner } from '../session.tokens.js';
import { type SessionState } from '../session.state.js';

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

/** The one session of a day that resolves on a case. */
const ONE_A_DAY = 'joint-review-item';

@CommandHandler(ResolveAgendaItem)
export class ResolveAgendaItemHandler implements ICommandHandler<ResolveAgendaItem> {
  constructor(
    @Inject(SESSION_RUNNER) private readonly sessions: SessionRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
    @Inject(APPLICATION_RUNNER) private readonly applications: Pick<ApplicationRunner, 'load'>,
    private readonly values: UniqueValues,
  ) {}

  async execute(command: ResolveAgendaItem): Promise<Receipt> {
    command.unknown = await departmentsNotStanding(
      this.departments,
      [command.department],
      dayOf(command.meta.now),
    );
    command.ended = await this.ended(command.application);
    command.elsewhere = await this.elsewhere(command);
    return this.sessions.run(SESSION_STREAM + command.id, command);
  }

  private async ended(application: string): Promise<Ended | null> {
    const { state } = await this.applications.load(APPLICATION_STREAM + application);
    return isOver(state) ? { stage: state.at, stageZh: STAGE_ZH[state.at] } : null;
  }

  /** Takes the case for this session and day. Of two sessions that do so at once the log lets one come first. */
  private async elsewhere(command: ResolveAgendaItem): Promise<string | null> {
    const { id, application, lastDay, unknown, ended, meta } = command;
    const { state } = await this.sessions.load(SESSION_STREAM + id);
    // A command that is refused anyway must not take an application from another session.
    const isToBeTaken =
      state.at === 'open' &&
      ended === null &&
      unknown.length === 0 &&
      lastDay >= dayOf(meta.now) &&
      state.agenda.some((item) => item.application === application) &&
      !hasResolved(state, application);
    if (!isToBeTaken) return null;
    const value = { kind: ONE_A_DAY, value: `${state.day}/${application}`, holder: id };
    const taken = await this.values.take(value, meta, async (holder) => {
      const other = await this.sessions.load(SESSION_STREAM + holder);
      return hasResolved(other.state, application);
    });
    return taken?.holder ?? null;
  }
}

function hasResolved(state: SessionState, application: string): boolean {
  return 'resolved' in state && state.resolved.some((one) => one.application === application);
}
