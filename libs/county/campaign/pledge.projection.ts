import { projection } from '#libs/engine/event-sourcing';
import { type PledgeEvent, type PledgeFulfilled, type PledgeMade } from './pledge.events.js';

/** One pledge of the register. Whether it is overdue follows from `dueAt`. */
export type PledgeDocument = PledgeMade['data'] & {
  readonly id: string;
  readonly state: 'open' | 'fulfilled';
  readonly madeAt: string;
  readonly recordedBy: string;
  readonly fulfilment:
    | (Omit<PledgeFulfilled['data'], 'pledge' | 'department'> & {
        /** ISO instant. */
        readonly at: string;
        readonly by: string;
      })
    | null;
  readonly revision: string;
};

/** The register of pledges (表态台账), found by state and by department, in order of their deadlines. */
export const pledges = projection<PledgeDocument, PledgeEvent>({
  name: 'pledges',
  version: 1,
  model: 'pledges',
  indexes: {
    all: { equals: [], range: 'dueAt' },
    state: { equals: ['state'], range: 'dueAt' },
    department: { equals: ['department'], range: 'dueAt' },
    'department-state': { equals: ['department', 'state'], range: 'dueAt' },
  },
  keys: (event) => [event.data.pledge],
  create: {
    PledgeMade: ({ data, metadata, revision }) => ({
      ...data,
      id: data.pledge,
      state: 'open',
      madeAt: metadata.occurredAt,
      recordedBy: metadata.actor.person,
      fulfilment: null,
      revision: revision.toString(),
    }),
  },
  update: {
    PledgeFulfilled: (document, { data, metadata, revision }) => {
      const { value, evidence, documents, late, note } = data;
      const { occurredAt: at, actor } = metadata;
      return {
        ...document,
        state: 'fulfilled',
        fulfilment: { value, evidence, documents, late, note, at, by: actor.person },
        revision: revision.toString(),
      };
    },
  },
});
