import { REMEDIES } from '#libs/law/citations';
import { type WorkingCalendar } from '#libs/law/calendar';
import { afterOpinions } from '../consultation/consultation.acts.js';
import { type ConsultationOverdue } from '../consultation/consultation.events.js';
import { opinionsMustBeIn } from '../consultation/consultation.rules.js';
import { type WithConsultation } from '../consultation/consultation.state.js';
import { desk, passTo, stopClock } from '../core/attribution.js';
import { type Decide } from '../core/deciding.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import { reasonsAreOwed } from '../core/reasons.rules.js';
import { issuesMustBeDecided } from '../handling/issue.rules.js';
import { type WithIssues } from '../handling/issue.state.js';
import { accept } from '../intake/intake.acts.js';
import { type ApplicationAccepted } from '../intake/intake.events.js';
import { type MaterialFacts, materialsMustBeComplete } from '../intake/material.rules.js';
import { issue } from '../permit/permit.acts.js';
import { commitmentMustNotBeBreached } from '../ways/commitment.rules.js';
import { type PermitIssued } from '../permit/permit.events.js';
import { type WithWays } from '../ways/ways.state.js';
import { nothingMayBeMissing } from '../ways/deficiency.rules.js';
import {
  type ApprovalFacts,
  type ApproveApplication,
  type CloseApplication,
  type CompleteImmediately,
  type DecisionCommand,
  type DecisionFacts,
  type DeliverDecision,
  type PrerequisiteFacts,
  type RefuseApplication,
  type WithdrawApplication,
} from './decision.commands.js';
import {
  type ApplicationApproved,
  type ApplicationClosed,
  type ApplicationRefused,
  type ApplicationWithdrawn,
  type DecisionDelivered,
  type DecisionEvent,
} from './decision.events.js';
import {
  matterMustBeImmediate,
  noDecisionMayBeOwed,
  outcomeMustSuitAFiling,
  prerequisitesMustBeGranted,
} from './decision.rules.js';
import {
  examinationMustBeWhole,
  reviewerMustNotDecide,
  reviewMustHaveBegun,
  type WithReview,
} from './review.rules.js';

/** What a decision rests on in addition to the facts of every chapter. */
type Deciding = SubmittedApplication & WithWays & WithIssues & WithReview & WithConsultation;

/** What an application ends well on: nothing is missing, nothing that was promised instead was found broken. */
function mustBeComplete(state: SubmittedApplication & WithWays): void {
  nothingMayBeMissing(state);
  commitmentMustNotBeBreached(state);
}

function approve(
  state: Deciding,
  command: ApproveApplication,
  { missing, needsReview, owed = [] }: ApprovalFacts,
): ApplicationApproved {
  reviewerMustNotDecide(state, command.meta);
  prerequisitesMustBeGranted(state, missing);
  mustBeComplete(state);
  reviewMustHaveBegun(state, needsReview, command.meta);
  examinationMustBeWhole(state, owed, command.meta);
  const { permit = null, opinion = null, meta } = command;
  const custody = passTo(state, meta, desk(state.department));
  return {
    type: 'ApplicationApproved',
    version: 1,
    data: { ...idOf(state), permit, opinion, clock: stopClock(state, meta), custody },
  };
}

/** An approval with a term of validity issues a permit with an end. */
function permitOf({ data }: ApplicationApproved, { validUntil, meta }: ApproveApplication): PermitIssued[] {
  return validUntil === undefined ? [] : [issue(data, validUntil, meta.occurredAt)];
}

function refuseApplication(
  state: Deciding,
  command: RefuseApplication,
  { needsReview, owed = [] }: DecisionFacts,
): ApplicationRefused {
  reviewerMustNotDecide(state, command.meta);
  reasonsAreOwed(command);
  issuesMustBeDecided(state);
  reviewMustHaveBegun(state, needsReview, command.meta);
  examinationMustBeWhole(state, owed, command.meta);
  const { article, reason, remedies, meta } = command;
  const custody = passTo(state, meta, desk(state.department));
  return {
    type: 'ApplicationRefused',
    version: 1,
    data: {
      ...idOf(state),
      article,
      reason,
      remedies: remedies ?? REMEDIES,
      clock: stopClock(state, meta),
      custody,
    },
  };
}

function withdraw(state: SubmittedApplication, command: WithdrawApplication): ApplicationWithdrawn {
  const { reason = null, meta } = command;
  return {
    type: 'ApplicationWithdrawn',
    version: 1,
    data: { ...idOf(state), reason, clock: stopClock(state, meta), custody: passTo(state, meta, null) },
  };
}

function deliver(state: SubmittedApplication, command: DeliverDecision): DecisionDelivered {
  const { method = 'at-the-window', recipient = null, meta } = command;
  return {
    type: 'DecisionDelivered',
    version: 1,
    data: { ...idOf(state), method, recipient, custody: passTo(state, meta, null) },
  };
}

function close(
  state: SubmittedApplication & WithWays,
  { outcome, meta }: Pick<CloseApplication, 'outcome' | 'meta'>,
  { missing }: PrerequisiteFacts,
): ApplicationClosed {
  noDecisionMayBeOwed(state);
  outcomeMustSuitAFiling(state, outcome, meta);
  prerequisitesMustBeGranted(state, missing);
  mustBeComplete(state);
  return {
    type: 'ApplicationClosed',
    version: 1,
    data: { ...idOf(state), outcome, clock: stopClock(state, meta), custody: passTo(state, meta, null) },
  };
}

/** Acceptance and completion in one act at the window, at one instant. */
function completeImmediately(
  calendar: WorkingCalendar,
  state: SubmittedApplication & WithWays & WithConsultation,
  { outcome, meta }: CompleteImmediately,
  facts: MaterialFacts & PrerequisiteFacts,
): readonly [ApplicationAccepted, ApplicationClosed] {
  matterMustBeImmediate(state);
  opinionsMustBeIn(state, meta.occurredAt);
  materialsMustBeComplete(state, facts.listed);
  const accepted = accept(calendar, state, { meta });
  const { due, custody } = accepted.data;
  const after: SubmittedApplication & WithWays = {
    ...state,
    at: 'accepted',
    due,
    holder: custody.holder,
    since: custody.ended?.to ?? state.since,
  };
  return [accepted, close(after, { outcome, meta }, facts)];
}

export const DECISION_DECISIONS: Decide<
  DecisionCommand,
  DecisionEvent | ApplicationAccepted | ConsultationOverdue | PermitIssued,
  Deciding
> = {
  ApproveApplication: (state, command, _, facts) =>
    afterOpinions(state, command.meta, (then) => approve(then, command, facts)).flatMap(
      (event): (typeof event | PermitIssued)[] =>
        event.type === 'ApplicationApproved' ? [event, ...permitOf(event, command)] : [event],
    ),
  RefuseApplication: (state, command, _, facts) =>
    afterOpinions(state, command.meta, (then) => refuseApplication(then, command, facts)),
  WithdrawApplication: (state, command) => [withdraw(state, command)],
  DeliverDecision: (state, command) => [deliver(state, command)],
  CloseApplication: (state, command, _, facts) =>
    afterOpinions(state, command.meta, (then) => close(then, command, facts)),
  CompleteImmediately: (state, command, calendar, facts) =>
    completeImmediately(calendar, state, command, facts),
};
