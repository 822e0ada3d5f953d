import { by } from '#libs/engine/event-sourcing';
import {
  type ApplicationState,
  type DueDates,
  ESCALATION_LEVELS,
  type Application,
  isSuspended,
  later,
  materialsReceiptOf,
  noticeRule,
  noticeTermOf,
  openConsultation,
  openDeficiency,
  openSuspension,
  presentDue,
  type Timer,
} from '#libs/county/approval';
import {
  addDaysToNumber,
  dayNumberAt,
  type Instant,
  lastDayNumber,
  plannedEnd,
  startOfDayNumber,
  type WorkingCalendar,
} from '#libs/law/calendar';
import { permitTimers } from './permit-timers.js';
import { stepLimit, type SupervisionSettings } from './supervision-settings.js';

/** What instants are computed by. */
export type Tables = { readonly calendar: WorkingCalendar; readonly settings: SupervisionSettings };

/**
 * Everything that time alone will bring about in an application without further acts, in order of the instants: the whole
 * ladder at once, each rung counted from the one before. A case of an imported log is history and is not watched. `due` are the
 * due dates under this calendar, where they are known.
 */
export function timersOf(
  state: ApplicationState,
  { calendar, settings: policies }: Tables,
  due: DueDates | null = null,
): readonly Timer[] {
  if (!isWatched(state)) return [];
  const present = { ...state, due: due ?? presentDue(calendar, state) };
  return [
    ...noticeTimer(present, calendar),
    ...yellowTimer(present),
    ...procedureTimer(present, calendar),
    ...waysTimers(present),
    ...stepTimer(present, calendar, policies),
    ...ladderTimers(present, calendar, policies),
    ...permitTimers(present, calendar, policies.permits),
  ].sort(by(({ at }) => at));
}

/** Whether time may ever act on an application. */
export function isWatched(state: ApplicationState): state is Application {
  return state.at !== 'absent' && state.promisedEnd === null;
}

/** The end of a number of working days after an instant; midnight belongs to the day it ends, see `lastDayNumber`. */
export function workingDaysLater(calendar: WorkingCalendar, since: Instant, days: number): Instant {
  return days === 0 ? since : endOfWorkingDay(calendar, lastDayNumber(since), days);
}

/** 24:00 of the `days`-th working day after a day given by its number. */
const endOfWorkingDay = (calendar: WorkingCalendar, from: number, days: number): Instant =>
  startOfDayNumber(addDaysToNumber(calendar, from, days, 'working-day') + 1);

function noticeTimer({ at, terms, clock }: Application, calendar: WorkingCalendar): readonly Timer[] {
  const rule = noticeRule(terms);
  if (at !== 'submitted' || rule === null) return [];
  const since = clock.materialsAt;
  return [{ name: 'notice', since, at: noticeTermOf(clock, calendar, rule).dueAt }];
}

const runs = ({ clock }: Application): boolean => clock.stoppedAt === null && !isSuspended(clock);

function yellowTimer(state: Application): readonly Timer[] {
  const { yellow } = state.due;
  if (yellow === null || state.clock.yellowTold.includes(yellow) || !runs(state)) return [];
  return [{ name: 'yellow', at: yellow }];
}

/** The end of the time announced for the procedure that runs. */
function procedureTimer({ clock }: Application, calendar: WorkingCalendar): readonly Timer[] {
  const open = clock.stoppedAt === null ? openSuspension(clock) : null;
  const at = open && plannedEnd(calendar, open);
  return open === null || at === null ? [] : [{ name: 'procedure', since: open.from, at }];
}

/** What others owe the application by a day of its own; it runs while the clock stands still too. */
function waysTimers(state: Application): readonly Timer[] {
  if (state.clock.stoppedAt !== null) return [];
  const timers: Timer[] = [];
  const owed = state.at === 'accepted' ? openDeficiency(state) : null;
  if (owed !== null) timers.push({ name: 'deficiency', at: owed.handInBy });
  const consultation = openConsultation(state);
  if (consultation !== null) timers.push({ name: 'consultation', at: consultation.answerBy });
  return timers;
}

/** A step is warned of only inside an application that is in time: past its end the ladder speaks. */
function stepTimer(
  { clock, department, due, holder }: Application,
  calendar: WorkingCalendar,
  policies: SupervisionSettings,
): readonly Timer[] {
  const { step } = clock;
  if (step === null || step.warned) return [];
  const days = stepLimit(policies, step.name, department ?? holder?.department ?? null);
  if (days === null) return [];
  // What was handed in at the counter after it closed is not on a desk before the next working day.
  const isReceipt = step.name === 'acceptance' && step.since === clock.materialsAt;
  const since = isReceipt ? materialsReceiptOf(calendar, clock) : step.since;
  const at = endOfWorkingDay(calendar, dayNumberAt(since), days);
  if (clock.stoppedAt === null && due.promised !== null && at >= due.promised) return [];
  return [{ name: 'step', step: step.name, since: step.since, at }];
}

function ladderTimers(
  state: Application,
  calendar: WorkingCalendar,
  { ladder }: SupervisionSettings,
): readonly Timer[] {
  const { promised } = state.due;
  if (promised === null || !runs(state)) return [];
  const reached = state.level === null ? -1 : ESCALATION_LEVELS.indexOf(state.level);
  let since = later(promised, state.clock.levelAt ?? promised);
  return ladder.slice(reached + 1).map(({ level, afterWorkingDays }) => {
    const timer: Timer = {
      name: 'escalation',
      level,
      since,
      at: workingDaysLater(calendar, since, afterWorkingDays),
    };
    since = timer.at;
    return timer;
  });
}
