import { Module } from '@nestjs/common';
import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { commandController, EVENT_STORE } from '#libs/shell/nest';
import { UniqueValues } from '#libs/engine/unique-values';
import { ReportSelfInspection } from '../self-inspection.commands.js';
import { selfInspectionDecider } from '../self-inspection.decider.js';
import { ReportSelfInspectionHandler } from './self-inspection.handler.js';
import { SELF_INSPECTION_RUNNER } from '../self-inspection.tokens.js';

@Module({
  controllers: [
    commandController({
      base: 'self-inspections',
      tag: 'Supervision 督查',
      commands: [ReportSelfInspection],
    }),
  ],
  providers: [
    {
      provide: SELF_INSPECTION_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, selfInspectionDecider),
    },
    {
      provide: UniqueValues,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new UniqueValues(store),
    },
    ReportSelfInspectionHandler,
  ],
})
export class SelfInspectionModule {}
