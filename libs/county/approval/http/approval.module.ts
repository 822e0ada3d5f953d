import { DEPARTMENT_RUNNER, departmentOn, type DepartmentRunner } from '#libs/county/identity';
import { IdentityModule, ReassignWork } from '#libs/county/identity/http';
import { ProjectApplications } from '#libs/county/project';
import { ProjectModule } from '#libs/county/project/http';
import { Counters } from '#libs/engine/counters';
import { type EventStore, ReadModels, Upcasters } from '#libs/engine/event-sourcing';
import { UniqueValues } from '#libs/engine/unique-values';
import { WorkingCalendar } from '#libs/law/calendar';
import { CatalogueModule } from '#libs/law/catalogue/http';
import {
  commandController,
  EVENT_STORE,
  type HttpCommandClass,
  lookupHandlers,
  plainHandlers,
} from '#libs/shell/nest';
import { Global, Module } from '@nestjs/common';
import { applicationRunner } from '../application/application.runner.js';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { NUMBER_RULES, type NumberRules } from '../application/number-rules.js';
import { APPROVAL_UPCASTERS } from '../application/application.upcasters.js';
import { ApprovalStores } from '../handlers/approval-stores.js';
import { CorrectImportedCaseHandler } from '../handlers/correct-imported-case.handler.js';
import * as fileLookups from '../handlers/file.lookups.js';
import * as decisionLookups from '../handlers/decision.lookups.js';
import * as handlingLookups from '../handlers/handling.lookups.js';
import * as materialLookups from '../handlers/material.lookups.js';
import { PermitNumbers } from '../handlers/permit-numbers.js';
import { SubmittedApplications } from '../handlers/project-applications.js';
import { RecordBackEntryHandler } from '../handlers/record-back-entry.handler.js';
import * as recordLookups from '../handlers/record.lookups.js';
import * as wayLookups from '../handlers/ways.lookups.js';
import { SubmitApplicationHandler } from '../handlers/submit-application.handler.js';
import { DeparturePolicy } from '../handlers/departure.policy.js';
import { ReassignWorkHandler } from '../handlers/reassign-work.handler.js';
import { SuccessionPolicy } from '../handlers/succession.policy.js';
import { AllowedActs } from './allowed-acts.js';
import { APPLICATION_COMMANDS, FILE_COMMANDS } from './application-commands.js';
import { ApprovalController } from './applications.controller.js';
import { PublicPermitsController } from './public-permits.controller.js';
import { FilesController } from './files.controller.js';
import { SubmitApplication } from '../intake/intake.commands.js';
import { RecordBackEntry } from '../record/record.commands.js';
import { SIGNAL_SETTINGS, type SignalSettings } from '../signals/signal-settings.js';

/** Commands whose rules need facts from elsewhere. */
const LOOKUPS = [
  decisionLookups,
  fileLookups,
  handlingLookups,
  materialLookups,
  recordLookups,
  wayLookups,
].flatMap((lookups) => Object.values(lookups));

/** Those that have a handler of their own. */
const BY_HAND: readonly HttpCommandClass[] = [SubmitApplication, RecordBackEntry];
const LOOKED_UP = LOOKUPS.map(({ command }) => command);
/** The rules of all others need nothing but the application itself. */
const PLAIN = APPLICATION_COMMANDS.filter(
  (command) => !BY_HAND.includes(command) && !LOOKED_UP.includes(command),
);

/** Global, so that projects, which applications know, find what these provide for them. */
@Global()
@Module({
  imports: [CatalogueModule, ProjectModule, IdentityModule],
  controllers: [
    commandController({
      base: 'applications',
      tag: 'Applications 办件',
      commands: APPLICATION_COMMANDS,
    }),
    commandController({ base: 'accounts', tag: 'Identity 身份', commands: [ReassignWork] }),
    ApprovalController,
    PublicPermitsController,
    FilesController,
  ],
  providers: [
    {
      provide: APPLICATION_RUNNER,
      inject: [EVENT_STORE, WorkingCalendar, SIGNAL_SETTINGS, DEPARTMENT_RUNNER, NUMBER_RULES],
      useFactory: (
        store: EventStore,
        calendar: WorkingCalendar,
        policy: SignalSettings,
        departments: DepartmentRunner,
        rules: NumberRules,
      ) =>
        applicationRunner(
          store,
          { calendar, policy },
          {
            departmentOn: (department, day) => departmentOn(departments, department, day),
            numbering: {
              rules,
              typed: new PermitNumbers(new UniqueValues(store), store, rules),
              counters: new Counters(store),
            },
            upcasters: new Upcasters(APPROVAL_UPCASTERS),
            versions: () => ({ calendarVersion: calendar.version, catalogueVersion: null }),
          },
        ),
    },
    {
      provide: SuccessionPolicy,
      inject: [APPLICATION_RUNNER, ReadModels],
      useFactory: (applications: ApplicationRunner, models: ReadModels) =>
        new SuccessionPolicy({ models, applications }),
    },
    {
      provide: DeparturePolicy,
      inject: [APPLICATION_RUNNER, ReadModels],
      useFactory: (applications: ApplicationRunner, models: ReadModels) =>
        new DeparturePolicy({ models, applications }),
    },
    SubmitApplicationHandler,
    ReassignWorkHandler,
    CorrectImportedCaseHandler,
    RecordBackEntryHandler,
    { provide: ProjectApplications, useClass: SubmittedApplications },
    // Its controller reads the file first.
    ...plainHandlers({ runner: APPLICATION_RUNNER, streamPrefix: APPLICATION_STREAM }, [
      ...PLAIN,
      ...FILE_COMMANDS,
    ]),
    ApprovalStores,
    AllowedActs,
    ...lookupHandlers(
      { runner: APPLICATION_RUNNER, streamPrefix: APPLICATION_STREAM },
      ApprovalStores,
      LOOKUPS,
    ),
  ],
  exports: [APPLICATION_RUNNER, SuccessionPolicy, DeparturePolicy, ProjectApplications],
})
export class ApprovalModule {}
