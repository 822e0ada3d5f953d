import { Module } from '@nestjs/common';
import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { IdentityModule } from '#libs/county/identity/http';
import { ProjectModule } from '#libs/county/project/http';
import { commandController, EVENT_STORE, plainHandlers } from '#libs/shell/nest';
import { GrantMandate } from '../mandate.commands.js';
import { MandateController } from './mandate.controller.js';
import { mandateDecider } from '../mandate.decider.js';
import { GrantMandateHandler, RECORDED_MANDATE_COMMANDS, RecordedMandates } from './mandate.handler.js';
import { MANDATE_RUNNER, MANDATE_STREAM } from '../mandate.tokens.js';

@Module({
  imports: [IdentityModule, ProjectModule],
  controllers: [
    commandController({
      base: 'mandates',
      tag: 'Coordination 协调',
      commands: [GrantMandate, ...RECORDED_MANDATE_COMMANDS],
    }),
    MandateController,
  ],
  providers: [
    {
      provide: MANDATE_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, mandateDecider, {}),
    },
    GrantMandateHandler,
    RecordedMandates,
    ...plainHandlers(RecordedMandates, MANDATE_STREAM, RECORDED_MANDATE_COMMANDS),
  ],
  exports: [MANDATE_RUNNER],
})
export class AgencyModule {}
