import { Module } from '@nestjs/common';
import { CatalogueModule } from '#libs/law/catalogue/http';
import { DeciderRunner, type EventStore, Upcasters } from '#libs/engine/event-sourcing';
import { IdentityModule } from '#libs/county/identity/http';
import { commandController, EVENT_STORE, lookupHandlers, plainHandlers } from '#libs/shell/nest';
import { DutyLookup } from './duty.lookup.js';
import { AssignDuty, PublishCatalogue } from '../duty.commands.js';
import { DutyController } from './duty.controller.js';
import { dutyDecider } from '../duty.decider.js';
import { assignment, delegation, DutyStores, publication, windowPost } from './duty.lookups.js';
import {
  DUTY_RUNNER,
  DUTY_STREAM,
  PUBLISHED_CATALOGUE_RUNNER,
  PUBLISHED_CATALOGUE_STREAM,
} from '../duty.tokens.js';
import { DUTY_UPCASTERS } from '../duty.upcasters.js';
import { publishedCatalogueDecider } from '../published-catalogue.decider.js';
import {
  CloseWindow,
  EndWindowPost,
  GrantDelegation,
  PostAtWindow,
  ReserveWindowActs,
  RevokeDelegation,
} from '../roster.commands.js';
import { RosterController } from './roster.controller.js';
import { rosterDecider } from '../roster.decider.js';
import { ROSTER_RUNNER, ROSTER_STREAM } from '../roster.tokens.js';
import { RosterLookup } from './roster.lookup.js';

/** Commands on a roster that need nothing looked up. */
const plainOnRosters = [EndWindowPost, CloseWindow, RevokeDelegation, ReserveWindowActs];

@Module({
  imports: [CatalogueModule, IdentityModule],
  controllers: [
    commandController({ base: 'duties', tag: 'Duties 责任分工', commands: [AssignDuty] }),
    commandController({ base: 'catalogues', tag: 'Duties 责任分工', commands: [PublishCatalogue] }),
    commandController({
      base: 'rosters',
      tag: 'Window roster 窗口名册',
      commands: [PostAtWindow, GrantDelegation, ...plainOnRosters],
    }),
    DutyController,
    RosterController,
  ],
  providers: [
    {
      provide: DUTY_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) =>
        new DeciderRunner(store, dutyDecider, {
          upcasters: new Upcasters(DUTY_UPCASTERS),
        }),
    },
    {
      provide: PUBLISHED_CATALOGUE_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, publishedCatalogueDecider),
    },
    {
      provide: ROSTER_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, rosterDecider),
    },
    DutyLookup,
    RosterLookup,
    DutyStores,
    ...lookupHandlers({ runner: DUTY_RUNNER, streamPrefix: DUTY_STREAM }, DutyStores, [assignment]),
    ...lookupHandlers(
      { runner: PUBLISHED_CATALOGUE_RUNNER, streamPrefix: PUBLISHED_CATALOGUE_STREAM },
      DutyStores,
      [publication],
    ),
    ...lookupHandlers({ runner: ROSTER_RUNNER, streamPrefix: ROSTER_STREAM }, DutyStores, [
      windowPost,
      delegation,
    ]),
    ...plainHandlers({ runner: ROSTER_RUNNER, streamPrefix: ROSTER_STREAM }, plainOnRosters),
  ],
  exports: [RosterLookup],
})
export class DutyModule {}
