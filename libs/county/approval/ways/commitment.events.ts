import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Id } from '../core/terms.js';

/** 告知承诺: the applicant was informed of the conditions and declares to meet them, in place of these materials. */
export type CommitmentMade = DomainEvent<
  'CommitmentMade',
  1,
  Id & { readonly materials: readonly string[]; readonly statement: string }
>;

/** The later check (事后核查) found the commitment kept. */
export type CommitmentVerified = DomainEvent<'CommitmentVerified', 1, Id & { readonly finding: string }>;

/** The check found it broken: no grant any more, and a ground to revoke one that was given. */
export type CommitmentBreached = DomainEvent<'CommitmentBreached', 1, Id & { readonly finding: string }>;

export type CommitmentEvent = CommitmentMade | CommitmentVerified | CommitmentBreached;
