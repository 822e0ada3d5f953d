import { type Decider, type Informed } from '#libs/engine/event-sourcing';
import { type WorkingCalendar } from '#libs/law/calendar';
import { CLOCK_DECISIONS } from '../clock/clock.acts.js';
import { presentDue } from '../clock/due.js';
import { CONSULTATION_DECISIONS } from '../consultation/consultation.acts.js';
import { onlyTheClockFires } from '../core/competence.rules.js';
import { type Decide } from '../core/deciding.js';
import { ABSENT } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { mustBeAnInstant, timeMustNotRunBackwards } from '../core/times.rules.js';
import { DECISION_DECISIONS } from '../decision/decision.acts.js';
import { ESCALATION_DECISIONS } from '../escalation/escalation.acts.js';
import { HANDLING_DECISIONS } from '../handling/handling.acts.js';
import { reassign, unassign } from '../handling/handover.acts.js';
import { ISSUE_DECISIONS } from '../handling/issue.acts.js';
import { FILE_DECISIONS } from '../intake/file.acts.js';
import { INTAKE_DECISIONS, submit } from '../intake/intake.acts.js';
import { corrected } from '../jurisdiction/applicant-correction.acts.js';
import { assign, hold } from '../jurisdiction/disputes.acts.js';
import { takeOver } from '../jurisdiction/succession.acts.js';
import { PERMIT_DECISIONS } from '../permit/permit.acts.js';
import { WORKS_DECISIONS } from '../permit/works.acts.js';
import { correctImportedCase } from '../record/imported-case.acts.js';
import { RECORD_DECISIONS } from '../record/record.acts.js';
import { WAYS_DECISIONS } from '../ways/ways.acts.js';
import {
  actorMustBeCompetent,
  clockMustRun,
  kindMustKnowTheAct,
  mustBeAtItsStage,
  mustNotBeInDispute,
} from './application.acts.js';
import { type ApplicationCommand, type FollowUp } from './application.commands.js';
import { type ApplicationEvent } from './application.events.js';
import { isOfType } from './of-type.js';
import { type Application, type ApplicationState, evolve } from './application.state.js';
import { fireTimer } from './fire-timer.js';
import { idleHolder, type SignalTables, signalsOf } from './signalling.js';
import { APPLICATION_MESSAGES } from './application.messages.js';

const refuse = refusing(APPLICATION_MESSAGES);

export type ApplicationDecider = Decider<ApplicationState, ApplicationCommand | FollowUp, ApplicationEvent>;

/** The decisions of all acts; each chapter has those of its own commands. */
const DECISIONS: Decide<ApplicationCommand, ApplicationEvent, Application> = {
  ...INTAKE_DECISIONS,
  ...FILE_DECISIONS,
  ...HANDLING_DECISIONS,
  ...ISSUE_DECISIONS,
  ...DECISION_DECISIONS,
  ...CLOCK_DECISIONS,
  ...ESCALATION_DECISIONS,
  ...CONSULTATION_DECISIONS,
  ...PERMIT_DECISIONS,
  ...WORKS_DECISIONS,
  ...RECORD_DECISIONS,
  ...WAYS_DECISIONS,
};

/**
 * What follows from something else: time, a watch, a dispute, a reform, a correction of the project's applicant. It requires no
 * stage, and each handles an application in dispute itself.
 */
const FOLLOW_UPS: Decide<FollowUp, ApplicationEvent, Application> = {
  FireTimer: (state, command, calendar) => {
    onlyTheClockFires(state, command.meta);
    return fireTimer(calendar, state, command);
  },
  FlagIdleHolder: idleHolder,
  HoldForDispute: hold,
  AssignJurisdiction: assign,
  TakeOverApplication: takeOver,
  UnassignApplication: unassign,
  ReassignApplication: reassign,
  // Whether that is allowed was decided for the project, before any of its applications was accepted: one that is accepted at
  // the same moment is corrected too.
  CorrectApplicationApplicant: corrected,
  CorrectImportedCase: correctImportedCase,
};

