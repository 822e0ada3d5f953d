import { REMEDIES } from '#libs/law/citations';
import { type WorkingCalendar } from '#libs/law/calendar';
import {
  applicantHolds,
  desk,
  effectiveAt,
  passTo,
  performer,
  reviewing,
  stopClock,
} from '../core/attribution.js';
import { levelsBetween, skippingNeedsAReason } from '../clock/clock.rules.js';
import {
  type ApplicationCommand,
  type RecordStep,
  type SubmitApplication,
} from '../application/application.commands.js';
import { dueDates, presentDue, receiptNumber } from '../clock/due.js';
import {
  type AcceptanceRefused,
  type ApplicationAccepted,
  type ApplicationApproved,
  type ApplicationClosed,
  type ApplicationEscalated,
  type ApplicationEvent,
  type ApplicationRefused,
  type ApplicationResubmitted,
  type ApplicationReturned,
  type ApplicationSentBack,
  type ApplicationSubmitted,
  type ApplicationTransferred,
  type ApplicationWithdrawn,
  type DecisionDelivered,
  type Holder,
  type ReviewerAssigned,
  type StepRecorded,
  type SupplementRequested,
  type SupplementSubmitted,
} from '../application/application.events.js';
import * as rules from '../application/application.acts.js';
import { type Existing, idOf } from '../application/application.state.js';
import { commitmentMustNotBeBreached } from '../ways/commitment.rules.js';
import { consultationRequested } from '../consultation/consultation.acts.js';
import { issuesMustBeDecided } from '../handling/issue.rules.js';
import { issue } from '../permit/permit.acts.js';
import { nothingMayBeMissing } from '../ways/deficiency.rules.js';
import { reviewerMustNotDecide, reviewMustHaveBegun } from './review.rules.js';

// One function for each command: what it does once the actor is competent and the stage is right.

type Command<Type extends ApplicationCommand['type']> = Extract<ApplicationCommand, { type: Type }>;

/** Where a whole stage is submitted, the application of its lead asks the other departments in the same breath. */
export function submit(calendar: WorkingCalendar, command: SubmitApplication): readonly ApplicationEvent[] {
  const { id, opening, meta, consult } = command;
  const promisedEnd = command.promisedEnd ?? null;
  rules.openingMustFit(id, opening, promisedEnd, meta);
  const holder = desk(opening.department);
  const submitted: ApplicationSubmitted = {
    type: 'ApplicationSubmitted',
    version: 1,
    data: {
      application: id,
      ...opening,
      channel: command.channel ?? null,
      materials: command.materials ?? [],
      promisedEnd,
      due: dueDates(calendar, opening.terms, promisedEnd, { receivedAt: meta.occurredAt, acceptedAt: null }),
      custody: { ended: null, holder },
    },
  };
  if (consult === undefined) return [submitted];
  const asked = { round: 1, at: meta.occurredAt, custody: { ended: null, holder } };
  const of = { application: id, project: opening.project };
  return [submitted, consultationRequested(calendar, of, consult, asked)];
}

/** What the applicant hands in after a notice goes back to the desk; after a return, to whoever was reviewing. */
export function handIn(
  state: Existing,
  command: Command<'SubmitApplication' | 'SubmitSupplement'>,
): SupplementSubmitted | ApplicationResubmitted {
  const materials = command.materials ?? [];
  return state.at === 'returned'
    ? {
        type: 'ApplicationResubmitted',
        version: 1,
        data: { ...idOf(state), materials, custody: passTo(state, command.meta, reviewing(state)) },
      }
    : {
        type: 'SupplementSubmitted',
        version: 1,
        data: { ...idOf(state), materials, custody: passTo(state, command.meta, desk(state.department)) },
      };
}

export function requestSupplement(
  state: Existing,
  command: Command<'RequestSupplement'>,
): SupplementRequested {
  return {
    type: 'SupplementRequested',
    version: 1,
    data: {
      ...idOf(state),
      items: command.items.map(({ material, reason }) => ({ material, reason })),
      round: state.supplementRounds + 1,
      custody: passTo(state, command.meta, applicantHolds(state.applicant)),
    },
  };
}

export function accept(
  calendar: WorkingCalendar,
  state: Existing,
  { note, meta }: Pick<Command<'AcceptApplication'>, 'note' | 'meta'>,
): ApplicationAccepted {
  const acceptedAt = effectiveAt(state, meta);
  return {
    type: 'ApplicationAccepted',
    version: 1,
    data: {
      ...idOf(state),
      receiptNumber: receiptNumber(state.application, acceptedAt),
      note: note ?? null,
      due: presentDue(calendar, { ...state, clock: { ...state.clock, acceptedAt } }),
      custody: passTo(state, meta, desk(state.department)),
    },
  };
}

