import { type Decider, RuleViolation } from '#libs/engine/event-sourcing';
import { type Existing } from '../core/facts.js';
import { assign, hold, mustNotBeDisputed } from '../jurisdiction/disputes.acts.js';
import { type DisputeCommand } from '../jurisdiction/disputes.commands.js';
import { type FlagIdleHolder } from '../signals/signals.commands.js';
import { type ApplicationCommand } from './application.commands.js';
import { type ApplicationEvent } from './application.events.js';
import { type ApplicationState } from './application.state.js';
import { type SignallingDecider } from './signalling.js';

export type DisputableDecider = Decider<
  ApplicationState,
  ApplicationCommand | FlagIdleHolder | DisputeCommand,
  ApplicationEvent
>;

/** What may be done while a dispute is open: to call for help, and to give up. And time goes on, against the government. */
const MEANWHILE: readonly string[] = [
  'EscalateApplication',
  'WithdrawApplication',
  'FlagIdleHolder',
  'FireTimer',
];

/** A decider that also knows disputes: nothing else is done in a case until it is clear whose it is. */
export function withDisputes(decider: SignallingDecider): DisputableDecider {
  return {
    ...decider,
    decide(state, command) {
      if (command.type === 'HoldForDispute') return hold(existing(state, command), command);
      if (command.type === 'AssignJurisdiction') return assign(existing(state, command), command);
      const events = decider.decide(state, command);
      if (state.at !== 'absent' && !MEANWHILE.includes(command.type)) mustNotBeDisputed(state, null);
      return events;
    },
  };
}

function existing(state: ApplicationState, { id }: DisputeCommand): Existing {
  if (state.at === 'absent')
    throw new RuleViolation('application.not-submitted', { application: id }, 'absent');
  return state;
}
