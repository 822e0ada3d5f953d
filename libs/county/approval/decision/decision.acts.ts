import { REMEDIES } from '#libs/law/citations';
import { type ApplicationCommand } from '../application/application.commands.js';
import { type ApplicationEvent } from '../application/application.events.js';
import { desk, passTo, stopClock } from '../core/attribution.js';
import { type Existing, idOf } from '../core/facts.js';
import { reasonsAreOwed } from '../core/reasons.rules.js';
import { issuesMustBeDecided } from '../handling/issue.rules.js';
import { issue } from '../permit/permit.acts.js';
import { commitmentMustNotBeBreached } from '../ways/commitment.rules.js';
import { nothingMayBeMissing } from '../ways/deficiency.rules.js';
import {
  type ApplicationApproved,
  type ApplicationClosed,
  type ApplicationRefused,
  type ApplicationWithdrawn,
  type DecisionDelivered,
} from './decision.events.js';
import { noDecisionMayBeOwed, prerequisitesMustBeGranted } from './decision.rules.js';
import { reviewerMustNotDecide, reviewMustHaveBegun } from './review.rules.js';

// One function for each command: what it does once the actor is competent and the stage is right.

export type Command<Type extends ApplicationCommand['type']> = Extract<ApplicationCommand, { type: Type }>;

/** What a case ends well on: nothing is missing, nothing that was promised instead was found broken. */
function mustBeComplete(state: Existing): void {
  nothingMayBeMissing(state);
  commitmentMustNotBeBreached(state);
}

export function approve(state: Existing, command: Command<'ApproveApplication'>): ApplicationApproved {
  reviewerMustNotDecide(state, command.meta);
  prerequisitesMustBeGranted(state.application, command.missing);
  mustBeComplete(state);
  reviewMustHaveBegun(state, command);
  const { permit = null, opinion = null, meta } = command;
  const custody = passTo(state, meta, desk(state.department));
  return {
    type: 'ApplicationApproved',
    version: 1,
    data: { ...idOf(state), permit, opinion, clock: stopClock(state, meta), custody },
  };
}

/** An approval that says how long it holds issues a permit with an end. */
export function issued(
  events: readonly ApplicationEvent[],
  { validUntil, meta }: Command<'ApproveApplication'>,
): readonly ApplicationEvent[] {
  const approved = events.at(-1);
  if (validUntil === undefined || approved?.type !== 'ApplicationApproved') return events;
  return [...events, issue(approved, validUntil, meta.occurredAt)];
}

export function refuse(state: Existing, command: Command<'RefuseApplication'>): ApplicationRefused {
  reviewerMustNotDecide(state, command.meta);
  reasonsAreOwed(command);
  issuesMustBeDecided(state);
  reviewMustHaveBegun(state, command);
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

export function withdraw(state: Existing, command: Command<'WithdrawApplication'>): ApplicationWithdrawn {
  const { reason = null, meta } = command;
  return {
    type: 'ApplicationWithdrawn',
    version: 1,
    data: { ...idOf(state), reason, clock: stopClock(state, meta), custody: passTo(state, meta, null) },
  };
}

export function deliver(state: Existing, command: Command<'DeliverDecision'>): DecisionDelivered {
  const { method = 'at-the-window', recipient = null, meta } = command;
  return {
    type: 'DecisionDelivered',
    version: 1,
    data: { ...idOf(state), method, recipient, custody: passTo(state, meta, null) },
  };
}

export function close(
  state: Existing,
  { outcome, meta }: Pick<Command<'CloseApplication'>, 'outcome' | 'meta'>,
): ApplicationClosed {
  noDecisionMayBeOwed(state);
  mustBeComplete(state);
  return {
    type: 'ApplicationClosed',
    version: 1,
    data: { ...idOf(state), outcome, clock: stopClock(state, meta), custody: passTo(state, meta, null) },
  };
}
