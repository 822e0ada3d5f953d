import { type Actor, projection, type Recorded, type StoredEvent } from '#libs/engine/event-sourcing';
import { type ShownToAll } from '#libs/shell/nest';
import { type JurisdictionNoted, type MatterDefinition, type MatterEvent } from './catalogue.events.js';

/** Who did it, in which capacity: an actor as part of a document. */
export type Doer = Pick<Actor, keyof Actor>;

/** The same as it is published. */
type PublishedDoer = ShownToAll<Doer>;

/** What was ruled in a dispute over whose such a matter is (职能争议裁定). */
export type JurisdictionNote = Omit<JurisdictionNoted['data'], 'code'> & {
  readonly by: PublishedDoer;
  /** ISO instant. */
  readonly at: string;
};

export function jurisdictionNote({
  data: { code: _, ...note },
  metadata,
}: Recorded<JurisdictionNoted>): JurisdictionNote {
  return { ...note, by: metadata.actor, at: metadata.occurredAt };
}

/** What one person proposed and another has to confirm. */
export type ProposedChange = {
  readonly by: PublishedDoer;
  /** ISO instant. */
  readonly at: string;
  readonly reason: string;
  /** The law that allows it. */
  readonly article: string;
};

export const proposedChange = ({
  data: { reason, article },
  metadata: { actor: by, occurredAt: at },
}: Pick<StoredEvent, 'metadata'> & {
  readonly data: { readonly reason: string; readonly article: string };
}): ProposedChange => ({ by, at, reason, article });

/**
 * One approval matter (审批事项) as it is published now. `verified` is false while its limits or one of its legal bases
 * wait for a person's sign-off: it is shown as 未核实.
 */
export type MatterDocument = MatterDefinition & {
  readonly id: string;
  readonly matterVersion: number;
  /** The steps (环节) of each version, the first one's first: an application is judged by those it was submitted under. */
  readonly stepsOfVersions: readonly (readonly string[])[];
  readonly verified: boolean;
  readonly status: 'in-force' | 'abolished';
  /** That it goes, as one person proposed it; left out where nobody did. */
  readonly abolition?: ProposedChange;
  /** A revision that makes it lighter, as one person proposed it; left out where nobody did. */
  readonly revisionProposed?: ProposedChange & { readonly matter: MatterDefinition };
  /** Of the latest change; null for the publication. */
  readonly reason: string | null;
  /** Who made the latest change: published, revised, or abolished it. */
  readonly changedBy: PublishedDoer;
  readonly changedAt: string;
  /** Rulings about whose such matters are, oldest first. */
  readonly notes: readonly JurisdictionNote[];
  readonly revision: string;
};

const isVerified = ({ limitsVerified, legalBasis, clock, consults = [] }: MatterDefinition): boolean =>
  limitsVerified &&
  [
    ...legalBasis,
    ...consults,
    ...(clock?.suspensions ?? []),
    ...(clock?.extension ? [clock.extension] : []),
  ].every(({ verified }) => verified);

function published(
  matter: MatterDefinition,
  reason: string | null,
  before: Pick<MatterDocument, 'stepsOfVersions' | 'notes'>,
  event: Pick<StoredEvent, 'revision' | 'metadata'>,
): MatterDocument {
  const stepsOfVersions = [...before.stepsOfVersions, matter.steps];
  return {
    ...matter,
    id: matter.code,
    matterVersion: stepsOfVersions.length,
    stepsOfVersions,
    verified: isVerified(matter),
    status: 'in-force',
    reason,
    changedBy: event.metadata.actor,
    changedAt: event.metadata.occurredAt,
    notes: before.notes,
    revision: event.revision.toString(),
  };
}

/** The matters of the catalogue, abolished ones (取消) too. */
export const matters = projection<MatterDocument, MatterEvent>({
  name: 'matters',
  version: 5,
  model: 'matters',
  indexes: {
    all: { equals: [], range: 'code' },
    department: { equals: ['department'], range: 'code' },
    kind: { equals: ['kind'], range: 'code' },
    status: { equals: ['status'], range: 'code' },
    departmentAndKind: { equals: ['department', 'kind'], range: 'code' },
  },
  keys: ({ data }) => ['matter' in data ? data.matter.code : data.code],
  create: {
    MatterPublished: (event) => published(event.data.matter, null, { stepsOfVersions: [], notes: [] }, event),
  },
  update: {
    MatterRevised: (before, event) => published(event.data.matter, event.data.reason, before, event),
    RevisionProposed: (matter, event) => ({
      ...matter,
      revisionProposed: { ...proposedChange(event), matter: event.data.matter },
      revision: event.revision.toString(),
    }),
    JurisdictionNoted: (matter, event) => ({
      ...matter,
      notes: [...matter.notes, jurisdictionNote(event)],
      revision: event.revision.toString(),
    }),
    AbolitionProposed: (matter, event) => ({
      ...matter,
      abolition: proposedChange(event),
      revision: event.revision.toString(),
    }),
    MatterAbolished: ({ revisionProposed: _, ...matter }, event) => ({
      ...matter,
      status: 'abolished',
      reason: event.data.reason,
      changedBy: event.metadata.actor,
      changedAt: event.metadata.occurredAt,
      revision: event.revision.toString(),
    }),
  },
});
