import { type WorkingCalendar } from '#libs/law/calendar';
import { type Decider, impossible } from '#libs/engine/event-sourcing';
import { type CorrectingDecider, withApplicantCorrection } from './correcting.js';
import * as acts from '../decision/decision.acts.js';
import * as clockActs from '../clock/clock.acts.js';
import { clockMustRun } from '../clock/clock.rules.js';
import { type ApplicationCommand } from './application.commands.js';
import { presentDueUnder } from '../clock/due.js';
import { type ApplicationEvent } from './application.events.js';
import * as rules from './application.acts.js';
import { withDisputes } from './disputing.js';
import { type SignalTables, withSignals } from './signalling.js';
import { withSuccession } from './succeeding.js';
import { ABSENT, type ApplicationState, evolve } from './application.state.js';
import * as commitment from '../ways/commitment.acts.js';
import * as consultation from '../consultation/consultation.acts.js';
import * as deficiency from '../ways/deficiency.acts.js';
import { completeImmediately } from '../decision/immediate.acts.js';
import * as issues from '../handling/issue.acts.js';
import * as permit from '../permit/permit.acts.js';
import { rateService } from '../record/rating.acts.js';
import * as record from '../record/record.acts.js';
import * as ways from '../ways/ways.acts.js';

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
      rules.mustBeAnInstant('occurredAt', command.meta.occurredAt);
      if (given.at === 'absent' && command.type === 'SubmitApplication')
        return acts.submit(calendar, command);
      rules.mustBeSubmitted(given, command);
      // A notice of holidays may have come since the due dates were stored.
      const state = { ...given, due: presentDue(given) };
      rules.actorMustBeCompetent(state, command);
      if (command.type === 'FireTimer') return clockActs.fireTimer(calendar, state, command);
      rules.mustBeAtItsStage(state, command);
      clockMustRun(state, command);
      // A back-entry says what happened before: it has a time of its own.
      if (command.type !== 'RecordBackEntry') rules.timeMustNotRunBackwards(state, command.meta);
      switch (command.type) {
        case 'SubmitApplication':
        case 'SubmitSupplement':
          return [acts.handIn(state, command)];
        case 'RequestSupplement':
          return [acts.requestSupplement(state, command)];
        case 'AcceptApplication':
          return [acts.accept(calendar, state, command)];
        case 'RefuseAcceptance':
          return [acts.refuseAcceptance(state, command)];
        case 'AssignReviewer':
          return acts.assign(state, command);
        case 'RecordStep':
          return [acts.recordStep(state, command)];
        case 'SendBackApplication':
          return [acts.sendBack(state, command)];
        case 'ReturnApplication':
          return [acts.giveBack(state, command)];
        case 'ApproveApplication':
          return acts.issued(
            consultation.joined(state, command.meta, (then) => acts.approve(then, command)),
            command,
          );
        case 'RefuseApplication':
          return consultation.joined(state, command.meta, (then) => acts.refuse(then, command));
        case 'WithdrawApplication':
          return [acts.withdraw(state, command)];
        case 'TransferApplication':
          return [acts.transfer(state, command)];
        case 'EscalateApplication':
          return acts.escalate(state, command);
        case 'DeliverDecision':
          return [acts.deliver(state, command)];
        case 'CloseApplication':
          return consultation.joined(state, command.meta, (then) => acts.close(then, command));
        case 'SuspendClock':
          return [clockActs.suspend(calendar, state, command)];
        case 'ResumeClock':
          return [clockActs.resume(calendar, state, command)];
        case 'ExtendTimeLimit':
          return [clockActs.extend(calendar, state, command)];
        case 'SendDownApplication':
          return [clockActs.sendDown(state, command)];
        case 'ApproveSpecialHandling':
          return [ways.approveSpecialHandling(state, command)];
        case 'GrantFastTrack':
          return [ways.grantFastTrack(calendar, state, command)];
        case 'AcceptWithDeficiency':
          return deficiency.acceptWithDeficiency(calendar, state, command);
        case 'FulfilDeficiency':
          return [deficiency.fulfilDeficiency(state, command)];
        case 'LapseDeficiency':
          return [deficiency.lapseDeficiency(state, command)];
        case 'MakeCommitment':
          return [commitment.makeCommitment(state, command)];
        case 'CheckCommitment':
          return [commitment.checkCommitment(state, command)];
        case 'CompleteImmediately':
          return completeImmediately(calendar, state, command);
        case 'RequestConsultation':
          return [consultation.requestConsultation(calendar, state, command)];
        case 'AnswerConsultation':
          return [consultation.answerConsultation(calendar, state, command)];
        case 'CloseConsultation':
          return [consultation.closeConsultation(state, command)];
        case 'AmendPermit':
          return [permit.amend(state, command)];
        case 'RenewPermit':
          return [permit.renew(state, command)];
        case 'ReportPermitUse':
          return [permit.use(state, command)];
        case 'RecallPermit':
          return [permit.recall(state, command)];
        case 'RevokePermit':
          return [permit.revoke(state, command)];
        case 'CancelPermit':
          return [permit.cancel(state, command)];
        case 'RaiseIssue':
          return [issues.raise(state, command)];
        case 'ProposeIssueOption':
          return [issues.propose(state, command)];
        case 'DecideIssue':
          return [issues.decideIssue(state, command)];
        case 'CorrectRecord':
          return [record.correctRecord(state, command)];
        case 'RecordBackEntry':
          return [record.recordBackEntry(calendar, state, command)];
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
