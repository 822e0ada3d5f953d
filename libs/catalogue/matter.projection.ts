import { projection } from '#libs/event-sourcing';
import { type MatterDefinition, type MatterEvent } from './catalogue.events.js';

/**
 * One approval matter (审批事项) as it is published now. `verified` is false while its limits or one of its legal bases
 * wait for a person's sign-off: it is shown as 未核实.
 */
export type MatterDocument = MatterDefinition & {
  readonly id: string;
  readonly matterVersion: number;
  readonly verified: boolean;
  readonly status: 'in-force' | 'abolished';
  readonly reason: string | null;
  readonly changedAt: string;
  readonly revision: string;
};

function published(
  matter: MatterDefinition,
  matterVersion: number,
  reason: string | null,
  event: { readonly revision: bigint; readonly metadata: { readonly occurredAt: string } },
): MatterDocument {
  return {
    ...matter,
    id: matter.code,
    matterVersion,
    verified: matter.limitsVerified && matter.legalBasis.every(({ verified }) => verified),
    status: 'in-force',
    reason,
    changedAt: event.metadata.occurredAt,
    revision: event.revision.toString(),
  };
}

/** The matters of the catalogue, abolished ones (取缔) too. */
export const matters = projection<MatterDocument, MatterEvent>({
  name: 'matters',
  version: 1,
  model: 'matters',
  indexes: {
    all: { equals: [], range: 'code' },
    department: { equals: ['department'], range: 'code' },
    kind: { equals: ['kind'], range: 'code' },
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
      changedAt: event.metadata.occurredAt,
      revision: event.revision.toString(),
    }),
  },
});
