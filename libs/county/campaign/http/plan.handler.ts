import { Inject, Injectable } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/law/calendar';
import { type Receipt } from '#libs/engine/event-sourcing';
import { DEPARTMENT_RUNNER, departmentsNotStanding, type DepartmentRunner } from '#libs/county/identity';
import { PLAN_RUNNER, PLAN_STREAM, type PlanRunner } from '../campaign.tokens.js';
import { DischargeTask, type PublishPlan, type RevisePlan } from '../plan.commands.js';
import { ProofLookup } from './proof.lookup.js';

/** Runs what publishes a plan, after a look at the departments that it names. */
@Injectable()
export class PlanPublisher {
  constructor(
    @Inject(PLAN_RUNNER) private readonly plans: PlanRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
  ) {}

  async run(stream: string, command: PublishPlan | RevisePlan): Promise<Receipt> {
    const owners = [...new Set(command.tasks.map(({ department }) => department))];
    command.unknown = await departmentsNotStanding(this.departments, owners, dayOf(command.meta.now));
    return this.plans.run(stream, command);
  }
}

@CommandHandler(DischargeTask)
export class DischargeTaskHandler implements ICommandHandler<DischargeTask> {
  constructor(
    @Inject(PLAN_RUNNER) private readonly plans: PlanRunner,
    private readonly proofs: ProofLookup,
  ) {}

  async execute(command: DischargeTask): Promise<Receipt> {
    command.found = await this.proofs.find(command.events);
    return this.plans.run(PLAN_STREAM + command.id, command);
  }
}
