import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Receipt } from '#libs/engine/event-sourcing';
import { DutyLookup } from './duty.lookup.js';
import { GrantDelegation, PostAtWindow } from '../roster.commands.js';
import { rosterDayOf } from '../roster.rules.js';
import { ROSTER_RUNNER, ROSTER_STREAM, type RosterRunner } from '../roster.tokens.js';
import { RosterLookup } from './roster.lookup.js';

@CommandHandler(PostAtWindow)
export class PostAtWindowHandler implements ICommandHandler<PostAtWindow> {
  constructor(
    @Inject(ROSTER_RUNNER) private readonly runner: RosterRunner,
    private readonly rosters: RosterLookup,
  ) {}

  async execute(command: PostAtWindow): Promise<Receipt> {
    command.found = await this.rosters.person(command.person, rosterDayOf(command));
    return this.runner.run(ROSTER_STREAM + command.id, command);
  }
}

@CommandHandler(GrantDelegation)
export class GrantDelegationHandler implements ICommandHandler<GrantDelegation> {
  constructor(
    @Inject(ROSTER_RUNNER) private readonly runner: RosterRunner,
    private readonly duties: DutyLookup,
  ) {}

  async execute(command: GrantDelegation): Promise<Receipt> {
    const matters = command.matters ?? [];
    const found = await Promise.all(matters.map((code) => this.duties.matter(code, rosterDayOf(command))));
    command.unknown = matters.filter((_, index) => found[index] === null);
    return this.runner.run(ROSTER_STREAM + command.id, command);
  }
}
