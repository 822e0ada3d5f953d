import {
  decideBy,
  type Decider,
  type Decisions,
  impossible,
  type Recorded,
} from '#libs/engine/event-sourcing';
import { type GrantFacts, type GrantMandate, type MandateCommand } from './mandate.commands.js';
import {
  type MandateEvent,
  type MandateGranted,
  type MandateRecorded,
  type MandateState,
} from './mandate.events.js';
import * as rules from './mandate.rules.js';

/** The applicant's own is good at once; what the window writes down waits for a second voice. */
function grant(command: GrantMandate, facts: GrantFacts): MandateGranted | MandateRecorded {
  const { id: mandate, agent, project = null, lastDay, note = null, meta } = command;
  const applicant = rules.grantorOf(command);
  rules.rolesMustFit(agent, applicant, facts);
  rules.projectMustBeTheirs(command, applicant, facts);
  const until = rules.endOfMandate(lastDay, meta);
  const data = { mandate, agent, applicant, project, lastDay, until, note };
  const { person, post, department, role } = meta.actor;
  if (role === 'applicant') return { type: 'MandateGranted', version: 1, data };
  return {
    type: 'MandateRecorded',
    version: 1,
    data: { ...data, recordedBy: { person, post, department } },
  };
}

const DECISIONS: Decisions<MandateState, MandateCommand, MandateEvent> = {
  GrantMandate(state, command, facts) {
    rules.mustBeNew(state, command.id);
    return [grant(command, facts)];
  },
  ConfirmMandate(state, command, facts) {
    const known = rules.mustBeKnown(state, command.id);
    const { mandate, agent, applicant } = known.granted;
    const by = rules.confirmerOf(known, command, facts);
    rules.mustStillRun(known, command.meta);
    if (known.at === 'granted') return [];
    return [{ type: 'MandateConfirmed', version: 1, data: { mandate, agent, applicant, by } }];
  },
  RevokeMandate(state, command, facts) {
    const known = rules.mustBeKnown(state, command.id);
    const { mandate, agent, applicant } = known.granted;
    rules.mayRevoke(known, command, facts);
    if (known.at === 'revoked') return [];
    const data = { mandate, agent, applicant, reason: command.reason };
    return [{ type: 'MandateRevoked', version: 1, data }];
  },
};

function evolve(state: MandateState, event: Recorded<MandateEvent>): MandateState {
  const { type, stream } = event;
  if (type === 'MandateGranted' || type === 'MandateRecorded') {
    if (state.at !== 'absent') throw new Error(`${stream}: ${type} a second time`);
    return type === 'MandateGranted' ? granted(event) : recorded(event);
  }
  if (state.at === 'absent') throw new Error(`${stream}: ${type} before MandateGranted or MandateRecorded`);
  switch (type) {
    case 'MandateConfirmed':
      return { ...state, at: 'granted' };
    case 'MandateRevoked':
      return { ...state, at: 'revoked' };
    default:
      return impossible(type);
  }
}

/** Given by the applicant; or, before mandates had to be confirmed, recorded by a window and good at once. */
function granted({ data, metadata: { actor } }: Recorded<MandateGranted>): MandateState {
  const { person, department, role } = actor;
  return {
    at: 'granted',
    granted: data,
    ...(role === 'applicant' ? {} : { recordedBy: { person, department } }),
  };
}

function recorded({ data: { recordedBy, ...terms } }: Recorded<MandateRecorded>): MandateState {
  const { person, department } = recordedBy;
  return { at: 'recorded', granted: terms, recordedBy: { person, department } };
}

/** The rules of one mandate (代办委托). */
export const mandateDecider: Decider<MandateState, MandateCommand, MandateEvent> = {
  initial: { at: 'absent' },
  decide: decideBy(DECISIONS),
  evolve,
};