/** An act on an application as it stands, what was looked up for it, and the tables that it is decided by. */
type Situation = Informed<ApplicationCommand> & {
  readonly state: ApplicationState;
  readonly tables: SignalTables;
};

/** One step of deciding: the events with what it adds to those of the steps before. */
type Step = (situation: Situation, events: readonly ApplicationEvent[]) => readonly ApplicationEvent[];

/**
 * The act itself. Checks come in a fixed order, and the first that fails decides the refusal: does the application exist, is the
 * actor competent, is it the stage for this act, do times run forward, is the content acceptable.
 */
const perform: Step = (situation) => {
  const {
    state: given,
    command,
    facts,
    tables: { calendar },
  } = situation;
  mustBeAnInstant('occurredAt', command.meta.occurredAt);
  if (given.at === 'absent' && isOfType(situation, 'SubmitApplication') && situation.facts.opening !== null) {
    const { opening } = situation.facts;
    return submit(calendar, situation.command, opening, situation.facts);
  }
  mustBeSubmitted(given, command);
  // A notice of holidays may have come since the due dates were stored.
  const state: Application = { ...given, due: presentDue(calendar, given) };
  actorMustBeCompetent(state, command);
  kindMustKnowTheAct(state, command);
  mustBeAtItsStage(state, command);
  clockMustRun(state, command);
  // A back-entry says what happened before: it has a time of its own.
  if (command.type !== 'RecordBackEntry') timeMustNotRunBackwards(state, command.meta);
  const decide = DECISIONS[command.type] as DecideAny<ApplicationCommand>;
  return decide(state, command, calendar, facts);
};

/** Signals to supervision about the act, recorded in the same append as the act. */
const signals: Step = ({ state, command, facts, tables }, events) => [
  ...events,
  ...signalsOf(state, { command, facts }, events, tables),
];

/** Last, so that an act which is refused anyway is refused for its own reason. */
const notInDispute: Step = ({ state, command }, events) => {
  if (state.at !== 'absent') mustNotBeInDispute(state, command);
  return events;
};

const STEPS: readonly Step[] = [perform, signals, notInDispute];

/** The rules of one application (办件). */
export function applicationDecider(tables: SignalTables): ApplicationDecider {
  return {
    initial: ABSENT,
    evolve,
    decide(state, command, facts) {
      // Which facts go with which command, `Decider` says: the compiler does not know that they came as a pair.
      const sent = { command, facts } as Informed<ApplicationCommand> | Informed<FollowUp>;
      if (isFollowUp(sent)) return followUp(state, sent, tables.calendar);
      const situation = { state, ...sent, tables };
      return STEPS.reduce<readonly ApplicationEvent[]>((events, step) => step(situation, events), []);
    },
  };
}

type DecideAny<Command> = (
  state: Application,
  command: Command,
  calendar: WorkingCalendar,
  facts: unknown,
) => readonly ApplicationEvent[];

const isFollowUp = (sent: Informed<ApplicationCommand> | Informed<FollowUp>): sent is Informed<FollowUp> =>
  Object.hasOwn(FOLLOW_UPS, sent.command.type);

function followUp(
  state: ApplicationState,
  { command, facts }: Informed<FollowUp>,
  calendar: WorkingCalendar,
): readonly ApplicationEvent[] {
  if (command.type === 'FireTimer') mustBeAnInstant('occurredAt', command.meta.occurredAt);
  // A watch for an application that does not exist adds nothing.
  if (command.type === 'FlagIdleHolder' && state.at === 'absent') return [];
  mustBeSubmitted(state, command);
  const present = command.type === 'FireTimer' ? { ...state, due: presentDue(calendar, state) } : state;
  const decide = FOLLOW_UPS[command.type] as DecideAny<FollowUp>;
  return decide(present, command, calendar, facts);
}

/** An application that was never submitted can only be submitted (行政许可法 Art. 29). */
function mustBeSubmitted(
  state: ApplicationState,
  { id }: { readonly id: string },
): asserts state is Application {
  if (state.at === 'absent') refuse('application.not-submitted', { application: id }, 'absent');
}
