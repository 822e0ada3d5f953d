import { Module } from '@nestjs/common';
import { DeciderRunner, type EventStore, ReadModels, type ReadStore } from '#libs/engine/event-sourcing';
import {
  Authenticator,
  Clock,
  commandController,
  EVENT_STORE,
  LOGGER,
  lookupHandlers,
  plainHandlers,
  READ_STORE,
  References,
} from '#libs/shell/nest';
import { UniqueValues } from '#libs/engine/unique-values';
import { type Logger } from 'pino';
import { ACCOUNT_STREAM, AccountDirectory } from '../account-directory.js';
import { accountDecider } from '../account.decider.js';
import { accountRunner } from '../account-runner.js';
import {
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
} from '../account.commands.js';
import {
  Accounts,
  AccountStores,
  ChangePasswordHandler,
  CloseAccountHandler,
  ConfirmAccountChangeHandler,
  identity,
  OpenAccountHandler,
  post,
} from './account.handler.js';
import { AccountsController } from './accounts.controller.js';
import { AccountReferences } from '../account-references.js';
import { AccountAuthenticator } from '../account.authenticator.js';
import { EstablishDepartment, SucceedDepartment } from '../department.commands.js';
import { departmentDecider } from '../department.decider.js';
import { DepartmentsController } from './departments.controller.js';
import { SucceedDepartmentHandler } from './department.handler.js';
import {
  ACCOUNT_READER,
  ACCOUNT_RUNNER,
  type AccountReader,
  type AccountRunner,
  DEPARTMENT_RUNNER,
  type DepartmentRunner,
  DEPARTMENT_STREAM,
  IDENTITY_SECRET,
  ORGANISATION_RUNNER,
  ORGANISATION_STREAM,
} from '../identity.tokens.js';
import { ORGANISATION_COMMANDS } from '../organisation.commands.js';
import { organisationDecider } from '../organisation.decider.js';
import { OrganisationsController } from './organisations.controller.js';
import { MeController } from './me.controller.js';
import { type OidcConfig, OidcTokens } from '../oidc.js';
import { CreditCodes } from '../credit-codes.js';
import { Identities } from '../identities.js';
import { KnownDevices } from '../known-devices.js';
import { OpenAdmins } from '../open-admins.js';
import { type OidcClient, ProviderSignIn } from '../provider-sign-in.js';
import { type SessionLimits, Sessions } from '../sessions.js';
import { SignInTries } from '../sign-in-tries.js';
import { SignIn } from '../sign-in.js';
import { SlidingWindow } from '../sliding-window.js';
import { LocalTokens } from '../tokens.js';
import { PROVIDER_SIGN_IN, SessionController } from './session.controller.js';
import { SessionsController } from './sessions.controller.js';
import { TokensController } from './tokens.controller.js';

/** What libs/system says of identity, from the environment. */
export interface IdentityConfig {
  readonly secret: Uint8Array;
  readonly tokenLifetimeSeconds: number;
  readonly oidc: OidcConfig | null;
  /** null: browsers do not sign in at the provider. */
  readonly oidcClient: OidcClient | null;
  readonly sessions: SessionLimits;
}
export const IDENTITY_CONFIG = Symbol('IdentityConfig');

/** Requests to sign in that one address may send in a minute, good or not; addresses remembered. */
const REQUESTS = [300, 60_000, 10_000] as const;

