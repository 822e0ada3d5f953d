import { type Actor, projection, type StoredEvent } from '#libs/event-sourcing';
import { type MatterDefinition, type MatterEvent } from './catalogue.events.js';

/** Who did it, in which capacity: an actor as part of a document. */
export type Doer = Pick<Actor, keyof Actor>;

/**
 * One approval matter (审批事项) as it is published now. `verified` is false while its limits or one of its legal bases
 * wait for a person's sign-off: it is shown as 未核实.
 */
export type MatterDocument = MatterDefinition & {
  readonly id: string;
  readonly matterVersion: number;
  readonly verified: boolean;
  readonly status: 'in-force' | 'abolished';
  /** Of the latest change; null for the publication. */
  readonly reason: string | null;
  /** Who made the latest change: published, revised, or abolished it. */
  readonly changedBy: Doer;
  readonly changedAt: string;
  readonly revision: string;
};

function published(
  matter: MatterDefinition,
  matterVersion: number,
  reason: string | null,
  event: Pick<StoredEvent, 'revision' | 'metadata'>,
): MatterDocument {
  return {
    ...matter,
    id: matter.code,
    matterVersion,
    verified: matter.limitsVerified && matter.legalBasis.every(({ verified }) => verified),
    status: 'in-force',
    reason,
    changedBy: event.metadata.actor,
    changedAt: event.metadata.occurredAt,
    revision: event.revision.toString(),
  };
}

/** The matters of the catalogue, abolished ones (取缔) too. */
export const matters = projection<MatterDocument, MatterEvent>({
  name: 'matters',
  version: 3,
  model: 'matters',
  indexes: {
    all: { equals: [], range: 'code' },
    department: { equals: ['department'], range: 'code' },
    kind: { equals: ['kind'], range: 'code' },
    status: { equals: ['status'], range: 'code' },
    departmentAndKind: { equals: ['department', 'kind'], range: 'code' },
  },
  keys: (event) => [event.type === 'MatterAbolished' ? event.data.code : event.data.matter.code],
  create: { MatterPublished: (event) => published(event.data.matter, 1, null, event) },
  update: {
    MatterRevised: (_, event) =>
      published(event.data.matter, event.data.matterVersion, event.data.reason, event),
    MatterAbolished: (matter, event) => ({
      ...matter,
      status: 'abolished',
      reason: event.data.reason,
      changedBy: event.metadata.actor,
      changedAt: event.metadata.occurredAt,
      revision: event.revision.toString(),
    }),
  },
});
