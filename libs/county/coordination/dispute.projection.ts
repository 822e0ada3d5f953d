import { type DisputedEvent } from '#libs/county/approval';
import { type JurisdictionNoted } from '#libs/law/catalogue';
import { projection, type Recorded } from '#libs/engine/event-sourcing';
import {
  type DisputeEffect,
  type DisputeEvent,
  type JurisdictionDisputeRaised,
  type Stance,
} from './dispute.events.js';

/** One dispute as it stands. Instants are ISO 8601 in UTC. */
export type DisputeDocument = {
  readonly id: string;
  readonly application: string;
  readonly project: string;
  readonly matter: string;
  readonly departments: readonly string[];
  readonly raisedBy: string;
  readonly raisedAt: string;
  readonly reason: string;
  readonly status: 'open' | 'ruled';
  readonly rulingDueAt: string;
  /** The last position of each department that took one. */
  readonly positions: readonly {
    readonly department: string;
    readonly stance: Stance;
    readonly reason: string;
    readonly article: string | null;
    readonly at: string;
  }[];
  readonly ruling: {
    readonly department: string;
    readonly reason: string;
    readonly article: string | null;
    readonly catalogueNote: string;
    readonly by: string;
    readonly at: string;
    readonly late: boolean;
  } | null;
  /** Effects that are neither seen nor lapsed yet, and since when (ISO instant; null = none). */
  readonly pending: readonly DisputeEffect[];
  readonly pendingSince: string | null;
  readonly revision: string;
};

function raised({ data, metadata, revision }: Recorded<JurisdictionDisputeRaised>): DisputeDocument {
  const { dispute, application, project, matter, departments, raisedBy, reason, rulingDueAt } = data;
  return {
    id: dispute,
    application,
    project,
    matter,
    departments,
    raisedBy,
    raisedAt: metadata.occurredAt,
    reason,
    status: 'open',
    rulingDueAt,
    positions: [],
    ruling: null,
    pending: ['held'],
    pendingSince: metadata.recordedAt,
    revision: revision.toString(),
  };
}

/** Leaves an effect out that is seen now, or will never be. */
function settled(document: DisputeDocument, effect: DisputeEffect): DisputeDocument {
  const pending = document.pending.filter((one) => one !== effect);
  return { ...document, pending, pendingSince: pending.length === 0 ? null : document.pendingSince };
}

/** Disputes with the positions taken and the ruling, found by status, matter, and what is still to be done. */
export const disputes = projection<DisputeDocument, DisputeEvent | DisputedEvent | JurisdictionNoted>({
  name: 'disputes',
  version: 4,
  model: 'disputes',
  indexes: {
    all: { equals: [], range: 'rulingDueAt' },
    status: { equals: ['status'], range: 'rulingDueAt' },
    matter: { equals: ['matter'], range: 'rulingDueAt' },
    pending: { equals: [], range: 'pendingSince' },
  },
  keys: (event) => [event.data.dispute],
  create: { JurisdictionDisputeRaised: raised },
  update: {
    JurisdictionPositionTaken: (document, { data, metadata, revision }) => {
      const { department, stance, reason, article } = data;
      const others = document.positions.filter((position) => position.department !== department);
      return {
        ...document,
        positions: [...others, { department, stance, reason, article, at: metadata.occurredAt }],
        revision: revision.toString(),
      };
    },
    JurisdictionRuled: (document, { data, metadata, revision }) => {
      const { department, reason, article, catalogueNote, late } = data;
      const { actor, occurredAt: at, recordedAt } = metadata;
      return {
        ...document,
        status: 'ruled',
        ruling: { department, reason, article, catalogueNote, by: actor.person, at, late },
        pending: ['assigned', 'noted'],
        pendingSince: recordedAt,
        revision: revision.toString(),
      };
    },
    DisputeEffectLapsed: (document, { data, revision }) => ({
      ...settled(document, data.effect),
      revision: revision.toString(),
    }),
    ApplicationDisputed: (document) => settled(document, 'held'),
    JurisdictionAssigned: (document) => settled(document, 'assigned'),
    JurisdictionNoted: (document) => settled(document, 'noted'),
  },
});
