import { projection } from '#libs/engine/event-sourcing';
import { type SelfInspectionEvent, type SelfInspectionReported } from './self-inspection.events.js';

/** One self-inspection report as it was made. What the log says of the same span is looked up when it is read. */
export type SelfInspectionDocument = Omit<SelfInspectionReported['data'], 'report'> & {
  readonly id: string;
  readonly reportedBy: string;
  /** ISO instant. */
  readonly reportedAt: string;
  readonly revision: string;
};

/** Self-inspection reports, all of them and those of a department, in the order of being reported. */
export const selfInspections = projection<SelfInspectionDocument, SelfInspectionEvent>({
  name: 'self-inspections',
  version: 1,
  model: 'self-inspections',
  indexes: {
    all: { equals: [], range: 'reportedAt' },
    department: { equals: ['department'], range: 'reportedAt' },
  },
  keys: (event) => [event.data.report],
  create: {
    SelfInspectionReported: ({ data: { report: id, ...said }, metadata, revision }) => ({
      ...said,
      id,
      reportedBy: metadata.actor.person,
      reportedAt: metadata.occurredAt,
      revision: revision.toString(),
    }),
  },
  update: {},
});
