import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/law/calendar';
import { type CommandMeta, type Receipt } from '#libs/engine/event-sourcing';
import { Clock } from '#libs/shell/nest';
import { ACCOUNT_STREAM, AccountDirectory } from '../account-directory.js';
import {
  type AccountCommand,
  BindIdentity,
  ChangePassword,
  CloseAccount,
  ConfirmAccountChange,
  DropAccountChange,
  EndPost,
  HoldPost,
  OpenAccount,
  RegisterCreditCode,
  ReleaseIdentity,
  SensitiveCommand,
} from '../account.commands.js';
import {
  ACCOUNT_RUNNER,
  type AccountRunner,
  DEPARTMENT_RUNNER,
  type DepartmentRunner,
  IDENTITY_SECRET,
} from '../identity.tokens.js';
import { codeHolderOf, passwordMustBeTheirs } from '../account.rules.js';
import { type AccountState } from '../account.state.js';
import { passwordMustBeHardToGuess } from '../password-rules.js';
import { CreditCodes } from '../credit-codes.js';
import { Identities } from '../identities.js';
import { OpenAdmins } from '../open-admins.js';
import { isOnTheMachine } from '../account.proposals.js';
import { hashPassword, passwordFingerprint, passwordIs } from '../passwords.js';
import { SignInTries, type Trier } from '../sign-in-tries.js';
import { departmentStands } from '../standing-departments.js';

/** Runs account commands and makes their effect felt at once by tokens that are in use. */
export class Accounts {
  /** Settled when the last command that may close an administrator is over. */
  private closings: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(ACCOUNT_RUNNER) private readonly runner: AccountRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
    @Inject(IDENTITY_SECRET) private readonly secret: Uint8Array,
    private readonly directory: AccountDirectory,
    private readonly admins: OpenAdmins,
  ) {}

  async run(command: AccountCommand): Promise<Receipt> {
    const before = await this.load(command.id);
    const receipt = await this.runner.run(ACCOUNT_STREAM + command.id, command);
    this.directory.forget(command.id);
    const after = await this.load(command.id);
    const last = after.proposals?.last ?? 0;
    if (command instanceof SensitiveCommand && last > (before.proposals?.last ?? 0)) command.proposed = last;
    return receipt;
  }

  /**
   * One at a time in this process and across processes, so that two administrators who close each other at once do not both
   * find that one is left. A proposal closes no account yet.
   */
  runKeepingAnAdmin(command: CloseAccount | ConfirmAccountChange): Promise<Receipt> {
    const run = this.closings.then(async () => {
      const { id, meta } = command;
      const state = await this.load(id);
      const isAdmin = state.at === 'open' && state.role === 'admin';
      if (isAdmin && closesNow(state, command)) await this.admins.takeTurn(id, meta);
      command.otherAdmins = !isAdmin || (await this.admins.hasOthers(id));
      return this.run(command);
    });
    this.closings = run.catch(() => undefined);
    return run;
  }

  async departmentKnown(department: string | undefined, { now }: CommandMeta): Promise<boolean> {
    return department !== undefined && departmentStands(this.departments, department, dayOf(now));
  }

  async load(account: string): Promise<AccountState> {
    return (await this.runner.load(ACCOUNT_STREAM + account)).state;
  }

  /** What a command may carry of a password into the log: nothing that can be searched. */
  fingerprint(password: string): string {
    return passwordFingerprint(this.secret, password);
  }
}

/** True for a command that closes an account by itself, where its rules allow it: others must write nothing. */
function closesNow({ proposals }: AccountState, command: CloseAccount | ConfirmAccountChange): boolean {
  if (command.type === 'CloseAccount') return isOnTheMachine(command.meta.actor);
  const found = proposals?.waiting.find(({ proposal }) => proposal === command.proposal);
  if (found?.change.act !== 'closure') return false;
  const { actor } = command.meta;
  return found.proposedBy !== actor.person && (actor.role === 'admin' || actor.person === command.id);
}

@CommandHandler(OpenAccount)
export class OpenAccountHandler implements ICommandHandler<OpenAccount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly codes: CreditCodes,
  ) {}

  async execute(command: OpenAccount): Promise<Receipt> {
    const password = command.password ?? null;
    if (password !== null)
      passwordMustBeHardToGuess(password, { account: command.id, displayName: command.displayName });
    const { at } = await this.accounts.load(command.id);
    command.hashed = password === null || at !== 'nothing' ? null : { hash: await hashPassword(password) };
    if (password !== null) command.password = this.accounts.fingerprint(password);
    command.departmentKnown = await this.accounts.departmentKnown(command.department, command.meta);
    const { creditCode: code, id, role, post, meta } = command;
    const isTaken = at === 'nothing' && code !== undefined;
    command.creditCodeHolder = isTaken
      ? await this.codes.take(code, id, { role, holdsPost: post !== undefined }, meta)
      : null;
    return this.accounts.run(command);
  }
}

