import { type ExcludedProcedure } from '#libs/law/terms';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import { plannedEnd, type Suspension, type WorkingCalendar } from '#libs/law/calendar';

import { openConsultation, type WithConsultation } from '../consultation/consultation.state.js';
import { BETWEEN_DEPARTMENTS, effectiveAt, passTo, reviewing } from '../core/attribution.js';
import { openSuspension } from '../core/clock-facts.js';
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
  type ApplicationWarned,
  type ClockEvent,
  type ClockResumed,
  type ClockSuspended,
  type TimeLimitExtended,
} from './clock.events.js';
import {
  clockMustBeSuspended,
  extensionMustBeLawful,
  procedureMustBeExcluded,
  statutoryTerm,
  SUSPENSION_ARTICLE,
} from './clock.rules.js';
import { closed, stepAt } from './clock.state.js';
import { presentDue } from './due.js';

/** A procedure that the law excludes holds the application: neither the department nor the applicant. */
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
  statutoryTerm(state, SUSPENSION_ARTICLE);
  const { article, unit } = procedureMustBeExcluded(state, command, calendar);
  const from = effectiveAt(state, meta);
  const suspension: Suspension = { from, to: null, cause, article, planned: { days, unit } };
  const suspensions = [...state.clock.suspensions, suspension];
  return {
    type: 'ClockSuspended',
    version: 1,
    data: {
      ...idOf(state),
      cause,
      article,
      notice,
      days,
      unit,
      due: presentDue(calendar, { ...state, clock: { ...state.clock, suspensions } }),
      custody: passTo(state, meta, procedure(state)),
    },
  };
}

/** The application goes back to its reviewer, or to inter-department custody while opinions are awaited or a dispute is open. */
function resumed(
  calendar: WorkingCalendar,
  state: SubmittedApplication & WithConsultation,
  { meta }: { readonly meta: CommandMeta },
  how: Pick<ClockResumed['data'], 'result' | 'atPlannedEnd'>,
): ClockResumed {
  const isBetween = openConsultation(state) !== null || state.dispute !== undefined;
  const suspensions = closed(state.clock.suspensions, effectiveAt(state, meta));
  return {
    type: 'ClockResumed',
    version: 1,
    data: {
      ...idOf(state),
      cause: suspensions.at(-1)?.cause as ExcludedProcedure,
      ...how,
      due: presentDue(calendar, { ...state, clock: { ...state.clock, suspensions } }),
      custody: passTo(state, meta, isBetween ? BETWEEN_DEPARTMENTS : reviewing(state)),
    },
  };
}

function resume(
  calendar: WorkingCalendar,
  state: SubmittedApplication & WithConsultation,
  command: ResumeClock,
): ClockResumed {
  clockMustBeSuspended(state);
  return resumed(calendar, state, command, { result: command.result ?? null });
}

/**
 * The time announced for a procedure is over and nobody has ended it: the clock runs again, and the holder who gets the
 * application back is warned. Nothing where it was ended, or another one was begun.
 */
export function procedureDue(
  calendar: WorkingCalendar,
  state: SubmittedApplication & WithConsultation,
  since: string,
  meta: CommandMeta,
): readonly ClockEvent[] {
  const open = openSuspension(state.clock);
  if (state.clock.stoppedAt !== null || open?.from !== since) return [];
  if (plannedEnd(calendar, open) !== meta.occurredAt) return [];
  const event = resumed(calendar, state, { meta }, { result: null, atPlannedEnd: true });
  const warned: ApplicationWarned = {
    type: 'ApplicationWarned',
    version: 1,
    data: {
      ...idOf(state),
      cause: 'procedure',
      step: stepAt(state.at, state.reviewer, false),
      since: effectiveAt(state, meta),
      to: reviewing(state),
      due: event.data.due,
    },
  };
  return [event, warned];
}

function extend(
  calendar: WorkingCalendar,
  state: SubmittedApplication,
  command: ExtendTimeLimit,
): TimeLimitExtended {
  const { days, reason, meta } = command;
  const { article } = extensionMustBeLawful(state, command);
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
