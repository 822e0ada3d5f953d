import { Module } from '@nestjs/common';
import { CatalogueModule } from '#libs/law/catalogue/http';
import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { commandController, EVENT_STORE, lookupHandlers } from '#libs/shell/nest';
import { ImprovementController } from './improvement.controller.js';
import { improvementDecider } from '../improvement.decider.js';
import { adoption, drop, ImprovementStores, proposal, trial } from './improvement.lookups.js';
import { IMPROVEMENT_RUNNER, IMPROVEMENT_STREAM } from '../improvement.tokens.js';

/** Commands whose rules need facts from elsewhere: all of them. */
const LOOKUPS = [proposal, trial, adoption, drop];

@Module({
  imports: [CatalogueModule],
  controllers: [
    commandController({
      base: 'improvements',
      tag: 'Improvements 改进',
      commands: LOOKUPS.map(({ command }) => command),
    }),
    ImprovementController,
  ],
  providers: [
    {
      provide: IMPROVEMENT_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, improvementDecider),
    },
    ImprovementStores,
    ...lookupHandlers(
      { runner: IMPROVEMENT_RUNNER, streamPrefix: IMPROVEMENT_STREAM },
      ImprovementStores,
      LOOKUPS,
    ),
  ],
})
export class ImprovementModule {}
