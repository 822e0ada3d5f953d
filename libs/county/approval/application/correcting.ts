import { type Decider, RuleViolation } from '#libs/engine/event-sourcing';
import { corrected } from '../jurisdiction/applicant-correction.acts.js';
import { type CorrectApplicationApplicant } from '../jurisdiction/applicant-correction.commands.js';
import { type ApplicationEvent } from './application.events.js';
import { type ApplicationState } from './application.state.js';
import { type SucceedingDecider } from './succeeding.js';

type SucceedingCommand = Parameters<SucceedingDecider['decide']>[1];

export type CorrectingDecider = Decider<
  ApplicationState,
  SucceedingCommand | CorrectApplicationApplicant,
  ApplicationEvent
>;

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
