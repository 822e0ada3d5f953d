import { Module } from '@nestjs/common';
import {
  APPLICATION_RUNNER,
  type ApplicationRunner,
  SIGNAL_SETTINGS,
  type SignalSettings,
} from '#libs/county/approval';
import { ApprovalModule } from '#libs/county/approval/http';
import { WorkingCalendar } from '#libs/law/calendar';
import { MATTER_RUNNER, type MatterRunner } from '#libs/law/catalogue';
import { CatalogueModule } from '#libs/law/catalogue/http';
import { DeciderRunner, type EventStore, ReadModels } from '#libs/engine/event-sourcing';
import { IdentityModule } from '#libs/county/identity/http';
import { commandController, EVENT_STORE, lookupHandlers, plainHandlers } from '#libs/shell/nest';
import { ProjectModule } from '#libs/county/project/http';
import { DisputeEffects } from '../dispute-effects.js';
import { RaiseJurisdictionDispute, RuleJurisdiction, TakeJurisdictionPosition } from '../dispute.commands.js';
import { DisputeController } from './dispute.controller.js';
import { disputeDecider } from '../dispute.decider.js';
import { DisputePolicy } from '../dispute.policy.js';
import { RaiseJurisdictionDisputeHandler, RuleJurisdictionHandler } from './dispute.handler.js';
import { DISPUTE_RUNNER, DISPUTE_STREAM, type DisputeRunner } from '../dispute.tokens.js';
import { AGENDA_SOURCE, AgendaBuilder, type AgendaSource } from '../session.agenda.js';
import {
  CloseJointReview,
  ConveneJointReview,
  OpenJointReview,
  ReportResolution,
  ResolveAgendaItem,
} from '../session.commands.js';
import { SessionController } from './session.controller.js';
import { sessionRunner } from '../session-runner.js';
import { convening, opening, resolution, SessionStores } from './session.lookups.js';
import { SessionPolicy } from '../session.policy.js';
import { SESSION_SCHEDULE, type SessionSchedule } from '../session.schedule.js';
import { SESSION_RUNNER, SESSION_STREAM, type SessionRunner } from '../session.tokens.js';

/** Acts of a session that need nothing looked up. */
const SESSION_ACTS = [ReportResolution, CloseJointReview];

@Module({
  imports: [ApprovalModule, CatalogueModule, IdentityModule, ProjectModule],
  controllers: [
    commandController({
      base: 'disputes',
      tag: 'Coordination 协调',
      commands: [RaiseJurisdictionDispute, TakeJurisdictionPosition, RuleJurisdiction],
    }),
    commandController({
      base: 'sessions',
      tag: 'Coordination 协调',
      commands: [ConveneJointReview, OpenJointReview, ResolveAgendaItem, ...SESSION_ACTS],
    }),
    DisputeController,
    SessionController,
  ],
  providers: [
    {
      provide: DISPUTE_RUNNER,
      inject: [EVENT_STORE, WorkingCalendar, SIGNAL_SETTINGS],
      useFactory: (store: EventStore, calendar: WorkingCalendar, { rulingWorkingDays }: SignalSettings) =>
        new DeciderRunner(store, disputeDecider({ calendar, rulingWorkingDays }), {
          versions: () => ({ calendarVersion: calendar.version, catalogueVersion: null }),
        }),
    },
    {
      provide: DisputePolicy,
      inject: [APPLICATION_RUNNER, MATTER_RUNNER, DISPUTE_RUNNER, ReadModels],
      useFactory: (
        applications: ApplicationRunner,
        matters: MatterRunner,
        disputes: DisputeRunner,
        models: ReadModels,
      ) => new DisputePolicy({ models, effects: new DisputeEffects(applications, matters), disputes }),
    },
    {
      provide: SESSION_RUNNER,
      inject: [EVENT_STORE, WorkingCalendar, SESSION_SCHEDULE],
      useFactory: (store: EventStore, calendar: WorkingCalendar, schedule: SessionSchedule) =>
        sessionRunner(store, { calendar, schedule }),
    },
    {
      provide: AgendaBuilder,
      inject: [ReadModels, SESSION_RUNNER, AGENDA_SOURCE, SESSION_SCHEDULE],
      useFactory: (
        models: ReadModels,
        sessions: SessionRunner,
        source: AgendaSource,
        { agendaLimit: limit }: SessionSchedule,
      ) => new AgendaBuilder({ models, sessions, source, limit }),
    },
    {
      provide: SessionPolicy,
      inject: [ReadModels, SESSION_RUNNER, AgendaBuilder, SESSION_SCHEDULE, WorkingCalendar],
      useFactory: (
        models: ReadModels,
        sessions: SessionRunner,
        agenda: AgendaBuilder,
        schedule: SessionSchedule,
        calendar: WorkingCalendar,
      ) => new SessionPolicy({ models, sessions, agenda, schedule, calendar }),
    },
    SessionStores,
    ...lookupHandlers({ runner: SESSION_RUNNER, streamPrefix: SESSION_STREAM }, SessionStores, [
      convening,
      opening,
      resolution,
    ]),
    ...plainHandlers({ runner: SESSION_RUNNER, streamPrefix: SESSION_STREAM }, SESSION_ACTS),
    RaiseJurisdictionDisputeHandler,
    RuleJurisdictionHandler,
    ...plainHandlers({ runner: DISPUTE_RUNNER, streamPrefix: DISPUTE_STREAM }, [TakeJurisdictionPosition]),
  ],
  exports: [DisputePolicy, SessionPolicy],
})
export class CoordinationModule {}
