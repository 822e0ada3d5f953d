import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
  ApprovalModule,
  SIGNAL_POLICY,
  type SignalPolicy,
} from '#libs/approval';
import { WorkingCalendar } from '#libs/calendar';
import { CatalogueModule } from '#libs/catalogue';
import { CoordinationModule, DisputeFollowUp, MandateGuard } from '#libs/coordination';
import { DutyModule } from '#libs/duty';
import { type Policy, ReadModels } from '#libs/event-sourcing';
import { AccountDirectory, IDENTITY_CONFIG, type IdentityConfig, IdentityModule } from '#libs/identity';
import {
  AfterGuard,
  Clock,
  CommandGateway,
  CommandMetaReader,
  EVENT_STORE,
  HandlerCheck,
  LOGGER,
  MESSAGES,
  Metrics,
  ProblemDetailsFilter,
  problemDetailsFilter,
  QUERY_SOURCES,
  type QuerySources,
  READ_STORE,
  ReadYourWrites,
  RolesGuard,
  RouteTable,
} from '#libs/nest';
import { ProjectModule } from '#libs/project';
import { IdleWatch, ReportsModule } from '#libs/reports';
import { REQUEST_TERMS, RequestsModule } from '#libs/requests';
import { POLICIES, SupervisionModule } from '#libs/supervision';
import { type Logger } from 'pino';
import { Engines } from './engines.js';
import { HealthController } from './health.controller.js';
import { Lifecycle } from './lifecycle.js';
import { AREA_MESSAGES } from './messages.js';
import { PeriodicWatches } from './periodic-watches.js';
import { Policies } from './policies.service.js';
import { Projections } from './projections.service.js';
import { Readiness } from './readiness.js';
import { type System } from './system.js';

/** What every area may ask for. */
@Global()
@Module({})
class CoreModule {
  static of(system: System): DynamicModule {
    const provided: Provider[] = [
      { provide: EVENT_STORE, useValue: system.eventStore },
      { provide: READ_STORE, useValue: system.readStore },
      { provide: ReadModels, useValue: system.models },
      { provide: Engines, useValue: system.engines },
      { provide: Projections, useValue: system.projections },
      { provide: ReadYourWrites, useExisting: Projections },
      { provide: WorkingCalendar, useValue: system.calendar },
      { provide: Clock, useValue: system.clock },
      { provide: Metrics, useValue: system.metrics },
      { provide: SIGNAL_POLICY, useValue: system.signalPolicy },
      { provide: REQUEST_TERMS, useValue: system.requestTerms },
      { provide: LOGGER, useValue: system.log },
      { provide: MESSAGES, useValue: AREA_MESSAGES },
      { provide: IDENTITY_CONFIG, useValue: identityConfig(system) },
      { provide: QUERY_SOURCES, useValue: querySources(system) },
      RouteTable,
      Readiness,
      CommandMetaReader,
      CommandGateway,
      problemDetailsFilter,
    ];
    return {
      module: CoreModule,
      imports: [CqrsModule.forRoot()],
      providers: provided,
      exports: provided,
    };
  }
}

function identityConfig({ config, secret }: System): IdentityConfig {
  return { secret, tokenLifetimeSeconds: config.tokenLifetimeSeconds, oidc: config.oidc };
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
        ApprovalModule,
        SupervisionModule,
        CoordinationModule,
        RequestsModule,
        ReportsModule,
      ],
      controllers: [HealthController],
      providers: [
        HandlerCheck,
        {
          provide: IdleWatch,
          inject: [APPLICATION_RUNNER, SIGNAL_POLICY, QUERY_SOURCES, LOGGER],
          useFactory: (
            applications: ApplicationRunner,
            { idleWorkingDays }: SignalPolicy,
            { models, calendar, now }: QuerySources,
            log: Logger,
          ) =>
            new IdleWatch({
              models,
              calendar,
              now,
              idleWorkingDays,
              send: (command) => applications.run(APPLICATION_STREAM + command.id, command),
              onFault: (application, err) =>
                log.error({ application, err }, 'an idle holder was not flagged'),
            }),
        },
        {
          provide: PeriodicWatches,
          inject: [IdleWatch, DisputeFollowUp, LOGGER],
          useFactory: (idle: IdleWatch, disputes: DisputeFollowUp, log: Logger) =>
            new PeriodicWatches({
              watches: { idle, disputes },
              log,
              enabled: system.config.roles.has('clock'),
            }),
        },
        { provide: APP_GUARD, useClass: RolesGuard },
        { provide: APP_GUARD, useClass: MandateGuard },
        { provide: APP_GUARD, useClass: AfterGuard },
        { provide: APP_FILTER, useExisting: ProblemDetailsFilter },
        {
          provide: Lifecycle,
          inject: [AccountDirectory, CommandGateway, Policies],
          useFactory: (directory: AccountDirectory, gateway: CommandGateway, policies: Policies) =>
            new Lifecycle(system, { directory, gateway, policies }),
        },
        {
          provide: Policies,
          inject: [POLICIES],
          useFactory: (policies: readonly Policy[]) => new Policies(system, policies),
        },
      ],
    };
  }
}
