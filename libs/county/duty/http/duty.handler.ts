import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Receipt } from '#libs/engine/event-sourcing';
import { DutyLookup } from './duty.lookup.js';
import { AssignDuty, PublishCatalogue } from '../duty.commands.js';
import { firstDayOf } from '../duty.decider.js';
import {
  DUTY_RUNNER,
  DUTY_STREAM,
  type DutyRunner,
  PUBLISHED_CATALOGUE_RUNNER,
  PUBLISHED_CATALOGUE_STREAM,
  type PublishedCatalogueRunner,
} from '../duty.tokens.js';

@CommandHandler(AssignDuty)
export class AssignDutyHandler implements ICommandHandler<AssignDuty> {
  constructor(
    @Inject(DUTY_RUNNER) private readonly runner: DutyRunner,
    private readonly duties: DutyLookup,
  ) {}

  async execute(command: AssignDuty): Promise<Receipt> {
    const day = firstDayOf(command);
    command.matter = await this.duties.matter(command.id, day);
    const { person, principal, deputy, lead, co } = command;
    command.held = await this.duties.held(person, day);
    command.principalHeld = await this.duties.held(principal ?? null, day);
    command.deputyHeld = await this.duties.held(deputy ?? null, day);
    command.unknown = await this.duties.unknownDepartments([...(lead ? [lead] : []), ...(co ?? [])], day);
    return this.runner.run(DUTY_STREAM + command.id, command);
  }
}

@CommandHandler(PublishCatalogue)
export class PublishCatalogueHandler implements ICommandHandler<PublishCatalogue> {
  constructor(
    @Inject(PUBLISHED_CATALOGUE_RUNNER) private readonly runner: PublishedCatalogueRunner,
    private readonly duties: DutyLookup,
  ) {}

  async execute(command: PublishCatalogue): Promise<Receipt> {
    const { entries, gaps } = await this.duties.survey(command.effectiveFrom);
    command.entries = entries;
    command.unassigned = gaps.map(({ matter }) => matter);
    return this.runner.run(PUBLISHED_CATALOGUE_STREAM + command.id, command);
  }
}
