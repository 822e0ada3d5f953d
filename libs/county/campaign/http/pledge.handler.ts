import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/law/calendar';
import { type Receipt } from '#libs/engine/event-sourcing';
import { DEPARTMENT_RUNNER, departmentsNotStanding, type DepartmentRunner } from '#libs/county/identity';
import { PLEDGE_RUNNER, PLEDGE_STREAM, type PledgeRunner } from '../campaign.tokens.js';
import { FulfilPledge, MakePledge } from '../pledge.commands.js';
import { ProofLookup } from './proof.lookup.js';

@CommandHandler(MakePledge)
export class MakePledgeHandler implements ICommandHandler<MakePledge> {
  constructor(
    @Inject(PLEDGE_RUNNER) private readonly pledges: PledgeRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async execute(command: MakePledge): Promise<Receipt> {
    const { department } = command;
    command.unknown = await departmentsNotStanding(
      this.departments,
      department ? [department] : [],
      dayOf(command.meta.now),
    );
    return this.pledges.run(PLEDGE_STREAM + command.id, command);
  }
}

@CommandHandler(FulfilPledge)
export class FulfilPledgeHandler implements ICommandHandler<FulfilPledge> {
  constructor(
    @Inject(PLEDGE_RUNNER) private readonly pledges: PledgeRunner,
    private readonly proofs: ProofLookup,
  ) {}

  async execute(command: FulfilPledge): Promise<Receipt> {
    command.found = await this.proofs.find(command.events ?? []);
    return this.pledges.run(PLEDGE_STREAM + command.id, command);
  }
}
