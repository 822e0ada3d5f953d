import { endOfDay } from '#libs/law/calendar';
import { decideBy, type Decider, impossible } from '#libs/engine/event-sourcing';
import { departmentsMustStand, mustBeADay, proofsOf } from './campaign.refusal.js';
import {
  type FulfilPledge,
  type MakePledge,
  type PledgeCommand,
  type PledgeFacts,
} from './pledge.commands.js';
import { type PledgeEvent, type PledgeState } from './pledge.events.js';
import * as rules from './pledge.rules.js';
import { type ProofFacts } from './proof.js';

function make(state: PledgeState, command: MakePledge, { unknown }: PledgeFacts): PledgeEvent {
  const { id: pledge, text, occasion = null, meta } = command;
  rules.mustBeNew(state, pledge);
  const department = rules.pledgerOf(command.department, meta);
  departmentsMustStand('department', unknown);
  const { name, unit, target, direction = 'at-least' } = command.indicator;
  const indicator = { name, unit, target, direction };
  rules.mustBeMeasurable(indicator);
  rules.percentMustBeOfAHundred('indicator.target', unit, target);
  const dueOn = mustBeADay('dueOn', command.dueOn);
  rules.mustNotBeDueAlready(dueOn, meta);
  const data = { pledge, department, text, indicator, dueOn, dueAt: endOfDay(dueOn), occasion };
  return { type: 'PledgeMade', version: 1, data };
}

function fulfil(state: PledgeState, command: FulfilPledge, { found }: ProofFacts): PledgeEvent {
  const { id: pledge, value, documents = [], note = null, meta } = command;
  const made = rules.mustBeOpen(state, pledge);
  rules.mayFulfil(made, meta);
  rules.percentMustBeOfAHundred('value', made.indicator.unit, value);
  rules.targetMustBeReached(made, value);
  const evidence = proofsOf('events', found, documents);
  rules.evidenceMustNotBeAWord(found);
  const late = meta.occurredAt >= made.dueAt;
  const { department } = made;
  const data = { pledge, department, value, evidence, documents: [...new Set(documents)], late, note };
  return { type: 'PledgeFulfilled', version: 1, data };
}

/** One pledge (表态, 承诺): who promised which figure by which day, and what shows that it was reached. */
export const pledgeDecider: Decider<PledgeState, PledgeCommand, PledgeEvent> = {
  initial: { at: 'absent' },

  decide: decideBy({
    MakePledge: (state, command, facts) => [make(state, command, facts)],
    FulfilPledge: (state, command, facts) => [fulfil(state, command, facts)],
  }),

  evolve(state, event) {
    switch (event.type) {
      case 'PledgeMade':
        if (state.at !== 'absent') throw new Error(`${event.stream}: ${event.type} a second time`);
        return { at: 'open', made: event.data };
      case 'PledgeFulfilled':
        if (state.at !== 'open')
          throw new Error(`${event.stream}: ${event.type} of a pledge that is not open`);
        return { at: 'fulfilled', made: state.made };
      default:
        return impossible(event);
    }
  },
};
