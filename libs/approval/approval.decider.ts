import { type WorkingCalendar } from '#libs/calendar';
import { type Decider, impossible } from '#libs/event-sourcing';
import * as acts from './approval.acts.js';
import * as clockActs from './approval.clock-acts.js';
import { clockMustRun } from './approval.clock-rules.js';
import { type ApplicationCommand } from './approval.commands.js';
import { presentDue } from './approval.due.js';
import { type ApplicationEvent } from './approval.events.js';
import * as rules from './approval.rules.js';
import { ABSENT, type ApplicationState, evolve } from './approval.state.js';

/**
 * The rules of one application (办件). Checks come in a fixed order, and the first that fails is the answer: does it
 * exist, is the actor competent, is it the stage for this act, do times run forward, is the content acceptable.
 */
export function applicationDecider({
  calendar,
}: {
  readonly calendar: WorkingCalendar;
}): Decider<ApplicationState, ApplicationCommand, ApplicationEvent> {
  return {
    initial: ABSENT,
    evolve,
    decide(given, command) {
      rules.mustBeAnInstant('occurredAt', command.meta.occurredAt);
      if (given.at === 'absent' && command.type === 'SubmitApplication')
        return [acts.submit(calendar, command)];
      rules.mustBeSubmitted(given, command);
      // A notice of holidays may have come since the due dates were stored.
      const state = { ...given, due: presentDue(calendar, given) };
      rules.actorMustBeCompetent(state, command);
      if (command.type === 'FireTimer') return clockActs.fireTimer(calendar, state, command);
      rules.mustBeAtItsStage(state, command);
      clockMustRun(state, command);
      rules.timeMustNotRunBackwards(state, command.meta);
      switch (command.type) {
        case 'SubmitApplication':
        case 'SubmitSupplement':
          return [acts.handIn(state, command)];
        case 'RequestSupplement':
          return acts.requestSupplement(state, command);
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
          return [acts.approve(state, command)];
        case 'RefuseApplication':
          return [acts.refuse(state, command)];
        case 'WithdrawApplication':
          return [acts.withdraw(state, command)];
        case 'TransferApplication':
          return [acts.transfer(state, command)];
        case 'EscalateApplication':
          return acts.escalate(state, command);
        case 'DeliverDecision':
          return [acts.deliver(state, command)];
        case 'CloseApplication':
          return [acts.close(state, command)];
        case 'SuspendClock':
          return [clockActs.suspend(calendar, state, command)];
        case 'ResumeClock':
          return [clockActs.resume(calendar, state, command)];
        case 'ExtendTimeLimit':
          return [clockActs.extend(calendar, state, command)];
        case 'SendDownApplication':
          return [clockActs.sendDown(state, command)];
        default:
          return impossible(command);
      }
    },
  };
}
