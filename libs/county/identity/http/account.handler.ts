import { Inject, Injectable } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/law/calendar';
import {
  type CommandMeta,
  type FactsArgument,
  PersonalData,
  type Receipt,
} from '#libs/engine/event-sourcing';
import { Clock, lookup, withFields } from '#libs/shell/nest';
import { ACCOUNT_STREAM, AccountDirectory } from '../account-directory.js';
import {
  type AccountCommand,
  BindIdentity,
  ChangePassword,
  CloseAccount,
  type ClosingFacts,
  ConfirmAccountChange,
  HoldPost,
  OpenAccount,
  SensitiveCommand,
} from '../account.commands.js';
import {
  ACCOUNT_RUNNER,
  type AccountRunner,
  DEPARTMENT_RUNNER,
  type DepartmentRunner,
  IDENTITY_SECRET,
} from '../identity.tokens.js';
import { passwordMustBeTheirs } from '../account.rules.js';
import { type AccountState } from '../account.state.js';
import { passwordMustBeHardToGuess } from '../password-rules.js';
import { Identities } from '../identities.js';
import { OpenAdmins } from '../open-admins.js';
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

  async run<Sent extends AccountCommand>(
    stream: string,
    command: Sent,
    ...facts: FactsArgument<Sent>
  ): Promise<Receipt> {
    const before = await this.load(command.id);
    const receipt = await this.runner.run(stream, command, ...facts);
    this.directory.forget(command.id);
    const after = await this.load(command.id);
    const proposal = after.proposals?.last ?? 0;
    const isProposed = command instanceof SensitiveCommand && proposal > (before.proposals?.last ?? 0);
    return isProposed ? { ...receipt, details: { awaits: 'second-person', proposal } } : receipt;
  }

  /**
   * One at a time in this process, so that of two administrators who close each other at once the second finds that none is
   * left. Across processes `OpenAdmins` sees to it.
   */
  runKeepingAnAdmin(
    command: CloseAccount | ConfirmAccountChange,
    runWith: (facts: ClosingFacts) => Promise<Receipt>,
  ): Promise<Receipt> {
    const run = this.closings.then(async () => {
      const { id } = command;
      const state = await this.load(id);
      const isAdmin = state.at === 'open' && state.role === 'admin';
      return runWith({ otherAdmins: !isAdmin || (await this.admins.hasOthers(id)) });
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

@CommandHandler(OpenAccount)
export class OpenAccountHandler implements ICommandHandler<OpenAccount> {
  constructor(private readonly accounts: Accounts) {}

  async execute(command: OpenAccount): Promise<Receipt> {
    const { id, displayName, department, meta } = command;
    const password = command.password ?? null;
    if (password !== null) passwordMustBeHardToGuess(password, { account: id, displayName });
    const { at } = await this.accounts.load(id);
    const hashed = password === null || at !== 'nothing' ? null : { hash: await hashPassword(password) };
    const kept =
      password === null ? command : withFields(command, { password: this.accounts.fingerprint(password) });
    const departmentKnown = await this.accounts.departmentKnown(department, meta);
    return this.accounts.run(ACCOUNT_STREAM + id, kept, { hashed, departmentKnown });
  }
}

@CommandHandler(ChangePassword)
export class ChangePasswordHandler implements ICommandHandler<ChangePassword> {
  constructor(
    private readonly accounts: Accounts,
    private readonly tries: SignInTries,
    private readonly clock: Clock,
    private readonly personal: PersonalData,
  ) {}

  async execute(command: ChangePassword): Promise<Receipt> {
    passwordMustBeTheirs(command);
    const state = await this.accounts.load(command.id);
    const hash = state.at === 'open' ? state.passwordHash : null;
    if (state.at === 'open') {
      const displayName = await this.personal.text(state.displayName);
      passwordMustBeHardToGuess(command.password, { account: command.id, displayName });
    }
    const isOwn = command.id === command.meta.actor.person;
    const currentMatches = isOwn && (await this.currentMatches(command, hash));
    const mayChange = isOwn ? currentMatches : state.at === 'open';
    return this.run(command, hash, { currentMatches, mayChange });
  }

  /** Guessing the current password is slowed down like signing in: a thief of a token does not know it. */
  private async currentMatches(command: ChangePassword, hash: string | null): Promise<boolean> {
    const now = this.clock.now();
    const trier: Trier = { name: command.id, source: { device: 'changes the password' } };
    await this.tries.begin(trier, now);
    const current = command.current ?? null;
    const matches = current !== null && (await passwordIs(hash, current));
    if (matches) await this.tries.succeeded(trier);
    else await this.tries.failed(trier, now);
    return matches;
  }

  /** The costly hash comes last, when nothing else is missing. */
  private async run(
    command: ChangePassword,
    hash: string | null,
    { currentMatches, mayChange }: { readonly currentMatches: boolean; readonly mayChange: boolean },
  ): Promise<Receipt> {
    const { id, password } = command;
    const current = command.current ?? null;
    const isTheLast = mayChange && hash !== null && (await passwordIs(hash, password));
    const hashed = mayChange && !isTheLast ? { hash: await hashPassword(password) } : null;
    const kept = withFields(command, {
      password: this.accounts.fingerprint(password),
      ...(current === null ? {} : { current: this.accounts.fingerprint(current) }),
    });
    return this.accounts.run(ACCOUNT_STREAM + id, kept, { currentMatches, isTheLast, hashed });
  }
}

/** Where facts for commands on accounts are looked up. */
@Injectable()
export class AccountStores {
  constructor(
    readonly accounts: Accounts,
    readonly identities: Identities,
  ) {}
}

export const post = lookup(HoldPost, async ({ department, meta }, { accounts }: AccountStores) => ({
  departmentKnown: await accounts.departmentKnown(department, meta),
}));

export const identity = lookup(BindIdentity, async (command, { identities }: AccountStores) => ({
  isTaken: await identities.isAnothers(command, command.id),
}));

@CommandHandler(CloseAccount)
export class CloseAccountHandler implements ICommandHandler<CloseAccount> {
  constructor(private readonly accounts: Accounts) {}

  execute(command: CloseAccount): Promise<Receipt> {
    return this.accounts.runKeepingAnAdmin(command, (facts) =>
      this.accounts.run(ACCOUNT_STREAM + command.id, command, facts),
    );
  }
}

@CommandHandler(ConfirmAccountChange)
export class ConfirmAccountChangeHandler implements ICommandHandler<ConfirmAccountChange> {
  constructor(
    private readonly accounts: Accounts,
    private readonly identities: Identities,
  ) {}

  async execute(command: ConfirmAccountChange): Promise<Receipt> {
    const { id } = command;
    const { proposals } = await this.accounts.load(id);
    const found = proposals?.waiting.find(({ proposal }) => proposal === command.proposal);
    const identity = found?.change.act === 'identity' ? found.change : null;
    const isTaken = identity !== null && (await this.identities.isAnothers(identity, id));
    return this.accounts.runKeepingAnAdmin(command, (facts) =>
      this.accounts.run(ACCOUNT_STREAM + id, command, { ...facts, isTaken }),
    );
  }
}
