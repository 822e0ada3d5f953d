import { type Decider, impossible } from '#libs/event-sourcing';
import { type MandateCommand } from './mandate.commands.js';
import { type MandateEvent, type MandateGranted } from './mandate.events.js';
import * as rules from './mandate.rules.js';

/** State of one mandate. That it is over is no state: it follows from the time. */
export type MandateState =
  | { readonly at: 'absent' }
  | { readonly at: 'granted' | 'revoked'; readonly granted: MandateGranted['data'] };

/** The rules of one mandate (代办委托). */
export const mandateDecider: Decider<MandateState, MandateCommand, MandateEvent> = {
  initial: { at: 'absent' },
  decide(state, command) {
    switch (command.type) {
      case 'GrantMandate': {
        const { id: mandate, agent, project = null, lastDay, note = null, meta } = command;
        rules.mustBeNew(state, mandate);
        const applicant = rules.grantorOf(command);
        rules.rolesMustFit(command, applicant);
        const until = rules.endOfMandate(lastDay, meta);
        const data = { mandate, agent, applicant, project, lastDay, until, note };
        return [{ type: 'MandateGranted', version: 1, data }];
      }
      case 'RevokeMandate': {
        const known = rules.mustBeKnown(state, command.id);
        rules.mayRevoke(known, command.meta);
        if (known.at === 'revoked') return [];
        const { mandate, agent, applicant } = known.granted;
        const data = { mandate, agent, applicant, reason: command.reason };
        return [{ type: 'MandateRevoked', version: 1, data }];
      }
      default:
        return impossible(command);
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'MandateGranted':
        if (state.at !== 'absent') throw new Error(`${event.stream}: ${event.type} a second time`);
        return { at: 'granted', granted: event.data };
      case 'MandateRevoked':
        if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before MandateGranted`);
        return { at: 'revoked', granted: state.granted };
      default:
        return impossible(event);
    }
  },
};
