import { Module } from '@nestjs/common';
import { CatalogueModule } from '#libs/law/catalogue/http';
import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { commandController, EVENT_STORE, plainHandlers } from '#libs/shell/nest';
import { ImprovementController } from './improvement.controller.js';
import { improvementDecider } from '../improvement.decider.js';
import { IMPROVEMENT_COMMANDS, ImprovementLookup } from './improvement.handler.js';
import { IMPROVEMENT_RUNNER, IMPROVEMENT_STREAM } from '../improvement.tokens.js';

@Module({
  imports: [CatalogueModule],
  controllers: [
    commandController({
      base: 'improvements',
      tag: 'Improvements 改进',
      commands: IMPROVEMENT_COMMANDS,
    }),
    ImprovementController,
  ],
  providers: [
    {
      provide: IMPROVEMENT_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, improvementDecider),
    },
    ImprovementLookup,
    ...plainHandlers({ runner: ImprovementLookup, streamPrefix: IMPROVEMENT_STREAM }, IMPROVEMENT_COMMANDS),
  ],
})
export class ImprovementModule {}
