import { applicantHolds } from '../core/attribution.js';
import { type SubmittedApplication } from '../core/facts.js';
import { type CorrectApplicationApplicant } from './applicant-correction.commands.js';
import { type ApplicationApplicantCorrected } from './applicant-correction.events.js';

/** Stages of an application that an organ has not accepted, or that ended before it could. */
const UNACCEPTED: readonly SubmittedApplication['at'][] = [
  'submitted',
  'supplement-requested',
  'not-accepted',
  'withdrawn',
];

/** True once an organ has accepted the application (受理), or it is deemed to have. */
export function isAccepted({ at, clock }: SubmittedApplication): boolean {
  return clock.acceptedAt !== null || !UNACCEPTED.includes(at);
}

export function corrected(
  { application, project, applicant: from, holder }: SubmittedApplication,
  { applicant }: CorrectApplicationApplicant,
): ApplicationApplicantCorrected[] {
  if (from === applicant) return [];
  // Whose turn it was it still is, and since when: the applicant's under another name.
  const custody = { ended: null, holder: holder?.party === 'applicant' ? applicantHolds(applicant) : holder };
  return [
    {
      type: 'ApplicationApplicantCorrected',
      version: 1,
      data: { application, project, from, applicant, custody },
    },
  ];
}
