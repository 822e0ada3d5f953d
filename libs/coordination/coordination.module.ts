import { Module } from '@nestjs/common';
import {
  APPLICATION_RUNNER,
  type ApplicationRunner,
  ApprovalModule,
  SIGNAL_POLICY,
  type SignalPolicy,
} from '#libs/approval';
import { WorkingCalendar } from '#libs/calendar';
import { DeciderRunner, type EventStore, ReadModels } from '#libs/event-sourcing';
import { IdentityModule } from '#libs/identity';
import { commandController, EVENT_STORE, plainHandlers } from '#libs/nest';
import { DisputeEffects } from './dispute-effects.js';
import { RaiseJurisdictionDispute, RuleJurisdiction, TakeJurisdictionPosition } from './dispute.commands.js';
import { DisputeController, disputeQueries } from './dispute.controller.js';
import { disputeDecider } from './dispute.decider.js';
import { DisputePolicy } from './dispute.policy.js';
import { RaiseJurisdictionDisputeHandler, RuleJurisdictionHandler } from './dispute.handler.js';
import { DISPUTE_RUNNER, DISPUTE_STREAM } from './dispute.tokens.js';
import { GrantMandate, RevokeMandate } from './mandate.commands.js';
import { MandateController, mandateQueries } from './mandate.controller.js';
import { mandateDecider } from './mandate.decider.js';
import { GrantMandateHandler } from './mandate.handler.js';
import { MANDATE_RUNNER, MANDATE_STREAM } from './mandate.tokens.js';

@Module({
  imports: [ApprovalModule, IdentityModule],
  controllers: [
    commandController({
      base: 'disputes',
      tag: 'Coordination 协调',
      commands: [RaiseJurisdictionDispute, TakeJurisdictionPosition, RuleJurisdiction],
    }),
    commandController({
      base: 'mandates',
      tag: 'Coordination 协调',
      commands: [GrantMandate, RevokeMandate],
    }),
    MandateController,
    DisputeController,
  ],
  providers: [
    {
      provide: DISPUTE_RUNNER,
      inject: [EVENT_STORE, WorkingCalendar, SIGNAL_POLICY],
      useFactory: (store: EventStore, calendar: WorkingCalendar, { rulingWorkingDays }: SignalPolicy) =>
        new DeciderRunner(store, disputeDecider({ calendar, rulingWorkingDays }), {
          lookedUp: ['standing', 'unknown'],
          versions: () => ({ calendarVersion: calendar.version, catalogueVersion: null }),
        }),
    },
    {
      provide: DisputePolicy,
      inject: [APPLICATION_RUNNER, ReadModels],
      useFactory: (applications: ApplicationRunner, models: ReadModels) =>
        new DisputePolicy({ models, effects: new DisputeEffects(applications) }),
    },
    {
      provide: MANDATE_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) =>
        new DeciderRunner(store, mandateDecider, { lookedUp: ['agentRole', 'applicantRole'] }),
    },
    GrantMandateHandler,
    ...plainHandlers(MANDATE_RUNNER, MANDATE_STREAM, [RevokeMandate]),
    ...mandateQueries,
    RaiseJurisdictionDisputeHandler,
    RuleJurisdictionHandler,
    ...plainHandlers(DISPUTE_RUNNER, DISPUTE_STREAM, [TakeJurisdictionPosition]),
    ...disputeQueries,
  ],
  exports: [DisputePolicy, MANDATE_RUNNER],
})
export class CoordinationModule {}
