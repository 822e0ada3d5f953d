import { type Succession, successionsUntil } from '#libs/county/identity';
import {
  type DuePage,
  type DueWork,
  type Policy,
  type ReadModels,
  type Receipt,
  searchesInTurn,
} from '#libs/engine/event-sourcing';
import { dayOf, startOfDay } from '#libs/law/calendar';
import { APPLICATION_STREAM, type ApplicationRunner } from '../application/application.runner.token.js';
import { later } from '../core/times.rules.js';
import { takeOverId, takingOver } from '../jurisdiction/succession.commands.js';
import {
  type ApplicationDocument,
  applications as applicationModel,
} from '../read-models/application.document.js';

/** An open application, the subject, that is still a department's whose business another does now. */
export type SuccessionWork = DueWork & {
  readonly revision: string;
  /** Beginning of the stretch that runs; ISO instant. */
  readonly since: string;
  readonly succession: Succession;
};

export interface SuccessionPolicyParts {
  readonly models: Pick<ReadModels, 'find'>;
  readonly applications: Pick<ApplicationRunner, 'run'>;
}

const APPLICATIONS_A_PAGE = 200;

/** Where a department's open applications are found: in its hands, or waiting for its opinion; on the fast track, or not. */
const PLACES = (['responsible', 'awaiting'] as const).flatMap((index) =>
  [true, false].map((fastTrack) => ({ index, fastTrack })),
);

/**
 * Hands open applications over to the successor of their department from the first day of a reform on: no open application
 * stays with an office that no longer exists. What ended before stays under the old name until the successor acts on it.
 */
export class SuccessionPolicy implements Policy<SuccessionWork> {
  readonly name = 'department-succession';

  constructor(private readonly parts: SuccessionPolicyParts) {}

  /** In order of the reforms; all that one of them moves fell due at the beginning of the same day. */
  async due(now: string, cursor: string | null): Promise<DuePage<SuccessionWork>> {
    const { models } = this.parts;
    const searches = (await successionsUntil(models, dayOf(now))).flatMap((succession) =>
      PLACES.map((place) => ({ succession, place })),
    );
    return searchesInTurn(searches, cursor, async ({ succession, place }, inner) => {
      const { items, nextCursor } = await models.find(applicationModel, {
        index: place.index,
        equals: { [place.index]: succession.department, open: true, fastTrack: place.fastTrack },
        limit: APPLICATIONS_A_PAGE,
        cursor: inner,
      });
      const affected = items.filter((one) => isAffected(one, succession));
      return { tasks: affected.map((one) => workOf(one, succession)), nextCursor };
    });
  }

  perform(
    { subject: application, revision, at, since, succession }: SuccessionWork,
    now: string,
  ): Promise<Receipt> {
    const { department: from, current: department } = succession;
    const command = takingOver({ application, from, department }, { revision, at: later(at, since), now });
    return this.parts.applications.run(APPLICATION_STREAM + application, command);
  }
}

/** A joint matter with a holder belongs to every department: no office has to take it over. */
function isAffected(
  { department, awaiting }: ApplicationDocument,
  { department: from }: Succession,
): boolean {
  return department === from || awaiting.includes(from);
}

function workOf(
  { id, revision, heldSince, submittedAt }: ApplicationDocument,
  succession: Succession,
): SuccessionWork {
  const { department, from } = succession;
  return {
    subject: id,
    at: startOfDay(from),
    id: takeOverId(id, department, revision),
    revision,
    since: heldSince ?? submittedAt,
    succession,
  };
}
