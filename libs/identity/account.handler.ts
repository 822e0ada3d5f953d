import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/calendar';
import { type CommandMeta, type Receipt } from '#libs/event-sourcing';
import { ACCOUNT_STREAM, AccountDirectory } from './account-directory.js';
import {
  type AccountCommand,
  ChangePassword,
  CloseAccount,
  EndPost,
  HoldPost,
  OpenAccount,
} from './account.commands.js';
import {
  ACCOUNT_RUNNER,
  type AccountRunner,
  DEPARTMENT_RUNNER,
  type DepartmentRunner,
  IDENTITY_SECRET,
} from './identity.tokens.js';
import { hashPassword, passwordFingerprint, passwordIs } from './passwords.js';
import { departmentStands } from './standing-departments.js';

/** Runs account commands and makes their effect felt at once by tokens that are in use. */
export class Accounts {
  constructor(
    @Inject(ACCOUNT_RUNNER) private readonly runner: AccountRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
    @Inject(IDENTITY_SECRET) private readonly secret: Uint8Array,
    private readonly directory: AccountDirectory,
  ) {}

  async run(command: AccountCommand): Promise<Receipt> {
    const receipt = await this.runner.run(ACCOUNT_STREAM + command.id, command);
    this.directory.forget(command.id);
    return receipt;
  }

  async departmentKnown(department: string | undefined, { now }: CommandMeta): Promise<boolean> {
    return department !== undefined && departmentStands(this.departments, department, dayOf(now));
  }

  async passwordMatches(account: string, password: string): Promise<boolean> {
    const { state } = await this.runner.load(ACCOUNT_STREAM + account);
    return passwordIs(state.at === 'open' ? state.passwordHash : null, password);
  }

  /** What a command may carry of a password into the log: nothing that can be searched. */
  fingerprint(password: string): string {
    return passwordFingerprint(this.secret, password);
  }
}

@CommandHandler(OpenAccount)
export class OpenAccountHandler implements ICommandHandler<OpenAccount> {
  constructor(private readonly accounts: Accounts) {}

  async execute(command: OpenAccount): Promise<Receipt> {
    const { password } = command;
    command.hashed = password === undefined ? null : { hash: await hashPassword(password) };
    if (password !== undefined) command.password = this.accounts.fingerprint(password);
    command.departmentKnown = await this.accounts.departmentKnown(command.department, command.meta);
    return this.accounts.run(command);
  }
}

@CommandHandler(ChangePassword)
export class ChangePasswordHandler implements ICommandHandler<ChangePassword> {
  constructor(private readonly accounts: Accounts) {}

  async execute(command: ChangePassword): Promise<Receipt> {
    const { current, password } = command;
    command.currentMatches =
      current !== undefined && (await this.accounts.passwordMatches(command.id, current));
    command.hashed = { hash: await hashPassword(password) };
    command.password = this.accounts.fingerprint(password);
    if (current !== undefined) command.current = this.accounts.fingerprint(current);
    return this.accounts.run(command);
  }
}

@CommandHandler(HoldPost)
export class HoldPostHandler implements ICommandHandler<HoldPost> {
  constructor(private readonly accounts: Accounts) {}

  async execute(command: HoldPost): Promise<Receipt> {
    command.departmentKnown = await this.accounts.departmentKnown(command.department, command.meta);
    return this.accounts.run(command);
  }
}

@CommandHandler(EndPost)
export class EndPostHandler implements ICommandHandler<EndPost> {
  constructor(private readonly accounts: Accounts) {}

  execute(command: EndPost): Promise<Receipt> {
    return this.accounts.run(command);
  }
}

@CommandHandler(CloseAccount)
export class CloseAccountHandler implements ICommandHandler<CloseAccount> {
  constructor(private readonly accounts: Accounts) {}

  execute(command: CloseAccount): Promise<Receipt> {
    return this.accounts.run(command);
  }
}
