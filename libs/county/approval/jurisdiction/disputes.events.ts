import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Custody } from '../core/holder.js';

/**
 * Departments differ over whose an application is (职能争议). Until somebody rules, it waits between them: its clock runs
 * on, and the time is the government's, never the applicant's.
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
