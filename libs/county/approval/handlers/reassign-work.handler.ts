import { DEPARTMENT_RUNNER, type DepartmentRunner } from '#libs/county/identity';
import { DEPARTMENT_STREAM, ReassignWork, type WorkReassigned } from '#libs/county/identity/http';
import {
  eventAt,
  type EventStore,
  metaOfPart,
  type Page,
  ReadModels,
  type Receipt,
} from '#libs/engine/event-sourcing';
import { EVENT_STORE } from '#libs/shell/nest';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { type ReassignApplication } from '../handling/handover.commands.js';
import { isTheirs } from '../handling/handover.state.js';
import {
  type ApplicationDocument,
  applications as applicationModel,
} from '../read-models/application.document.js';

const A_PAGE = 200;

/**
 * All the open applications that a person has in the department of the head go to another at once, also those that went back to
 * the desk when the person left. The department's stream takes the act first, then the applications follow one by one: a retry
 * with the same Idempotency-Key, after a crash half way, goes on where it stopped.
 */
@CommandHandler(ReassignWork)
export class ReassignWorkHandler implements ICommandHandler<ReassignWork> {
  constructor(
    @Inject(DEPARTMENT_RUNNER) private readonly departments: DepartmentRunner,
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(EVENT_STORE) private readonly events: EventStore,
    private readonly models: ReadModels,
  ) {}

  async execute(command: ReassignWork): Promise<Receipt> {
    const { id: from, person, post = null, reason, meta } = command;
    const department = meta.actor.department ?? '';
    const stream = DEPARTMENT_STREAM + department;
    const found = await this.ofPerson(department, from);
    const receipt = await this.departments.run(stream, command, { applications: found });
    // What became of the applications since the first attempt does not change which they were.
    const moved = receipt.replayed ? await this.recorded(stream, receipt.revision) : found;
    let { position } = receipt;
    for (const id of moved) {
      const part: ReassignApplication = {
        type: 'ReassignApplication',
        ...{ id, from, to: { department, post, person }, reason },
        meta: metaOfPart(meta, `${meta.commandId}/${id}`),
      };
      const { position: after } = await this.applications.run(APPLICATION_STREAM + id, part);
      if (after > position) position = after;
    }
    return { ...receipt, position, details: { reassigned: [...moved] } };
  }

  private async recorded(stream: string, revision: bigint): Promise<readonly string[]> {
    const event = await eventAt(this.events, stream, revision);
    return event === null ? [] : (event.data as WorkReassigned['data']).applications;
  }

  private async ofPerson(department: string, person: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const fastTrack of [true, false]) {
      for (let cursor: string | null = null; ;) {
        const page: Page<ApplicationDocument> = await this.models.find(applicationModel, {
          index: 'responsible',
          equals: { responsible: department, open: true, fastTrack },
          limit: A_PAGE,
          cursor,
        });
        found.push(...page.items.filter((one) => has(one, department, person)).map(({ id }) => id));
        cursor = page.nextCursor;
        if (cursor === null) break;
      }
    }
    return found;
  }
}

/** They hold it, did so until they left, or are its reviewer while it waits for another. */
const has = (application: ApplicationDocument, department: string, person: string): boolean =>
  isTheirs(application, department, person) || application.reviewer === person;
