import { type CommandMeta, type Decider, RuleViolation } from '#libs/engine/event-sourcing';
import { type ApplicationApplicantCorrected } from '../jurisdiction/applicant-correction.events.js';
import { applicantHolds } from '../core/attribution.js';
import { type ApplicationEvent } from './application.events.js';
import { type ApplicationState, type Existing } from './application.state.js';
import { type SucceedingDecider } from './succeeding.js';

/** Makes an application the right applicant's; sent where the project's applicant was corrected, and by nobody else. */
export interface CorrectApplicationApplicant {
  readonly type: 'CorrectApplicationApplicant';
  readonly id: string;
  readonly applicant: string;
  readonly meta: CommandMeta;
}

type SucceedingCommand = Parameters<SucceedingDecider['decide']>[1];
export type CorrectingDecider = Decider<
  ApplicationState,
  SucceedingCommand | CorrectApplicationApplicant,
  ApplicationEvent
>;

/** Stages of an application that an organ has not accepted, or that ended before it could. */
const UNACCEPTED: readonly Existing['at'][] = [
  'submitted',
  'supplement-requested',
  'not-accepted',
  'withdrawn',
];

/** True once an organ has accepted the application (受理), or it is deemed to have. */
export function isAccepted({ at, clock }: Existing): boolean {
  return clock.acceptedAt !== null || !UNACCEPTED.includes(at);
}

/**
 * A decider that also knows that an applicant was corrected. Whether that may be was decided for the project, before any
 * of its applications was accepted: one that is accepted in the same moment follows too.
 */
export function withApplicantCorrection(decider: SucceedingDecider): CorrectingDecider {
  return {
    ...decider,
    decide(state, command) {
      if (command.type !== 'CorrectApplicationApplicant') return decider.decide(state, command);
      if (state.at === 'absent')
        throw new RuleViolation('application.not-submitted', { application: command.id }, 'absent');
      return corrected(state, command);
    },
  };
}

function corrected(
  { application, project, applicant: from, holder }: Existing,
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
