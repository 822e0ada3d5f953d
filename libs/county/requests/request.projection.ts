import { projection } from '#libs/engine/event-sourcing';
import { type RequestEvent, type RequestRaised } from './request.events.js';

/** One request, from the question to what its asker says of the answer. Instants are ISO 8601 in UTC. */
export type RequestDocument = Omit<RequestRaised['data'], 'request'> & {
  readonly id: string;
  readonly raisedAt: string;
  /** Who raised it: the applicant or an agent. */
  readonly raisedBy: string;
  readonly status: 'open' | 'answered' | 'rated';
  readonly answer: {
    /** Account. */
    readonly by: string;
    readonly at: string;
    readonly text: string;
    readonly late: boolean;
  } | null;
  readonly rating: {
    readonly by: string;
    readonly at: string;
    readonly helped: boolean;
    readonly comment: string | null;
  } | null;
  /** When it fell overdue; null where it was answered in time, or is still in time. */
  readonly overdueAt: string | null;
  /** Open, and not recorded as overdue: what a policy looks at once its last instant is over. */
  readonly awaited: boolean;
  readonly revision: string;
};

/** The register of what enterprises ask for (诉求). */
export const requests = projection<RequestDocument, RequestEvent>({
  name: 'requests',
  version: 1,
  model: 'requests',
  indexes: {
    all: { equals: [], range: 'raisedAt' },
    applicant: { equals: ['applicant'], range: 'raisedAt' },
    status: { equals: ['status'], range: 'answerBy' },
    department: { equals: ['department', 'status'], range: 'answerBy' },
    awaited: { equals: ['awaited'], range: 'answerBy' },
  },
  keys: (event) => [event.data.request],
  create: {
    RequestRaised: ({ data: { request, ...asked }, metadata, revision }) => ({
      ...asked,
      id: request,
      raisedAt: metadata.occurredAt,
      raisedBy: metadata.actor.person,
      status: 'open',
      answer: null,
      rating: null,
      overdueAt: null,
      awaited: true,
      revision: revision.toString(),
    }),
  },
  update: {
    RequestAnswered: (request, { data, metadata, revision }) => ({
      ...request,
      status: 'answered',
      awaited: false,
      answer: { by: metadata.actor.person, at: metadata.occurredAt, text: data.answer, late: data.late },
      revision: revision.toString(),
    }),
    RequestRated: (request, { data, metadata, revision }) => ({
      ...request,
      status: 'rated',
      rating: {
        by: metadata.actor.person,
        at: metadata.occurredAt,
        helped: data.helped,
        comment: data.comment,
      },
      revision: revision.toString(),
    }),
    RequestOverdue: (request, { metadata, revision }) => ({
      ...request,
      overdueAt: metadata.occurredAt,
      awaited: false,
      revision: revision.toString(),
    }),
  },
});
