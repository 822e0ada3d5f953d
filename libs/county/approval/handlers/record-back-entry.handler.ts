import { type Receipt } from '#libs/engine/event-sourcing';
import { instantOf } from '#libs/law/calendar';
import { withFields } from '#libs/shell/nest';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { RecordBackEntry } from '../record/record.commands.js';

/** A back-entry happened when its body says. */
@CommandHandler(RecordBackEntry)
export class RecordBackEntryHandler implements ICommandHandler<RecordBackEntry> {
  constructor(@Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner) {}

  execute(command: RecordBackEntry): Promise<Receipt> {
    const occurredAt = instantOf(Date.parse(command.happenedAt));
    const happened = withFields(command, { meta: { ...command.meta, occurredAt } });
    return this.applications.run(APPLICATION_STREAM + command.id, happened);
  }
}
