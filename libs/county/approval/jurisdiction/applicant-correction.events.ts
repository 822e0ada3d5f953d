import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Custody } from '../core/holder.js';

/**
 * 更正申请人: what was handed in before the mistake was seen is the right applicant's, with their turn in it. Follows the
 * `ApplicantCorrected` of the project.
 */
export type ApplicationApplicantCorrected = DomainEvent<
  'ApplicationApplicantCorrected',
  1,
  {
    readonly application: string;
    readonly project: string;
    readonly from: string;
    readonly applicant: string;
    readonly custody: Custody;
  }
>;