@Module({
  controllers: [
    commandController({
      base: 'accounts',
      tag: 'Identity 身份',
      commands: [
        OpenAccount,
        ChangePassword,
        RegisterCreditCode,
        HoldPost,
        EndPost,
        CloseAccount,
        BindIdentity,
        ReleaseIdentity,
        ConfirmAccountChange,
        DropAccountChange,
      ],
    }),
    commandController({
      base: 'departments',
      tag: 'Identity 身份',
      commands: [EstablishDepartment, SucceedDepartment],
    }),
    commandController({
      base: 'organisations',
      tag: 'Identity 身份',
      commands: ORGANISATION_COMMANDS,
    }),
    OrganisationsController,
    TokensController,
    SessionController,
    SessionsController,
    MeController,
    DepartmentsController,
    AccountsController,
  ],
  providers: [
    {
      provide: ACCOUNT_READER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore): AccountReader => new DeciderRunner(store, accountDecider),
    },
    {
      provide: ACCOUNT_RUNNER,
      inject: [EVENT_STORE, CreditCodes, Identities, OpenAdmins],
      useFactory: (store: EventStore, codes: CreditCodes, identities: Identities, admins: OpenAdmins) =>
        accountRunner(store, { codes, identities, admins }),
    },
    {
      provide: DEPARTMENT_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, departmentDecider),
    },
    {
      provide: ORGANISATION_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, organisationDecider),
    },
    ...plainHandlers(
      { runner: ORGANISATION_RUNNER, streamPrefix: ORGANISATION_STREAM },
      ORGANISATION_COMMANDS,
    ),
    {
      provide: AccountDirectory,
      inject: [EVENT_STORE, ACCOUNT_RUNNER, LOGGER],
      useFactory: (store: EventStore, runner: AccountRunner, log: Logger) =>
        new AccountDirectory(store, runner, (err) => log.error({ err }, 'accounts cannot be followed')),
    },
    {
      provide: LocalTokens,
      inject: [IDENTITY_CONFIG],
      useFactory: (config: IdentityConfig) => new LocalTokens(config.secret, config.tokenLifetimeSeconds),
    },
    {
      provide: IDENTITY_SECRET,
      inject: [IDENTITY_CONFIG],
      useFactory: (config: IdentityConfig) => config.secret,
    },
    {
      provide: Authenticator,
      inject: [IDENTITY_CONFIG, LocalTokens, Sessions, AccountDirectory, Identities, Clock],
      useFactory: (
        { oidc }: IdentityConfig,
        local: LocalTokens,
        sessions: Sessions,
        directory: AccountDirectory,
        identities: Identities,
        clock: Clock,
      ) =>
        new AccountAuthenticator({
          ...{ local, sessions, directory, identities, clock },
          oidc: oidc && new OidcTokens(oidc),
        }),
    },
    {
      provide: Identities,
      inject: [EVENT_STORE, ACCOUNT_READER],
      useFactory: (store: EventStore, accounts: AccountReader) =>
        new Identities(new UniqueValues(store), accounts),
    },
    {
      provide: CreditCodes,
      inject: [EVENT_STORE, ACCOUNT_READER],
      useFactory: (store: EventStore, accounts: AccountReader) =>
        new CreditCodes(new UniqueValues(store), accounts),
    },
    {
      provide: OpenAdmins,
      inject: [EVENT_STORE, ACCOUNT_READER, ReadModels],
      useFactory: (store: EventStore, accounts: AccountReader, models: ReadModels) =>
        new OpenAdmins(new UniqueValues(store), accounts, models),
    },
    {
      provide: Sessions,
      inject: [READ_STORE, AccountDirectory, IDENTITY_CONFIG],
      useFactory: (store: ReadStore, directory: AccountDirectory, { sessions }: IdentityConfig) =>
        new Sessions(store, directory, sessions),
    },
    {
      provide: PROVIDER_SIGN_IN,
      inject: [IDENTITY_CONFIG],
      useFactory: ({ oidc, oidcClient, secret }: IdentityConfig) =>
        oidc === null || oidcClient === null
          ? null
          : new ProviderSignIn({ issuer: oidc.issuer, client: oidcClient }, secret),
    },
    {
      provide: SignIn,
      inject: [AccountDirectory, LocalTokens, Sessions, Identities, SignInTries, KnownDevices, Clock],
      useFactory: (
        directory: AccountDirectory,
        tokens: LocalTokens,
        sessions: Sessions,
        identities: Identities,
        tries: SignInTries,
        devices: KnownDevices,
        clock: Clock,
      ) => {
        const requests = new SlidingWindow(...REQUESTS);
        return new SignIn({ directory, tokens, sessions, identities, tries, devices, requests, clock });
      },
    },
    {
      provide: SignInTries,
      inject: [READ_STORE, IDENTITY_SECRET],
      useFactory: (store: ReadStore, secret: Uint8Array) => new SignInTries(store, secret),
    },
    {
      provide: KnownDevices,
      inject: [IDENTITY_SECRET],
      useFactory: (secret: Uint8Array) => new KnownDevices(secret),
    },
    {
      provide: References,
      inject: [AccountDirectory, DEPARTMENT_RUNNER],
      useFactory: (accounts: AccountDirectory, departments: DepartmentRunner) =>
        new AccountReferences(accounts, departments),
    },
    Accounts,
    OpenAccountHandler,
    ChangePasswordHandler,
    CloseAccountHandler,
    ConfirmAccountChangeHandler,
    AccountStores,
    ...lookupHandlers({ runner: Accounts, streamPrefix: ACCOUNT_STREAM }, AccountStores, [post, identity]),
    ...plainHandlers({ runner: Accounts, streamPrefix: ACCOUNT_STREAM }, [
      RegisterCreditCode,
      EndPost,
      ReleaseIdentity,
      DropAccountChange,
    ]),
    SucceedDepartmentHandler,
    ...plainHandlers({ runner: DEPARTMENT_RUNNER, streamPrefix: DEPARTMENT_STREAM }, [EstablishDepartment]),
  ],
  exports: [
    ACCOUNT_RUNNER,
    DEPARTMENT_RUNNER,
    AccountDirectory,
    LocalTokens,
    Sessions,
    Authenticator,
    References,
  ],
})
export class IdentityModule {}
