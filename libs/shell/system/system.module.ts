import { type CanActivate, type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import {
  COUNTER_HOURS,
  APPLICATION_RUNNER,
  type ApplicationRunner,
  NUMBER_RULES,
  SIGNAL_SETTINGS,
  type SignalSettings,
  DeparturePolicy,
  SuccessionPolicy,
} from '#libs/county/approval';
import { ApprovalModule } from '#libs/county/approval/http';
import { WorkingCalendar } from '#libs/law/calendar';
import { DIAGNOSTICS_SOURCE } from '#libs/county/bulletin';
import { BulletinModule } from '#libs/county/bulletin/http';
import { CampaignModule, CampaignOfficeGuard } from '#libs/county/campaign/http';
import { QUESTIONNAIRE } from '#libs/law/catalogue';
import { CatalogueModule } from '#libs/law/catalogue/http';
import { AGENDA_SOURCE, type AgendaSource, DisputePolicy, SESSION_SCHEDULE } from '#libs/county/coordination';
import { AgencyModule, MandateGuard } from '#libs/county/agency/http';
import { CoordinationModule, SessionPolicy } from '#libs/county/coordination/http';
import { DelegationGuard, DutyModule } from '#libs/county/duty/http';
import { PersonalData, type Policy, ReadModels } from '#libs/engine/event-sourcing';
import { AccountDirectory } from '#libs/county/identity';
import {
  IDENTITY_CONFIG,
  type IdentityConfig,
  IdentityModule,
  PasswordChangeGuard,
} from '#libs/county/identity/http';
import { LawCatalogue } from '#libs/law/citations';
import { EffectMeter } from '#libs/county/improvement';
import { ImprovementModule } from '#libs/county/improvement/http';
import {
  AfterGuard,
  Answers,
  Authenticator,
  Clock,
  COMMAND_GUARDS,
  CommandGateway,
  CommandMetaReader,
  CursorSeal,
  EVENT_STORE,
  HandlerCheck,
  LOGGER,
  MayI,
  MESSAGES,
  Metrics,
  NameDirectory,
  ParametersGuard,
  PastSources,
  ProblemDetailsFilter,
  problemDetailsFilter,
  QUERY_SOURCES,
  type QuerySources,
  READ_STORE,
  ReadYourWrites,
  RolesGuard,
  RouteTable,
} from '#libs/shell/nest';
import { Uploads } from '#libs/shell/uploads';
import { PROJECT_CODE_CHECK } from '#libs/county/project';
import { ProjectModule } from '#libs/county/project/http';
import { measureEffect } from '#libs/reports';
import { ReportsModule } from '#libs/reports/http';
import { LiveModule, ShownEvents, STREAM_LIMITS } from '#libs/shell/live';
import { ImportWatch } from '#libs/shell/log-import';
import { REQUEST_TERMS } from '#libs/county/requests';
import { RequestsModule } from '#libs/county/requests/http';
import { SelfInspectionModule } from '#libs/county/self-inspection/http';
import { POLICIES } from '#libs/county/supervision';
import { SupervisionModule } from '#libs/county/supervision/http';
import { ReportedCases } from './agenda.source.js';
import { ReportedDiagnostics } from './diagnostics.source.js';
import { Engines } from './engines.js';
import { HealthController } from './health.controller.js';
import { HealthReport } from './health-report.js';
import { IdlePolicy } from './idle.policy.js';
import { LeavingImportsAlone } from './leaving-imports-alone.policy.js';
import { Lifecycle } from './lifecycle.js';
import { AREA_MESSAGES } from './messages.js';
import { OpsAccess } from './ops-access.js';
import { OpsListener } from './ops-listener.js';
import { Policies } from './policies.service.js';
import { Projections } from './projections.service.js';
import { Readiness } from './readiness.js';
import { ReadModelNames } from './read-model-names.js';
import { ShownByProjections } from './shown-events.js';
import { type System } from './system.js';

/** What every area may ask for. */
@Global()
@Module({})
class CoreModule {
  static of(system: System): DynamicModule {
    const provided: Provider[] = [
      { provide: EVENT_STORE, useValue: system.eventStore },
      { provide: READ_STORE, useValue: system.readStore },
      { provide: PersonalData, useValue: system.personal },
      { provide: ReadModels, useValue: system.models },
      { provide: Engines, useValue: system.engines },
      { provide: Projections, useValue: system.projections },
      { provide: ReadYourWrites, useExisting: Projections },
      { provide: ShownEvents, useValue: new ShownByProjections(system.projections) },
      { provide: STREAM_LIMITS, useValue: system.config.streams },
      { provide: WorkingCalendar, useValue: system.calendar },
      { provide: Clock, useValue: system.clock },
      { provide: Metrics, useValue: system.metrics },
      { provide: SIGNAL_SETTINGS, useValue: system.signalSettings },
      { provide: NUMBER_RULES, useValue: system.numberRules },
      { provide: SESSION_SCHEDULE, useValue: system.sessionSchedule },
      { provide: AGENDA_SOURCE, useValue: agendaSource(system) },
      { provide: DIAGNOSTICS_SOURCE, useValue: new ReportedDiagnostics(querySources(system), system.past) },
      { provide: LawCatalogue, useValue: system.laws },
      { provide: REQUEST_TERMS, useValue: system.requestTerms },
      { provide: COUNTER_HOURS, useValue: system.counterHours },
      { provide: QUESTIONNAIRE, useValue: system.questionnaire },
      { provide: PROJECT_CODE_CHECK, useValue: system.config.projectCodeCheck },
      { provide: Uploads, useValue: system.uploads },
      { provide: LOGGER, useValue: system.log },
      { provide: MESSAGES, useValue: AREA_MESSAGES },
      { provide: NameDirectory, useValue: new ReadModelNames(system.models, system.log) },
      { provide: IDENTITY_CONFIG, useValue: identityConfig(system) },
      { provide: QUERY_SOURCES, useValue: querySources(system) },
      { provide: PastSources, useValue: system.past },
      Answers,
      { provide: EffectMeter, useValue: effectMeter(system) },
      { provide: CursorSeal, useValue: new CursorSeal(system.secret) },
      RouteTable,
      Readiness,
      CommandMetaReader,
      CommandGateway,
      problemDetailsFilter,
      MayI,
    ];
    return {
      module: CoreModule,
      imports: [CqrsModule.forRoot()],
      providers: provided,
      exports: provided,
    };
  }
}

/** What every command passes before it is read, in this order. */
const COMMANDS_PASS = [
  RolesGuard,
  PasswordChangeGuard,
  CampaignOfficeGuard,
  MandateGuard,
  DelegationGuard,
] as const;

function identityConfig({ config, secret }: System): IdentityConfig {
  const { tokenLifetimeSeconds, oidc, oidcClient, sessions } = config;
  return { secret, tokenLifetimeSeconds, oidc, oidcClient, sessions };
}

function agendaSource({ models, calendar, signalSettings }: System): AgendaSource {
  return new ReportedCases(models, calendar, signalSettings.idleWorkingDays);
}

function querySources({ models, eventStore, calendar, clock, projections }: System): QuerySources {
  return {
    models,
    eventStore,
    calendar,
    now: () => new Date(clock.now()).toISOString(),
    asOf: (...names) => projections.asOf(...names),
  };
}

function effectMeter({ models }: System): EffectMeter {
  return { measure: (question) => measureEffect(models, question) };
}

/** The whole application: apps/server listens on it, apps/ops uses its buses. */
@Module({})
export class SystemModule {
  static of(system: System): DynamicModule {
    return {
      module: SystemModule,
      imports: [
        CoreModule.of(system),
        DiscoveryModule,
        IdentityModule,
        CatalogueModule,
        DutyModule,
        ProjectModule,
        AgencyModule,
        ApprovalModule,
        SupervisionModule,
        CoordinationModule,
        BulletinModule,
        CampaignModule,
        ImprovementModule,
        SelfInspectionModule,
        RequestsModule,
        ReportsModule,
        LiveModule,
      ],
      controllers: [HealthController],
      providers: [
        HandlerCheck,
        { provide: ImportWatch, useValue: new ImportWatch(system.eventStore, system.models) },
        {
          provide: IdlePolicy,
          inject: [ReadModels, APPLICATION_RUNNER, WorkingCalendar, SIGNAL_SETTINGS, ImportWatch],
          useFactory: (
            models: ReadModels,
            applications: ApplicationRunner,
            calendar: WorkingCalendar,
            { idleWorkingDays }: SignalSettings,
            imports: ImportWatch,
          ) =>
            new IdlePolicy({
              ...{ models, applications, calendar, idleWorkingDays },
              withFindings: () => imports.withFindings(),
            }),
        },
        ...COMMANDS_PASS,
        ...COMMANDS_PASS.map((guard) => ({ provide: APP_GUARD, useExisting: guard })),
        {
          provide: COMMAND_GUARDS,
          inject: [...COMMANDS_PASS],
          useFactory: (...guards: readonly CanActivate[]) => guards,
        },
        // Permission is checked before parameters.
        { provide: APP_GUARD, useClass: ParametersGuard },
        { provide: APP_GUARD, useClass: AfterGuard },
        { provide: APP_FILTER, useExisting: ProblemDetailsFilter },
        {
          provide: Lifecycle,
          inject: [AccountDirectory, CommandGateway, Policies, OpsListener],
          useFactory: (
            directory: AccountDirectory,
            gateway: CommandGateway,
            policies: Policies,
            ops: OpsListener,
          ) => new Lifecycle(system, { directory, gateway, policies, ops }),
        },
        OpsListener,
        {
          provide: OpsAccess,
          inject: [OpsListener, Authenticator],
          useFactory: (listener: OpsListener, authenticator: Authenticator) =>
            new OpsAccess(listener, authenticator, system.config.ops.token),
        },
        {
          provide: HealthReport,
          inject: [Readiness, Engines, Projections, Policies],
          useFactory: (
            readiness: Readiness,
            engines: Engines,
            projections: Projections,
            policies: Policies,
          ) => new HealthReport(readiness, engines, projections, policies, system.heartbeats),
        },
        {
          provide: Policies,
          inject: [
            POLICIES,
            ImportWatch,
            SuccessionPolicy,
            IdlePolicy,
            DeparturePolicy,
            DisputePolicy,
            SessionPolicy,
          ],
          useFactory: (
            policies: readonly Policy[],
            imports: ImportWatch,
            succession: SuccessionPolicy,
            idle: IdlePolicy,
            ...others: readonly Policy[]
          ) =>
            new Policies(system, [
              ...policies,
              new LeavingImportsAlone(succession, imports),
              new LeavingImportsAlone(idle, imports),
              ...others,
            ]),
        },
      ],
    };
  }
}
