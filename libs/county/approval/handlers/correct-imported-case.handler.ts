import { PROJECT_STREAM, PROJECT_UPCASTERS, projectOfApplication } from '#libs/county/project';
import {
  type EventStore,
  type Receipt,
  RuleViolation,
  type StoredEvent,
  Upcasters,
} from '#libs/engine/event-sourcing';
import { WorkingCalendar } from '#libs/law/calendar';
import { EVENT_STORE } from '#libs/shell/nest';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { applicationDecider } from '../application/application.decider.js';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { APPROVAL_UPCASTERS } from '../application/application.upcasters.js';
import { reread } from '../application/reread.js';
import { importedCase } from '../record/imported-case.js';
import { CorrectImportedCase } from '../record/imported-case.commands.js';
import { isSignal } from '../signals/signals.events.js';

const upcasters = new Upcasters([...PROJECT_UPCASTERS, ...APPROVAL_UPCASTERS]);

/** Works out how an application is to be read from what its log says now. */
@CommandHandler(CorrectImportedCase)
export class CorrectImportedCaseHandler implements ICommandHandler<CorrectImportedCase> {
  constructor(
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(EVENT_STORE) private readonly events: EventStore,
    private readonly calendar: WorkingCalendar,
  ) {}

  /** @throws RuleViolation where people have acted on the application since, or the rules do not allow such a history */
  async execute(command: CorrectImportedCase): Promise<Receipt> {
    const { id, log, changes, readings } = command;
    const stream = APPLICATION_STREAM + id;
    const { events, actedOn } = importedCase(await this.eventsOf(stream), isSignal);
    if (actedOn !== null) {
      const params = { application: id, event: actedOn };
      throw new RuleViolation('application.acted-on-since-import', params, 'state');
    }
    const revised = events.map((event) => ({ ...event, now: readings[event.id] ?? event }));
    const after = reread(applicationDecider({ calendar: this.calendar }), stream, revised);
    const correction = { log, changes, before: events, after };
    return this.applications.run(stream, command, { correction });
  }

  private async eventsOf(stream: string): Promise<readonly StoredEvent[]> {
    const project = projectOfApplication(stream.slice(APPLICATION_STREAM.length));
    const stored: StoredEvent[] = [];
    for (const one of [PROJECT_STREAM + (project ?? ''), stream]) {
      for await (const event of this.events.readStream(one)) stored.push(upcasters.upcast(event));
    }
    return stored;
  }
}
