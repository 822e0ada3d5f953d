import { DEPARTMENT_RUNNER, type DepartmentRunner, departmentStands } from '#libs/county/identity';
import { type EventStore, type Receipt } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { EVENT_STORE } from '#libs/shell/nest';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { TransferApplication } from '../handling/handling.commands.js';

@CommandHandler(TransferApplication)
export class TransferApplicationHandler implements ICommandHandler<TransferApplication> {
  constructor(
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
    @Inject(EVENT_STORE) private readonly events: EventStore,
  ) {}

  /** A department that was succeeded by another receives nothing any more. */
  async execute(command: TransferApplication): Promise<Receipt> {
    const { department, meta } = command;
    command.departmentKnown = await departmentStands(this.departments, department, dayOf(meta.now));
    const stream = APPLICATION_STREAM + command.id;
    command.openedBy = await this.firstEvent(stream);
    return this.applications.run(stream, command);
  }

  /** Its id; empty when the application was never submitted, which the rules refuse. */
  private async firstEvent(stream: string): Promise<string> {
    for await (const { id } of this.events.readStream(stream)) return id;
    return '';
  }
}
