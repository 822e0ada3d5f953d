import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Receipt } from '#libs/event-sourcing';
import { AccountDirectory } from '#libs/identity';
import { GrantMandate } from './mandate.commands.js';
import { MANDATE_RUNNER, MANDATE_STREAM, type MandateRunner } from './mandate.tokens.js';

@CommandHandler(GrantMandate)
export class GrantMandateHandler implements ICommandHandler<GrantMandate> {
  constructor(
    @Inject(MANDATE_RUNNER) private readonly mandates: MandateRunner,
    private readonly accounts: AccountDirectory,
  ) {}

  async execute(command: GrantMandate): Promise<Receipt> {
    command.agentRole = await this.roleOf(command.agent);
    command.applicantRole = await this.roleOf(command.applicant ?? command.meta.actor.person);
    return this.mandates.run(MANDATE_STREAM + command.id, command);
  }

  private async roleOf(name: string): Promise<string | null> {
    const entry = await this.accounts.find(name);
    return entry?.account.at === 'open' ? entry.account.role : null;
  }
}
