import { type WorkingCalendar } from '#libs/law/calendar';
import { openConsultation, type WithConsultation } from '../consultation/consultation.state.js';
import { BETWEEN_DEPARTMENTS, effectiveAt, passTo, reviewing } from '../core/attribution.js';
import { type Decide } from '../core/deciding.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import { type Holder } from '../core/holder.js';
import {
  type ClockCommand,
  type ExtendTimeLimit,
  type ResumeClock,
  type SuspendClock,
} from './clock.commands.js';
import {
  type ClockEvent,
  type ClockResumed,
  type ClockSuspended,
  type SuspensionCause,
  type TimeLimitExtended,
} from './clock.events.js';
import {
  clockMustBeSuspended,
  EXTENSION_ARTICLE,
  extensionMustBeLawful,
  statutoryTerm,
  SUSPENSION_ARTICLE,
} from './clock.rules.js';
import { closed } from './clock.state.js';
import { presentDue } from './due.js';

/** A procedure that the law excludes holds the case: neither the department nor the applicant. */
const procedure = ({ department }: SubmittedApplication): Holder => ({
  party: 'excluded-procedure',
  department,
  post: null,
  person: null,
});

function suspend(
  calendar: WorkingCalendar,
  state: SubmittedApplication,
  command: SuspendClock,
): ClockSuspended {
  const { cause, notice, days, meta } = command;
  const article = SUSPENSION_ARTICLE;
  statutoryTerm(state, article);
  const from = effectiveAt(state, meta);
  const suspensions = [...state.clock.suspensions, { from, to: null, cause, article }];
  return {
    type: 'ClockSuspended',
    version: 1,
    data: {
      ...idOf(state),
      cause,
      article,
      notice,
      days,
      due: presentDue(calendar, { ...state, clock: { ...state.clock, suspensions } }),
      custody: passTo(state, meta, procedure(state)),
    },
  };
}

/** The case goes back to whoever was reviewing it, or between the departments while opinions are still awaited. */
function resume(
  calendar: WorkingCalendar,
  state: SubmittedApplication & WithConsultation,
  command: ResumeClock,
): ClockResumed {
  clockMustBeSuspended(state);
  const { result = null, meta } = command;
  const holder = openConsultation(state) === null ? reviewing(state) : BETWEEN_DEPARTMENTS;
  const suspensions = closed(state.clock.suspensions, effectiveAt(state, meta));
  return {
    type: 'ClockResumed',
    version: 1,
    data: {
      ...idOf(state),
      cause: suspensions.at(-1)?.cause as SuspensionCause,
      result,
      due: presentDue(calendar, { ...state, clock: { ...state.clock, suspensions } }),
      custody: passTo(state, meta, holder),
    },
  };
}

function extend(
  calendar: WorkingCalendar,
  state: SubmittedApplication,
  command: ExtendTimeLimit,
): TimeLimitExtended {
  const { days, reason, article: other = null, meta } = command;
  extensionMustBeLawful(state, { days, article: other }, meta.occurredAt);
  const article = other ?? EXTENSION_ARTICLE;
  const approvedBy = meta.actor.person;
  const extensions = [...state.clock.extensions, { days, article, by: approvedBy }];
  return {
    type: 'TimeLimitExtended',
    version: 1,
    data: {
      ...idOf(state),
      days,
      article,
      approvedBy,
      reason,
      due: presentDue(calendar, { ...state, clock: { ...state.clock, extensions } }),
    },
  };
}

export const CLOCK_DECISIONS: Decide<ClockCommand, ClockEvent, SubmittedApplication & WithConsultation> = {
  SuspendClock: (state, command, calendar) => [suspend(calendar, state, command)],
  ResumeClock: (state, command, calendar) => [resume(calendar, state, command)],
  ExtendTimeLimit: (state, command, calendar) => [extend(calendar, state, command)],
};
