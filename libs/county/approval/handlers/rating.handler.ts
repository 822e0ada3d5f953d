import { type EventStore, type Receipt } from '#libs/engine/event-sourcing';
import { type CommandRunner, EVENT_STORE, type HttpCommandClass } from '#libs/shell/nest';
import { Inject, Injectable } from '@nestjs/common';
import { APPLICATION_RUNNER, type ApplicationRunner } from '../application/application.runner.token.js';
import { RateService } from '../record/rating.commands.js';
import { eventAt } from './event-at.js';

export const RATING_COMMANDS: readonly HttpCommandClass[] = [RateService];

/** Looks up the act that is rated, and who did it. */
@Injectable()
export class RatingRunner implements CommandRunner<RateService> {
  constructor(
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(EVENT_STORE) private readonly events: EventStore,
  ) {}

  async run(stream: string, command: RateService): Promise<Receipt> {
    const act = await eventAt(this.events, stream, command.revision);
    command.original = act && { type: act.type, actor: act.metadata.actor };
    return this.applications.run(stream, command);
  }
}
