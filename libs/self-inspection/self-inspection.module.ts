import { Module } from '@nestjs/common';
import { DeciderRunner, type EventStore } from '#libs/event-sourcing';
import { commandController, EVENT_STORE, plainHandlers } from '#libs/nest';
import { ReportSelfInspection } from './self-inspection.commands.js';
import { selfInspectionDecider } from './self-inspection.decider.js';
import { SELF_INSPECTION_RUNNER, SELF_INSPECTION_STREAM } from './self-inspection.tokens.js';

const commands = [ReportSelfInspection];

@Module({
  controllers: [commandController({ base: 'self-inspections', tag: 'Supervision 督查', commands })],
  providers: [
    {
      provide: SELF_INSPECTION_RUNNER,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => new DeciderRunner(store, selfInspectionDecider),
    },
    ...plainHandlers(SELF_INSPECTION_RUNNER, SELF_INSPECTION_STREAM, commands),
  ],
})
export class SelfInspectionModule {}
