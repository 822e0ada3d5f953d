import { Module } from '@nestjs/common';
import { CatalogueModule } from '#libs/catalogue';
import { DeciderRunner, type EventStore } from '#libs/event-sourcing';
import { IdentityModule } from '#libs/identity';
import { commandController, EVENT_STORE } from '#libs/nest';
import { Duties } from './duties.js';
import { AssignDuty, PublishCatalogue } from './duty.commands.js';
import { DutyController } from './duty.controller.js';
import { dutyDecider } from './duty.decider.js';
import { AssignDutyHandler, PublishCatalogueHandler } from './duty.handler.js';
import { DUTY_RUNNER, PUBLISHED_CATALOGUE_RUNNER } from './duty.tokens.js';
import { publishedCatalogueDecider } from './published-catalogue.decider.js';

@Module({
  imports: [CatalogueModule, IdentityModule],
  controllers: [
    commandController({ base: 'duties', tag: 'Duties 责任分工', commands: [AssignDuty] }),
    commandController({ base: 'catalogues', tag: 'Duties 责任分工', commands: [PublishCatalogue] }),
    DutyController,
  ],
  providers: [
    {
      provide: DUTY_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) =>
        new DeciderRunner(store, dutyDecider, { lookedUp: ['matter', 'held'] }),
    },
    {
      provide: PUBLISHED_CATALOGUE_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) =>
        new DeciderRunner(store, publishedCatalogueDecider, { lookedUp: ['entries', 'unassigned'] }),
    },
    Duties,
    AssignDutyHandler,
    PublishCatalogueHandler,
  ],
})
export class DutyModule {}
