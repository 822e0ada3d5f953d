import { type Decider, impossible } from '#libs/engine/event-sourcing';
import { type WorkingCalendar } from '#libs/law/calendar';
import { extend, resume, suspend } from '../clock/clock.acts.js';
import { clockMustRun } from '../clock/clock.rules.js';
import { presentDueUnder } from '../clock/due.js';
import {
  answerConsultation,
  closeConsultation,
  joined,
  requestConsultation,
} from '../consultation/consultation.acts.js';
import { ABSENT } from '../core/facts.js';
import { mustBeAnInstant, timeMustNotRunBackwards } from '../core/times.rules.js';
import { approve, close, deliver, issued, refuse, withdraw } from '../decision/decision.acts.js';
import { completeImmediately } from '../decision/immediate.acts.js';
import { escalate, sendDown } from '../escalation/escalation.acts.js';
import { assign, giveBack, recordStep, sendBack, transfer } from '../handling/handling.acts.js';
import { decideIssue, propose, raise } from '../handling/issue.acts.js';
import { accept, handIn, refuseAcceptance, requestSupplement, submit } from '../intake/intake.acts.js';
import { amend, cancel, recall, renew, revoke, use } from '../permit/permit.acts.js';
import { rateService } from '../record/rating.acts.js';
import { correctRecord, recordBackEntry } from '../record/record.acts.js';
import { checkCommitment, makeCommitment } from '../ways/commitment.acts.js';
import { acceptWithDeficiency, fulfilDeficiency, lapseDeficiency } from '../ways/deficiency.acts.js';
import { approveSpecialHandling, grantFastTrack } from '../ways/ways.acts.js';
import { actorMustBeCompetent, mustBeAtItsStage, mustBeSubmitted } from './application.acts.js';
import { type ApplicationCommand } from './application.commands.js';
import { type ApplicationEvent } from './application.events.js';
import { type ApplicationState, evolve } from './application.state.js';
import { type CorrectingDecider, withApplicantCorrection } from './correcting.js';
import { withDisputes } from './disputing.js';
import { fireTimer } from './fire-timer.js';
import { type SignalTables, withSignals } from './signalling.js';
import { withSuccession } from './succeeding.js';

/**
 * The rules of one application (办件). Checks come in a fixed order, and the first that fails is the answer: does it
 * exist, is the actor competent, is it the stage for this act, do times run forward, is the content acceptable.
 */
function actsDecider({
  calendar,
}: {
  readonly calendar: WorkingCalendar;
}): Decider<ApplicationState, ApplicationCommand, ApplicationEvent> {
  const presentDue = presentDueUnder(calendar);
  return {
    initial: ABSENT,
    evolve,
    decide(given, command) {
      mustBeAnInstant('occurredAt', command.meta.occurredAt);
      if (given.at === 'absent' && command.type === 'SubmitApplication') return submit(calendar, command);
      mustBeSubmitted(given, command);
      // A notice of holidays may have come since the due dates were stored.
      const state = { ...given, due: presentDue(given) };
      actorMustBeCompetent(state, command);
      if (command.type === 'FireTimer') return fireTimer(calendar, state, command);
      mustBeAtItsStage(state, command);
      clockMustRun(state, command);
      // A back-entry says what happened before: it has a time of its own.
      if (command.type !== 'RecordBackEntry') timeMustNotRunBackwards(state, command.meta);
      switch (command.type) {
        case 'SubmitApplication':
        case 'SubmitSupplement':
          return [handIn(state, command)];
        case 'RequestSupplement':
          return [requestSupplement(state, command)];
        case 'AcceptApplication':
          return [accept(calendar, state, command)];
        case 'RefuseAcceptance':
          return [refuseAcceptance(state, command)];
        case 'AssignReviewer':
          return assign(state, command);
        case 'RecordStep':
          return [recordStep(state, command)];
        case 'SendBackApplication':
          return [sendBack(state, command)];
        case 'ReturnApplication':
          return [giveBack(state, command)];
        case 'ApproveApplication':
          return issued(
            joined(state, command.meta, (then) => approve(then, command)),
            command,
          );
        case 'RefuseApplication':
          return joined(state, command.meta, (then) => refuse(then, command));
        case 'WithdrawApplication':
          return [withdraw(state, command)];
        case 'TransferApplication':
          return [transfer(state, command)];
        case 'EscalateApplication':
          return escalate(state, command);
        case 'DeliverDecision':
          return [deliver(state, command)];
        case 'CloseApplication':
          return joined(state, command.meta, (then) => close(then, command));
        case 'SuspendClock':
          return [suspend(calendar, state, command)];
        case 'ResumeClock':
          return [resume(calendar, state, command)];
        case 'ExtendTimeLimit':
          return [extend(calendar, state, command)];
        case 'SendDownApplication':
          return [sendDown(state, command)];
        case 'ApproveSpecialHandling':
          return [approveSpecialHandling(state, command)];
        case 'GrantFastTrack':
          return [grantFastTrack(calendar, state, command)];
        case 'AcceptWithDeficiency':
          return acceptWithDeficiency(calendar, state, command);
        case 'FulfilDeficiency':
          return [fulfilDeficiency(state, command)];
        case 'LapseDeficiency':
          return [lapseDeficiency(state, command)];
        case 'MakeCommitment':
          return [makeCommitment(state, command)];
        case 'CheckCommitment':
          return [checkCommitment(state, command)];
        case 'CompleteImmediately':
          return completeImmediately(calendar, state, command);
        case 'RequestConsultation':
          return [requestConsultation(calendar, state, command)];
        case 'AnswerConsultation':
          return [answerConsultation(calendar, state, command)];
        case 'CloseConsultation':
          return [closeConsultation(state, command)];
        case 'AmendPermit':
          return [amend(state, command)];
        case 'RenewPermit':
          return [renew(state, command)];
        case 'ReportPermitUse':
          return [use(state, command)];
        case 'RecallPermit':
          return [recall(state, command)];
        case 'RevokePermit':
          return [revoke(state, command)];
        case 'CancelPermit':
          return [cancel(state, command)];
        case 'RaiseIssue':
          return [raise(state, command)];
        case 'ProposeIssueOption':
          return [propose(state, command)];
        case 'DecideIssue':
          return [decideIssue(state, command)];
        case 'CorrectRecord':
          return [correctRecord(state, command)];
        case 'RecordBackEntry':
          return [recordBackEntry(calendar, state, command)];
        case 'RateService':
          return [rateService(state, command)];
        default:
          return impossible(command);
      }
    },
  };
}

/**
 * The rules of one application, with the signals of what was done, disputes over whose it is, reforms that move it, and
 * corrections of whose request it is.
 */
export const applicationDecider = (tables: SignalTables): CorrectingDecider =>
  withApplicantCorrection(withSuccession(withDisputes(withSignals(actsDecider(tables), tables))));
