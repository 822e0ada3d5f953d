import { type WorkingCalendar } from '#libs/calendar';
import { type Decider, impossible } from '#libs/event-sourcing';
import * as acts from './approval.acts.js';
import { type ApplicationCommand } from './approval.commands.js';
import { type ApplicationEvent } from './approval.events.js';
import * as rules from './approval.rules.js';
import { type DisputableDecider, withDisputes } from './disputes.rules.js';
import { type SignalTables, withSignals } from './signals.rules.js';
import { ABSENT, type ApplicationState, evolve } from './approval.state.js';

/**
 * The rules of one application (办件). Checks come in a fixed order, and the first that fails is the answer: does it
 * exist, is the actor competent, is it the stage for this act, do times run forward, is the content acceptable.
 */
function actsDecider({
  calendar,
}: {
  readonly calendar: WorkingCalendar;
}): Decider<ApplicationState, ApplicationCommand, ApplicationEvent> {
  return {
    initial: ABSENT,
    evolve,
    decide(state, command) {
      rules.mustBeAnInstant('occurredAt', command.meta.occurredAt);
      if (state.at === 'absent' && command.type === 'SubmitApplication')
        return [acts.submit(calendar, command)];
      rules.mustBeSubmitted(state, command);
      rules.actorMustBeCompetent(state, command);
      rules.mustBeAtItsStage(state, command);
      rules.timeMustNotRunBackwards(state, command.meta);
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
          return [acts.approve(state, command)];
        case 'RefuseApplication':
          return [acts.refuse(state, command)];
        case 'WithdrawApplication':
          return [acts.withdraw(state, command)];
        case 'TransferApplication':
          return [acts.transfer(state, command)];
        case 'EscalateApplication':
          return [acts.escalate(state, command)];
        case 'DeliverDecision':
          return [acts.deliver(state, command)];
        case 'CloseApplication':
          return [acts.close(state, command)];
        default:
          return impossible(command);
      }
    },
  };
}

/** The rules of one application, with the signals of what was done, and disputes over whose it is. */
export const applicationDecider = (tables: SignalTables): DisputableDecider =>
  withDisputes(withSignals(actsDecider(tables), tables));
