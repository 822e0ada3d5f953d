import { type Decider, RuleViolation } from '#libs/engine/event-sourcing';
import { takeOver } from '../jurisdiction/succession.acts.js';
import { type TakeOverApplication } from '../jurisdiction/succession.commands.js';
import { type ApplicationEvent } from './application.events.js';
import { type ApplicationState } from './application.state.js';
import { type DisputableDecider } from './disputing.js';

type DisputableCommand = Parameters<DisputableDecider['decide']>[1];

export type SucceedingDecider = Decider<
  ApplicationState,
  DisputableCommand | TakeOverApplication,
  ApplicationEvent
>;

/** A decider that also knows reforms: an application goes with its department's business, at whatever stage it is. */
export function withSuccession(decider: DisputableDecider): SucceedingDecider {
  return {
    ...decider,
    decide(state, command) {
      if (command.type !== 'TakeOverApplication') return decider.decide(state, command);
      if (state.at === 'absent')
        throw new RuleViolation('application.not-submitted', { application: command.id }, 'absent');
      return takeOver(state, command);
    },
  };
}
