import { isImported } from '#libs/engine/event-sourcing';
import { applicantHolds, desk, passTo, performer, reviewing } from '../core/attribution.js';
import { type Decide } from '../core/deciding.js';
import { type SubmittedApplication, idOf, isOver } from '../core/facts.js';
import { type Holder } from '../core/holder.js';
import {
  type AssignReviewer,
  type HandlingCommand,
  type RecordStep,
  type ReturnApplication,
  type ReturnFacts,
  type SendBackApplication,
  type TransferApplication,
  type TransferFacts,
} from './handling.commands.js';
import {
  type ApplicationReturned,
  type ApplicationSentBack,
  type ApplicationTransferred,
  type HandlingEvent,
  type ReviewerAssigned,
  type StepRecorded,
} from './handling.events.js';
import {
  assigningDepartment,
  receivingDepartmentMustExist,
  secondMustBeAnother,
  transferMustChangeSomething,
} from './handling.rules.js';

/** Assigning again whom the application is with already adds nothing. */
function assign(state: SubmittedApplication, command: AssignReviewer): ReviewerAssigned[] {
  const { person, post = null, meta } = command;
  const department = assigningDepartment(state, meta);
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
 * A step done. It changes no holder, except in a joint matter, where the person who works on the application holds it until
 * the next one does. After the end only steps of an imported log are accepted: the time before such a step belongs to no
 * one, and the application has no holder (or the desk, while the decision waits for delivery).
 */
function recordStep(state: SubmittedApplication, command: RecordStep): StepRecorded {
  const { step, note = null, second = null, meta } = command;
  secondMustBeAnother(state.application, second, meta);
  const source = command.source ?? null;
  const afterEnd = isOver(state);
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
      ...(second !== null && { second }),
      note,
      source,
      ...(command.begunAt !== undefined && { begunAt: command.begunAt }),
      afterEnd,
      custody: passTo(state, meta, joint && !afterEnd ? performer(meta) : state.holder),
    },
  };
}

function sendBack(
  state: SubmittedApplication,
  { reason, meta }: Pick<SendBackApplication, 'reason' | 'meta'>,
  to: Holder,
): ApplicationSentBack {
  const custody = passTo(state, meta, to);
  return { type: 'ApplicationSentBack', version: 1, data: { ...idOf(state), reason, custody } };
}

function handBack(
  state: SubmittedApplication,
  command: ReturnApplication,
  facts: ReturnFacts,
): ApplicationReturned | ApplicationSentBack {
  const { to = 'applicant' } = command;
  if (to === 'applicant') return returnToApplicant(state, command, facts);
  return sendBack(state, command, desk(state.department));
}

/** A return without an article of the matter's own law moves no clock: the holder stays the holder. */
function returnToApplicant(
  state: SubmittedApplication,
  command: ReturnApplication,
  { restsOnOwnLaw }: ReturnFacts,
): ApplicationReturned {
  const { reason, article = null, meta } = command;
  const deviates = !restsOnOwnLaw && !isImported(meta);
  return {
    type: 'ApplicationReturned',
    version: 1,
    data: {
      ...idOf(state),
      reason,
      article,
      ...(deviates && { deviates }),
      round: state.returnRounds + 1,
      custody: deviates
        ? { ended: null, holder: state.holder }
        : passTo(state, meta, applicantHolds(state.applicant)),
    },
  };
}

function transfer(
  state: SubmittedApplication,
  command: TransferApplication,
  { departmentKnown }: TransferFacts,
): ApplicationTransferred {
  const { department, post = null, person = null, reason, meta } = command;
  receivingDepartmentMustExist(department, departmentKnown);
  const to: Holder = { party: 'department', department, post, person };
  transferMustChangeSomething(state, to);
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

export const HANDLING_DECISIONS: Decide<HandlingCommand, HandlingEvent> = {
  AssignReviewer: assign,
  RecordStep: (state, command) => [recordStep(state, command)],
  SendBackApplication: (state, command) => [sendBack(state, command, reviewing(state))],
  ReturnApplication: (state, command, _, facts) => [handBack(state, command, facts)],
  TransferApplication: (state, command, _, facts) => [transfer(state, command, facts)],
};
