import { type EventStore, type JsonObject, type Receipt } from '#libs/engine/event-sourcing';
import { instantOf } from '#libs/law/calendar';
import { type CommandRunner, EVENT_STORE } from '#libs/shell/nest';
import { Inject, Injectable } from '@nestjs/common';
import { APPLICATION_RUNNER, type ApplicationRunner } from '../application/application.runner.token.js';
import { type RecordCommand } from '../record/record.commands.js';
import { eventAt } from './event-at.js';

/** Looks up the event that is corrected; takes the time of a back-entry from its body. */
@Injectable()
export class RecordRunner implements CommandRunner<RecordCommand> {
  constructor(
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(EVENT_STORE) private readonly events: EventStore,
  ) {}

  async run(stream: string, command: RecordCommand): Promise<Receipt> {
    if (command.type === 'CorrectRecord') {
      const event = await eventAt(this.events, stream, command.revision);
      command.original = event && { type: event.type, data: event.data as JsonObject };
    } else {
      command.meta = { ...command.meta, occurredAt: instantOf(Date.parse(command.happenedAt)) };
    }
    return this.applications.run(stream, command);
  }
}
