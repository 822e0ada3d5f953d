import { projection } from '#libs/engine/event-sourcing';
import { type PlanEvent } from './plan.events.js';

/** A plan in the list of plans; its versions and tasks are read from its stream. */
export type PlanDocument = {
  readonly id: string;
  readonly title: string;
  /** The version in force. */
  readonly planVersion: number;
  /** ISO instants. */
  readonly publishedAt: string;
  readonly revisedAt: string;
  readonly tasks: number;
};

/** The list of plans (实施方案), in the order in which they were first published. */
export const plans = projection<PlanDocument, PlanEvent>({
  name: 'plans',
  version: 1,
  model: 'plans',
  indexes: { all: { equals: [], range: 'publishedAt' } },
  keys: (event) => [event.data.plan],
  create: {
    PlanPublished: ({ data: { plan, title, planVersion, tasks }, metadata: { occurredAt } }) => ({
      ...{ id: plan, title, planVersion, tasks: tasks.length },
      ...{ publishedAt: occurredAt, revisedAt: occurredAt },
    }),
  },
  update: {
    PlanPublished: (document, { data: { title, planVersion, tasks }, metadata: { occurredAt } }) => ({
      ...document,
      ...{ title, planVersion, tasks: tasks.length, revisedAt: occurredAt },
    }),
  },
});
