import { type ActingMandate, actingMandates } from '#libs/county/sight';
import { projection } from '#libs/engine/event-sourcing';
import { type MandateEvent, type MandateTerms } from './mandate.events.js';

/** One mandate of the register. Whether it is over follows from `until`. */
export type MandateDocument = MandateTerms &
  ActingMandate & {
    readonly id: string;
    /** When it was written down. */
    readonly grantedAt: string;
    /** Who wrote it down: the applicant, or the window; the department of the latter. */
    readonly recordedBy: string;
    readonly department: string | null;
    /** Who confirmed it, at `confirmedAt`; null while it is unconfirmed. */
    readonly confirmedBy: string | null;
    readonly revokedAt: string | null;
    readonly reason: string | null;
    readonly revision: string;
  };

/** The register of mandates (代办委托), found by agent and by applicant. */
export const mandates = projection<MandateDocument, MandateEvent>({
  name: 'mandates',
  version: 2,
  model: actingMandates.model,
  indexes: {
    all: { equals: [], range: 'until' },
    agent: { equals: ['agent'], range: 'until' },
    applicant: { equals: ['applicant'], range: 'until' },
    department: { equals: ['department'], range: 'until' },
  },
  keys: (event) => [event.data.mandate],
  create: {
    MandateGranted: ({ data, metadata: { actor, occurredAt }, revision }) => ({
      ...data,
      id: data.mandate,
      grantedAt: occurredAt,
      recordedBy: actor.person,
      department: actor.role === 'applicant' ? null : actor.department,
      confirmedAt: occurredAt,
      confirmedBy: actor.person,
      revokedAt: null,
      reason: null,
      revision: revision.toString(),
    }),
    MandateRecorded: ({ data: { recordedBy, ...terms }, metadata: { occurredAt }, revision }) => ({
      ...terms,
      id: terms.mandate,
      grantedAt: occurredAt,
      recordedBy: recordedBy.person,
      department: recordedBy.department,
      confirmedAt: null,
      confirmedBy: null,
      revokedAt: null,
      reason: null,
      revision: revision.toString(),
    }),
  },
  update: {
    MandateConfirmed: (document, { metadata, revision }) => ({
      ...document,
      confirmedAt: metadata.occurredAt,
      confirmedBy: metadata.actor.person,
      revision: revision.toString(),
    }),
    MandateRevoked: (document, { data, metadata, revision }) => ({
      ...document,
      revokedAt: document.revokedAt ?? metadata.occurredAt,
      reason: data.reason,
      revision: revision.toString(),
    }),
  },
});
