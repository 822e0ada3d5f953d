import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Custody } from '../core/holder.js';

/**
 * Departments dispute which of them is competent for an application (职能争议). Until a ruling it is held pending the dispute: its
 * clock runs on, and the time is the government's, never the applicant's.
 */
export type ApplicationDisputed = DomainEvent<
  'ApplicationDisputed',
  1,
  {
    readonly application: string;
    readonly project: string;
    readonly dispute: string;
    readonly departments: readonly string[];
    readonly reason: string;
    readonly custody: Custody;
  }
>;

/** The ruling put into effect: the application is this department's from now on. */
export type JurisdictionAssigned = DomainEvent<
  'JurisdictionAssigned',
  1,
  {
    readonly application: string;
    readonly project: string;
    readonly dispute: string;
    readonly from: string | null;
    readonly department: string;
    readonly reason: string;
    readonly custody: Custody;
  }
>;

export type DisputedEvent = ApplicationDisputed | JurisdictionAssigned;
