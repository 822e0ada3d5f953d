import { Module } from '@nestjs/common';
import { type EventStore, ReadModels } from '#libs/engine/event-sourcing';
import { commandController, EVENT_STORE, plainHandlers } from '#libs/shell/nest';
import { selfInspectionRunner } from '../reported-spans.js';
import { ReportSelfInspection } from '../self-inspection.commands.js';
import { SELF_INSPECTION_RUNNER, SELF_INSPECTION_STREAM } from '../self-inspection.tokens.js';

const COMMANDS = [ReportSelfInspection];

@Module({
  controllers: [
    commandController({
      base: 'self-inspections',
      tag: 'Supervision 督查',
      commands: COMMANDS,
    }),
  ],
  providers: [
    {
      provide: SELF_INSPECTION_RUNNER,
      inject: [EVENT_STORE, ReadModels],
      useFactory: (store: EventStore, models: ReadModels) => selfInspectionRunner(store, models),
    },
    ...plainHandlers({ runner: SELF_INSPECTION_RUNNER, streamPrefix: SELF_INSPECTION_STREAM }, COMMANDS),
  ],
})
export class SelfInspectionModule {}
