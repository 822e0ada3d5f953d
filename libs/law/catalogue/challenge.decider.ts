import { addWorkingDays, dayOf, endOfDay, type WorkingCalendar } from '#libs/law/calendar';
import { decideBy, type Decider, type Decisions, impossible } from '#libs/engine/event-sourcing';
import {
  type AnswerChallenge,
  type AnswererFacts,
  type ChallengeCommand,
  type ChallengeFacts,
  type ChallengeThreshold,
  type ConfirmWithdrawal,
  type WithdrawCondition,
} from './challenge.commands.js';
import { type Proposal } from './catalogue.rules.js';
import { type ChallengeEvent, type Condition, type ThresholdChallenged } from './challenge.events.js';
import {
  ANSWER_WITHIN_DAYS,
  answererMustBeCompetent,
  citedArticle,
  mustBeProposedByAnother,
  refuse,
  targetMustAskForIt,
} from './challenge.rules.js';

export type KnownChallenge = {
  readonly at: 'open' | 'answered' | 'withdrawn';
  readonly challenge: string;
  readonly matter: string;
  readonly department: string | null;
  readonly condition: Condition;
  readonly dueAt: string;
  readonly escalated: boolean;
  /** That the condition goes, which another person has to confirm; absent if nobody proposed it. */
  readonly proposed?: Proposal;
};
export type ChallengeState = { readonly at: 'absent' } | KnownChallenge;

/** Only an open challenge of one's own department can be answered, and a condition withdrawn for it. */
export function mustBeOpenFor(
  state: ChallengeState,
  command: AnswerChallenge | WithdrawCondition | ConfirmWithdrawal,
  facts: AnswererFacts,
): KnownChallenge {
  const { id: challenge } = command;
  if (state.at === 'absent') return refuse('challenge.unknown', { challenge }, 'absent');
  answererMustBeCompetent(command, facts);
  if (state.at !== 'open') return refuse('challenge.closed', { challenge }, 'state');
  return state;
}

function challenged(
  calendar: WorkingCalendar,
  command: ChallengeThreshold,
  facts: ChallengeFacts,
): ThresholdChallenged {
  const { id: challenge, matter, condition, reason, meta } = command;
  const { version, department } = targetMustAskForIt(command, facts);
  const dueAt = endOfDay(addWorkingDays(calendar, dayOf(meta.occurredAt), ANSWER_WITHIN_DAYS));
  return {
    type: 'ThresholdChallenged',
    version: 1,
    data: {
      challenge,
      matter,
      matterVersion: version,
      department,
      condition: { kind: condition.kind, name: condition.name },
      reason,
      dueAt,
    },
  };
}

const decisions = (
  calendar: WorkingCalendar,
): Decisions<ChallengeState, ChallengeCommand, ChallengeEvent> => ({
  ChallengeThreshold(state, command, facts) {
    if (state.at !== 'absent') return refuse('challenge.exists', { challenge: command.id }, 'state');
    return [challenged(calendar, command, facts)];
  },
  AnswerChallenge(state, command, facts) {
    const { matter, dueAt } = mustBeOpenFor(state, command, facts);
    const { id: challenge, law, article, explanation, meta } = command;
    const late = meta.occurredAt > dueAt;
    const data = { challenge, matter, law, article, explanation, late };
    return [{ type: 'ChallengeAnswered', version: 1, data }];
  },
  WithdrawCondition(state, command, facts) {
    const { matter, condition } = mustBeOpenFor(state, command, facts);
    const { id: challenge, reason } = command;
    const data = { challenge, matter, condition, reason, article: citedArticle(command) };
    return [{ type: 'WithdrawalProposed', version: 1, data }];
  },
  ConfirmWithdrawal(state, command, facts) {
    const known = mustBeOpenFor(state, command, facts);
    const { reason, article, by: proposedBy } = mustBeProposedByAnother(known, command.meta);
    const { matter, condition, dueAt } = known;
    const { id: challenge, meta } = command;
    const { matterVersion } = facts;
    const late = meta.occurredAt > dueAt;
    const data = { challenge, matter, condition, reason, matterVersion, late, article, proposedBy };
    return [{ type: 'ConditionWithdrawn', version: 1, data }];
  },
  EscalateChallenge(state, { id: challenge, meta }) {
    if (state.at === 'absent') return refuse('challenge.unknown', { challenge }, 'absent');
    if (state.at !== 'open') return refuse('challenge.closed', { challenge }, 'state');
    const { matter, dueAt, escalated } = state;
    if (meta.now <= dueAt) return refuse('challenge.not-overdue', { challenge, dueAt }, 'state');
    if (escalated) return [];
    return [{ type: 'ChallengeEscalated', version: 1, data: { challenge, matter, dueAt } }];
  },
});

/** 对办理条件提出异议: challenged, then answered with a basis or withdrawn; past its limit it may be escalated. */
export function challengeDecider({
  calendar,
}: {
  readonly calendar: WorkingCalendar;
}): Decider<ChallengeState, ChallengeCommand, ChallengeEvent> {
  return {
    initial: { at: 'absent' },
    decide: decideBy(decisions(calendar)),
    evolve(state, event) {
      if (event.type === 'ThresholdChallenged') {
        if (state.at !== 'absent') throw new Error(`${event.stream}: ThresholdChallenged a second time`);
        const { challenge, matter, department, condition, dueAt } = event.data;
        return { at: 'open', challenge, matter, department, condition, dueAt, escalated: false };
      }
      if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before ThresholdChallenged`);
      switch (event.type) {
        case 'ChallengeAnswered':
          return { ...state, at: 'answered' };
        case 'WithdrawalProposed': {
          const { reason, article } = event.data;
          return { ...state, proposed: { reason, article, by: event.metadata.actor.person } };
        }
        case 'ConditionWithdrawn':
          return { ...state, at: 'withdrawn' };
        case 'ChallengeEscalated':
          return { ...state, escalated: true };
        default:
          return impossible(event);
      }
    },
  };
}
