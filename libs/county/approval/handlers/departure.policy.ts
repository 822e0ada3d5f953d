import { accounts, departureFrom, type AccountDocument } from '#libs/county/identity';
import {
  allDocuments,
  type DuePage,
  type DueWork,
  type Policy,
  type ReadModels,
  type Receipt,
  searchesInTurn,
} from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { APPLICATION_STREAM, type ApplicationRunner } from '../application/application.runner.token.js';
import { later } from '../core/times.rules.js';
import { type UnassignApplication, unassigning, unassignmentId } from '../handling/handover.commands.js';
import {
  type ApplicationDocument,
  applications as applicationModel,
} from '../read-models/application.document.js';

/** An open application, the subject, of a person who has left its department. */
export type DepartureWork = DueWork &
  Pick<UnassignApplication, 'department' | 'person' | 'cause'> & {
    readonly revision: string;
    /** Beginning of the stretch that runs; ISO instant. */
    readonly since: string;
  };

export interface DeparturePolicyParts {
  readonly models: Pick<ReadModels, 'find'>;
  readonly applications: Pick<ApplicationRunner, 'run'>;
}

const A_PAGE = 200;

/**
 * Takes the open applications of those who have left back to the desk of their department, with a notice to its head: from
 * the closing of an account on, and from the day after the last of a post.
 */
export class DeparturePolicy implements Policy<DepartureWork> {
  readonly name = 'departures';

  constructor(private readonly parts: DeparturePolicyParts) {}

  async due(now: string, cursor: string | null): Promise<DuePage<DepartureWork>> {
    const departed = await allDocuments(this.parts.models, accounts, {
      index: 'departed',
      equals: { hasDeparted: true },
    });
    const searches = departed.flatMap((account) =>
      [true, false].map((fastTrack) => ({ account, fastTrack })),
    );
    return searchesInTurn(searches, cursor, async ({ account, fastTrack }, inner) => {
      const { items, nextCursor } = await this.parts.models.find(applicationModel, {
        index: 'person',
        equals: { person: account.id, open: true, fastTrack },
        limit: A_PAGE,
        cursor: inner,
      });
      return { tasks: items.flatMap((one) => workOf(one, account, dayOf(now))), nextCursor };
    });
  }

  perform({ subject, department, person, cause, ...work }: DepartureWork, now: string): Promise<Receipt> {
    const { revision, at, since } = work;
    const command = unassigning(
      subject,
      { department, person, cause },
      { revision, at: later(at, since), now },
    );
    return this.parts.applications.run(APPLICATION_STREAM + subject, command);
  }
}

function workOf(
  { id, revision, holder, heldSince, submittedAt }: ApplicationDocument,
  account: AccountDocument,
  day: string,
): readonly DepartureWork[] {
  const department = holder?.party === 'department' ? holder.department : null;
  const departure = department === null ? null : departureFrom(account, department, day);
  if (department === null || departure === null) return [];
  return [
    {
      subject: id,
      id: unassignmentId(id, account.id, revision),
      ...departure,
      department,
      person: account.id,
      revision,
      since: heldSince ?? submittedAt,
    },
  ];
}