export function refuseAcceptance(state: Existing, command: Command<'RefuseAcceptance'>): AcceptanceRefused {
  rules.reasonsAreOwed(command);
  const { article, reason, remedies, meta } = command;
  return {
    type: 'AcceptanceRefused',
    version: 1,
    data: {
      ...idOf(state),
      article,
      reason,
      remedies: remedies ?? REMEDIES,
      custody: passTo(state, meta, null),
    },
  };
}

/** Assigning again whom the case is with already adds nothing. */
export function assign(state: Existing, command: Command<'AssignReviewer'>): ReviewerAssigned[] {
  const { person, post = null, meta } = command;
  const department = rules.assigningDepartment(state, meta);
  const reviewer: Holder = { party: 'department', department, post, person };
  const { holder } = state;
  const holds = holder?.department === department && holder.person === person && holder.post === post;
  if (holds && state.reviewer?.person === person && state.reviewer.post === post) return [];
  return [
    {
      type: 'ReviewerAssigned',
      version: 1,
      data: { ...idOf(state), department, post, person, custody: passTo(state, meta, reviewer) },
    },
  ];
}

/**
 * A step done. It hands nothing on, except in a joint matter, where whoever works on the case holds it until the next
 * one does. After the end only steps of an imported log are taken: the stretch before such a step belongs to whoever
 * completed it, and the case stays with nobody (with the desk, while the decision waits for delivery).
 */
export function recordStep(state: Existing, command: RecordStep): StepRecorded {
  const { step, note = null, meta } = command;
  const source = command.source ?? null;
  const afterEnd = rules.isOver(state);
  const joint = state.department === null && state.holder?.party === 'department';
  const { department, post, person } = meta.actor;
  return {
    type: 'StepRecorded',
    version: 1,
    data: {
      ...idOf(state),
      step,
      department,
      post,
      person,
      note,
      source,
      afterEnd,
      custody: passTo(state, meta, joint && !afterEnd ? performer(meta) : state.holder),
    },
  };
}

export function sendBack(
  state: Existing,
  { reason, meta }: Command<'SendBackApplication'>,
): ApplicationSentBack {
  return {
    type: 'ApplicationSentBack',
    version: 1,
    data: { ...idOf(state), reason, custody: passTo(state, meta, reviewing(state)) },
  };
}

export function giveBack(state: Existing, command: Command<'ReturnApplication'>): ApplicationReturned {
  const { reason, article = null, meta } = command;
  return {
    type: 'ApplicationReturned',
    version: 1,
    data: {
      ...idOf(state),
      reason,
      article,
      round: state.returnRounds + 1,
      custody: passTo(state, meta, applicantHolds(state.applicant)),
    },
  };
}

/** What a case ends well on: nothing is missing, nothing that was promised instead was found broken. */
function mustBeComplete(state: Existing): void {
  nothingMayBeMissing(state);
  commitmentMustNotBeBreached(state);
}

export function approve(state: Existing, command: Command<'ApproveApplication'>): ApplicationApproved {
  reviewerMustNotDecide(state, command.meta);
  rules.prerequisitesMustBeGranted(state.application, command.missing);
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
  rules.reasonsAreOwed(command);
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

export function transfer(state: Existing, command: Command<'TransferApplication'>): ApplicationTransferred {
  const { department, post = null, person = null, reason, meta } = command;
  rules.receivingDepartmentMustExist(department, command.departmentKnown);
  const to: Holder = { party: 'department', department, post, person };
  rules.transferMustChangeSomething(state, to);
  return {
    type: 'ApplicationTransferred',
    version: 1,
    data: {
      ...idOf(state),
      from: state.department ?? state.holder?.department ?? null,
      to: { department, post, person },
      reason,
      custody: passTo(state, meta, to),
    },
  };
}

export function escalate(state: Existing, command: Command<'EscalateApplication'>): ApplicationEvent[] {
  const { reason, skipReason = null } = command;
  const level = rules.levelMustBeHigher(state, command.level);
  const skipped = levelsBetween(state.level, level);
  skippingNeedsAReason(state, skipped, skipReason);
  const escalated: ApplicationEscalated = {
    type: 'ApplicationEscalated',
    version: 1,
    data: { ...idOf(state), level, from: state.level, reason },
  };
  if (skipped.length === 0) return [escalated];
  const data = { ...idOf(state), skipped, reason: skipReason ?? '' };
  return [escalated, { type: 'EscalationLevelSkipped', version: 1, data }];
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
  rules.noDecisionMayBeOwed(state);
  mustBeComplete(state);
  return {
    type: 'ApplicationClosed',
    version: 1,
    data: { ...idOf(state), outcome, clock: stopClock(state, meta), custody: passTo(state, meta, null) },
  };
}
