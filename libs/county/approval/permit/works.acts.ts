import { dayOf, type WorkingCalendar } from '#libs/law/calendar';
import { type Decide } from '../core/deciding.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import { permitMustBeGranted, permitMustNotHaveLapsed } from './permit.rules.js';
import { type WithPermit } from './permit.state.js';
import { lastDayToReport, STOP_ARTICLE, type WorksTimer, worksTimers, yearOf } from './works-stop.js';
import {
  type RecordStopFound,
  type ReportWorksResumed,
  type ReportWorksStopped,
  type VerifyPermit,
  type WorksCommand,
} from './works.commands.js';
import {
  type PermitVerificationOwed,
  type PermitVerified,
  type WorksEvent,
  type WorksResumed,
  type WorksStopFound,
  type WorksStopped,
  type WorksStopUnreported,
} from './works.events.js';
import {
  permitMustBeVerified,
  reportMustBeNew,
  resumptionMustBePossible,
  stopMustBePossible,
  worksMustBegin,
  worksMustStand,
  worksMustStandStill,
} from './works-stop.rules.js';

type Granted = SubmittedApplication & WithPermit;

function worksUnderPermit(state: Granted): void {
  permitMustBeGranted(state);
  permitMustNotHaveLapsed(state);
  worksMustBegin(state);
}

function reportStop(
  calendar: WorkingCalendar,
  state: Granted,
  { on, reason, meta }: ReportWorksStopped,
): WorksStopped {
  worksUnderPermit(state);
  reportMustBeNew(state);
  stopMustBePossible(state, on, meta);
  const reportBy = lastDayToReport(calendar, on);
  const late = dayOf(meta.occurredAt) > reportBy;
  return {
    type: 'WorksStopped',
    version: 1,
    data: { ...idOf(state), on, reason, reportBy, late, article: STOP_ARTICLE },
  };
}

function recordFound(
  calendar: WorkingCalendar,
  state: Granted,
  { on, finding, meta }: RecordStopFound,
): WorksStopFound {
  worksUnderPermit(state);
  worksMustStand(state);
  stopMustBePossible(state, on, meta);
  return {
    type: 'WorksStopFound',
    version: 1,
    data: { ...idOf(state), on, finding, reportBy: lastDayToReport(calendar, on), article: STOP_ARTICLE },
  };
}

function resume(state: Granted, { on, note, meta }: ReportWorksResumed): WorksResumed {
  worksUnderPermit(state);
  const stop = worksMustStandStill(state);
  resumptionMustBePossible(state, stop, on, meta);
  permitMustBeVerified(state, stop, on);
  return {
    type: 'WorksResumed',
    version: 1,
    data: { ...idOf(state), on, stoppedOn: stop.on, note: note ?? null, article: STOP_ARTICLE },
  };
}

function verify(state: Granted, { passed, finding }: VerifyPermit): PermitVerified {
  worksUnderPermit(state);
  const { on } = worksMustStandStill(state);
  return {
    type: 'PermitVerified',
    version: 1,
    data: { ...idOf(state), on, passed, finding, article: STOP_ARTICLE },
  };
}

/** What the end of the month or the year of a stop brings about, where the stop still stands as it was. */
export function worksDue(
  state: Granted,
  timer: WorksTimer,
): readonly (WorksStopUnreported | PermitVerificationOwed)[] {
  const { stop } = state;
  const isStill = worksTimers(state).some(
    ({ name, since, at }) => name === timer.name && since === timer.since && at === timer.at,
  );
  if (!stop || !isStill || state.at !== 'delivered') return [];
  const data = { ...idOf(state), on: stop.on, article: STOP_ARTICLE };
  return timer.name === 'works-report'
    ? [{ type: 'WorksStopUnreported', version: 1, data: { ...data, reportBy: stop.reportBy } }]
    : [{ type: 'PermitVerificationOwed', version: 1, data: { ...data, yearUntil: yearOf(stop) } }];
}

export const WORKS_DECISIONS: Decide<WorksCommand, WorksEvent, Granted> = {
  ReportWorksStopped: (state, command, calendar) => [reportStop(calendar, state, command)],
  RecordStopFound: (state, command, calendar) => [recordFound(calendar, state, command)],
  ReportWorksResumed: (state, command) => [resume(state, command)],
  VerifyPermit: (state, command) => [verify(state, command)],
};
