import { Module } from '@nestjs/common';
import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { IdentityModule } from '#libs/county/identity/http';
import { ProjectModule } from '#libs/county/project/http';
import { commandController, EVENT_STORE, lookupHandlers } from '#libs/shell/nest';
import { MandateController } from './mandate.controller.js';
import { mandateDecider } from '../mandate.decider.js';
import { AgencyStores, confirmation, grant, revocation } from './mandate.lookups.js';
import { MANDATE_RUNNER, MANDATE_STREAM } from '../mandate.tokens.js';

/** Commands whose rules need facts from elsewhere. */
const LOOKUPS = [grant, confirmation, revocation];

@Module({
  imports: [IdentityModule, ProjectModule],
  controllers: [
    commandController({
      base: 'mandates',
      tag: 'Coordination 协调',
      commands: LOOKUPS.map(({ command }) => command),
    }),
    MandateController,
  ],
  providers: [
    {
      provide: MANDATE_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, mandateDecider, {}),
    },
    AgencyStores,
    ...lookupHandlers({ runner: MANDATE_RUNNER, streamPrefix: MANDATE_STREAM }, AgencyStores, LOOKUPS),
  ],
  exports: [MANDATE_RUNNER],
})
export class AgencyModule {}
