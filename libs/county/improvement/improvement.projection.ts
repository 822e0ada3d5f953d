import { type Doer } from '#libs/law/catalogue';
import { projection, type Recorded } from '#libs/engine/event-sourcing';
import { type ImprovementEvent, type MeasuredEffect } from './improvement.events.js';

/** One improvement, from the proposal to its end. Instants are ISO 8601 in UTC, `from` is a legal day. */
export type ImprovementDocument = {
  readonly id: string;
  readonly matter: string;
  readonly matterVersion: number;
  readonly department: string | null;
  readonly title: string;
  readonly change: string;
  readonly expected: string | null;
  readonly proposer: Doer;
  readonly proposedAt: string;
  readonly status: 'proposed' | 'trial' | 'adopted' | 'dropped';
  readonly trial: {
    readonly from: string;
    readonly matterVersion: number | null;
    readonly orderedBy: Doer;
  } | null;
  readonly end: {
    readonly by: Doer;
    readonly at: string;
    readonly reason: string;
    readonly effect: MeasuredEffect | null;
  } | null;
  readonly revision: string;
};

type End = Extract<
  Recorded<ImprovementEvent>,
  { readonly type: 'ImprovementAdopted' | 'ImprovementDropped' }
>;

function ended(
  improvement: ImprovementDocument,
  status: 'adopted' | 'dropped',
  { data: { reason, effect }, metadata, revision }: End,
): ImprovementDocument {
  const end = { by: metadata.actor, at: metadata.occurredAt, reason, effect };
  return { ...improvement, status, end, revision: revision.toString() };
}

/** 改进台账 by id. */
export const improvements = projection<ImprovementDocument, ImprovementEvent>({
  name: 'improvements',
  version: 1,
  model: 'improvements',
  indexes: {
    all: { equals: [], range: 'proposedAt' },
    status: { equals: ['status'], range: 'proposedAt' },
    matter: { equals: ['matter'], range: 'proposedAt' },
  },
  keys: (event) => [event.data.improvement],
  create: {
    ImprovementProposed: ({ data, metadata, revision }) => {
      const { improvement: id, ...proposal } = data;
      return {
        id,
        ...proposal,
        proposer: metadata.actor,
        proposedAt: metadata.occurredAt,
        status: 'proposed',
        trial: null,
        end: null,
        revision: revision.toString(),
      };
    },
  },
  update: {
    ImprovementTrialStarted: (improvement, { data: { from, matterVersion }, metadata, revision }) => ({
      ...improvement,
      status: 'trial',
      trial: { from, matterVersion, orderedBy: metadata.actor },
      revision: revision.toString(),
    }),
    ImprovementAdopted: (improvement, event) => ended(improvement, 'adopted', event),
    ImprovementDropped: (improvement, event) => ended(improvement, 'dropped', event),
  },
});
