import { projection, type StoredEvent } from '#libs/engine/event-sourcing';
import { type ChallengeEvent, type Condition } from './challenge.events.js';
import { type Doer } from './matter.projection.js';

/** How a challenge ended. */
type ChallengeEnd = {
  readonly by: Doer;
  readonly at: string;
  readonly late: boolean;
  /** Set when it was answered. */
  readonly law: string | null;
  /** Of that law, or whole where the condition was withdrawn by two persons. */
  readonly article: string | null;
  /** The explanation, or why the condition was withdrawn. */
  readonly text: string;
  /** Version of the matter without the condition; null where nothing was withdrawn from the catalogue. */
  readonly matterVersion: number | null;
};

/** One challenge of a condition, from the question to its answer. Instants are ISO 8601 in UTC. */
export type ChallengeDocument = {
  readonly id: string;
  readonly matter: string;
  readonly matterVersion: number;
  readonly department: string | null;
  readonly condition: Condition;
  readonly reason: string;
  readonly challenger: Doer;
  /** Account of the challenger. */
  readonly challengedBy: string;
  /** The applicant: for an agent's challenge, the one who gave the mandate; for all others, the challenger. */
  readonly applicant: string;
  readonly challengedAt: string;
  readonly dueAt: string;
  readonly status: 'open' | 'answered' | 'withdrawn';
  /** That the condition goes, which another person has to confirm; left out where nobody proposed it. */
  readonly withdrawal?: {
    readonly by: Doer;
    readonly at: string;
    readonly reason: string;
    readonly article: string;
  };
  readonly end: ChallengeEnd | null;
  readonly escalatedAt: string | null;
  /** Open and not escalated: what a policy has to look at once its limit is over. */
  readonly awaited: boolean;
  readonly revision: string;
};

const doneBy = ({ metadata }: Pick<StoredEvent, 'metadata'>) => ({
  by: metadata.actor,
  at: metadata.occurredAt,
});

/** 对办理条件提出异议 by id. */
export const challenges = projection<ChallengeDocument, ChallengeEvent>({
  name: 'challenges',
  version: 2,
  model: 'challenges',
  indexes: {
    all: { equals: [], range: 'challengedAt' },
    status: { equals: ['status'], range: 'dueAt' },
    department: { equals: ['department', 'status'], range: 'dueAt' },
    matter: { equals: ['matter'], range: 'challengedAt' },
    applicant: { equals: ['applicant'], range: 'challengedAt' },
    awaited: { equals: ['awaited'], range: 'dueAt' },
  },
  keys: (event) => [event.data.challenge],
  create: {
    ThresholdChallenged: ({ data, metadata, revision }) => ({
      id: data.challenge,
      matter: data.matter,
      matterVersion: data.matterVersion,
      department: data.department,
      condition: data.condition,
      reason: data.reason,
      challenger: metadata.actor,
      challengedBy: metadata.actor.person,
      applicant: (metadata.onBehalfOf ?? metadata.actor).person,
      challengedAt: metadata.occurredAt,
      dueAt: data.dueAt,
      status: 'open',
      end: null,
      escalatedAt: null,
      awaited: true,
      revision: revision.toString(),
    }),
  },
  update: {
    ChallengeAnswered: (challenge, event) => ({
      ...challenge,
      status: 'answered',
      awaited: false,
      end: {
        ...doneBy(event),
        late: event.data.late,
        law: event.data.law,
        article: event.data.article,
        text: event.data.explanation,
        matterVersion: null,
      },
      revision: event.revision.toString(),
    }),
    WithdrawalProposed: (challenge, event) => ({
      ...challenge,
      withdrawal: { ...doneBy(event), reason: event.data.reason, article: event.data.article },
      revision: event.revision.toString(),
    }),
    ConditionWithdrawn: (challenge, event) => ({
      ...challenge,
      status: 'withdrawn',
      awaited: false,
      end: {
        ...doneBy(event),
        late: event.data.late,
        law: null,
        article: event.data.article ?? null,
        text: event.data.reason,
        matterVersion: event.data.matterVersion,
      },
      revision: event.revision.toString(),
    }),
    ChallengeEscalated: (challenge, event) => ({
      ...challenge,
      escalatedAt: event.metadata.occurredAt,
      awaited: false,
      revision: event.revision.toString(),
    }),
  },
});
