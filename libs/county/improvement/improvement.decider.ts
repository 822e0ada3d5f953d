import {
  type CommandMeta,
  decideBy,
  type Decider,
  type Decisions,
  impossible,
  type Recorded,
} from '#libs/engine/event-sourcing';
import {
  type ImprovementCommand,
  type ProposalFacts,
  type ProposeImprovement,
} from './improvement.commands.js';
import { type ImprovementEvent, type ImprovementProposed } from './improvement.events.js';
import {
  deciderMustBeCompetent,
  matterMustBeInForce,
  refuse,
  trialMustBeginRightly,
} from './improvement.rules.js';

type KnownImprovement = {
  readonly at: 'proposed' | 'trial' | 'adopted' | 'dropped';
  readonly improvement: string;
  readonly matter: string;
  readonly department: string | null;
  readonly proposedAt: string;
  /** First legal day of the trial; null before it was ordered. */
  readonly trialFrom: string | null;
};
export type ImprovementState = { readonly at: 'absent' } | KnownImprovement;

/** Only an undecided improvement can be tried or decided on, by a competent person. */
function mustBeUndecided(state: ImprovementState, improvement: string, meta: CommandMeta): KnownImprovement {
  if (state.at === 'absent') return refuse('improvement.unknown', { improvement }, 'absent');
  deciderMustBeCompetent(improvement, state.department, meta);
  if (state.at === 'adopted' || state.at === 'dropped') {
    return refuse('improvement.decided', { improvement }, 'state');
  }
  return state;
}

function proposed(command: ProposeImprovement, facts: ProposalFacts): ImprovementProposed {
  const { id: improvement, matter, title, change, expected = null } = command;
  const { version: matterVersion, department } = matterMustBeInForce(command, facts);
  return {
    type: 'ImprovementProposed',
    version: 1,
    data: { improvement, matter, matterVersion, department, title, change, expected },
  };
}

const DECISIONS: Decisions<ImprovementState, ImprovementCommand, ImprovementEvent> = {
  ProposeImprovement(state, command, facts) {
    const { id: improvement } = command;
    if (state.at !== 'absent') return refuse('improvement.exists', { improvement }, 'state');
    return [proposed(command, facts)];
  },
  StartTrial(state, command, facts) {
    const { id: improvement, from, matterVersion = null, meta } = command;
    const known = mustBeUndecided(state, improvement, meta);
    if (known.at === 'trial') return refuse('improvement.on-trial', { improvement }, 'state');
    trialMustBeginRightly(known, command, facts);
    const data = { improvement, matter: known.matter, from, matterVersion };
    return [{ type: 'ImprovementTrialStarted', version: 1, data }];
  },
  AdoptImprovement(state, { id: improvement, reason, meta }, { effect }) {
    const { matter, trialFrom: from } = mustBeUndecided(state, improvement, meta);
    if (from === null) return refuse('improvement.not-on-trial', { improvement }, 'state');
    if (effect === null) return refuse('improvement.nothing-measured', { improvement, from }, 'state');
    return [{ type: 'ImprovementAdopted', version: 1, data: { improvement, matter, reason, effect } }];
  },
  DropImprovement(state, { id: improvement, reason, meta }, { effect }) {
    const { matter } = mustBeUndecided(state, improvement, meta);
    return [{ type: 'ImprovementDropped', version: 1, data: { improvement, matter, reason, effect } }];
  },
};

function evolve(state: ImprovementState, event: Recorded<ImprovementEvent>): ImprovementState {
  if (event.type === 'ImprovementProposed') {
    if (state.at !== 'absent') throw new Error(`${event.stream}: ImprovementProposed a second time`);
    const { improvement, matter, department } = event.data;
    const { occurredAt: proposedAt } = event.metadata;
    return { at: 'proposed', improvement, matter, department, proposedAt, trialFrom: null };
  }
  if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before ImprovementProposed`);
  switch (event.type) {
    case 'ImprovementTrialStarted':
      return { ...state, at: 'trial', trialFrom: event.data.from };
    case 'ImprovementAdopted':
      return { ...state, at: 'adopted' };
    case 'ImprovementDropped':
      return { ...state, at: 'dropped' };
    default:
      return impossible(event);
  }
}

/** 改进: proposed, tried from a day on, then adopted or dropped on what was measured. */
export const improvementDecider: Decider<ImprovementState, ImprovementCommand, ImprovementEvent> = {
  initial: { at: 'absent' },
  decide: decideBy(DECISIONS),
  evolve,
};
