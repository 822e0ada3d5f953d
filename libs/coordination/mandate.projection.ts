import { type ActingMandate } from '#libs/approval';
import { projection } from '#libs/event-sourcing';
import { type MandateEvent, type MandateGranted } from './mandate.events.js';

/** One mandate of the register. Whether it is over follows from `until`. */
export type MandateDocument = MandateGranted['data'] &
  ActingMandate & {
    readonly id: string;
    readonly grantedAt: string;
    /** Who wrote it down: the applicant, or the window. */
    readonly recordedBy: string;
    readonly revokedAt: string | null;
    readonly reason: string | null;
    readonly revision: string;
  };

/** The register of mandates (代办委托), found by agent and by applicant. */
export const mandates = projection<MandateDocument, MandateEvent>({
  name: 'mandates',
  version: 1,
  model: 'mandates',
  indexes: {
    all: { equals: [], range: 'until' },
    agent: { equals: ['agent'], range: 'until' },
    applicant: { equals: ['applicant'], range: 'until' },
  },
  keys: (event) => [event.data.mandate],
  create: {
    MandateGranted: ({ data, metadata, revision }) => ({
      ...data,
      id: data.mandate,
      grantedAt: metadata.occurredAt,
      recordedBy: metadata.actor.person,
      revokedAt: null,
      reason: null,
      revision: revision.toString(),
    }),
  },
  update: {
    MandateRevoked: (document, { data, metadata, revision }) => ({
      ...document,
      revokedAt: document.revokedAt ?? metadata.occurredAt,
      reason: data.reason,
      revision: revision.toString(),
    }),
  },
});