@CommandHandler(ChangePassword)
export class ChangePasswordHandler implements ICommandHandler<ChangePassword> {
  constructor(
    private readonly accounts: Accounts,
    private readonly tries: SignInTries,
    private readonly clock: Clock,
  ) {}

  async execute(command: ChangePassword): Promise<Receipt> {
    passwordMustBeTheirs(command);
    const state = await this.accounts.load(command.id);
    const hash = state.at === 'open' ? state.passwordHash : null;
    if (state.at === 'open') passwordMustBeHardToGuess(command.password, state);
    const own = command.id === command.meta.actor.person;
    if (own) return this.own(command, hash);
    command.currentMatches = false;
    return this.run(command, hash, state.at === 'open');
  }

  /** Guessing the current password is slowed down like signing in: a thief of a token does not know it. */
  private async own(command: ChangePassword, hash: string | null): Promise<Receipt> {
    const now = this.clock.now();
    const trier: Trier = { name: command.id, source: { device: 'changes the password' } };
    await this.tries.begin(trier, now);
    const current = command.current ?? null;
    command.currentMatches = current !== null && (await passwordIs(hash, current));
    if (command.currentMatches) await this.tries.succeeded(trier);
    else await this.tries.failed(trier, now);
    return this.run(command, hash, command.currentMatches);
  }

  /** The costly hash comes last, when nothing else is missing. */
  private async run(command: ChangePassword, hash: string | null, mayChange: boolean): Promise<Receipt> {
    const { password } = command;
    const current = command.current ?? null;
    command.isTheLast = mayChange && hash !== null && (await passwordIs(hash, password));
    command.hashed = mayChange && !command.isTheLast ? { hash: await hashPassword(password) } : null;
    command.password = this.accounts.fingerprint(password);
    if (current !== null) command.current = this.accounts.fingerprint(current);
    return this.accounts.run(command);
  }
}

@CommandHandler(RegisterCreditCode)
export class RegisterCreditCodeHandler implements ICommandHandler<RegisterCreditCode> {
  constructor(
    private readonly accounts: Accounts,
    private readonly codes: CreditCodes,
  ) {}

  async execute(command: RegisterCreditCode): Promise<Receipt> {
    const { creditCode, id, meta } = command;
    const state = await this.accounts.load(id);
    command.creditCodeHolder =
      state.at === 'open' ? await this.codes.take(creditCode, id, codeHolderOf(state), meta) : null;
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
    return this.accounts.runKeepingAnAdmin(command);
  }
}

@CommandHandler(ConfirmAccountChange)
export class ConfirmAccountChangeHandler implements ICommandHandler<ConfirmAccountChange> {
  constructor(
    private readonly accounts: Accounts,
    private readonly identities: Identities,
  ) {}

  async execute(command: ConfirmAccountChange): Promise<Receipt> {
    const { proposals } = await this.accounts.load(command.id);
    const found = proposals?.waiting.find(({ proposal }) => proposal === command.proposal);
    const identity = found?.change.act === 'identity' ? found.change : null;
    const { id, meta } = command;
    command.isTaken = identity !== null && !(await this.identities.take(identity, id, meta));
    return this.accounts.runKeepingAnAdmin(command);
  }
}

@CommandHandler(BindIdentity)
export class BindIdentityHandler implements ICommandHandler<BindIdentity> {
  constructor(
    private readonly accounts: Accounts,
    private readonly identities: Identities,
  ) {}

  async execute(command: BindIdentity): Promise<Receipt> {
    const { at } = await this.accounts.load(command.id);
    command.isTaken = at === 'open' && !(await this.identities.take(command, command.id, command.meta));
    return this.accounts.run(command);
  }
}

@CommandHandler(ReleaseIdentity)
export class ReleaseIdentityHandler implements ICommandHandler<ReleaseIdentity> {
  constructor(private readonly accounts: Accounts) {}

  execute(command: ReleaseIdentity): Promise<Receipt> {
    return this.accounts.run(command);
  }
}

@CommandHandler(DropAccountChange)
export class DropAccountChangeHandler implements ICommandHandler<DropAccountChange> {
  constructor(private readonly accounts: Accounts) {}

  execute(command: DropAccountChange): Promise<Receipt> {
    return this.accounts.run(command);
  }
}
