import {
  DeciderRunner,
  type DeciderRunnerOptions,
  type DomainCommand,
  type EventStore,
  isImported,
} from '#libs/engine/event-sourcing';
import { dayOf, plannedEnd, type WorkingCalendar } from '#libs/law/calendar';
import { noticeTermOf } from '../clock/due.js';
import { openSuspension } from '../core/clock-facts.js';
import { noticeRule } from '../core/kind.js';
import { takingOver } from '../jurisdiction/succession.commands.js';
import { permitEndBefore } from '../permit/permit-ends.js';
import { isOfAnotherDepartment } from './application.acts.js';
import { type ApplicationCommand, type FollowUp } from './application.commands.js';
import { applicationDecider } from './application.decider.js';
import { type ApplicationRunner } from './application.runner.token.js';
import { type Application, type ApplicationState } from './application.state.js';
import { numbersIn, type Numbering, withNumbers } from './numbering.js';
import { type SignalTables } from './signalling.js';
import { firing, type Timer } from './timers.js';

type AnyCommand = ApplicationCommand | FollowUp;

/** Who does a department's business on a legal day; null for one that was never established. */
type DepartmentOn = (department: string, day: string) => Promise<string | null>;

export interface ApplicationRunnerOptions extends DeciderRunnerOptions {
  /** Left out: every department does its own business. */
  readonly departmentOn?: DepartmentOn;
  /** Left out: nothing is counted. */
  readonly numbering?: Numbering;
}

/**
 * Takes commands on applications to their events. What has come about before an act, and is not on record yet, goes on
 * record first, and stays there when the act is refused:
 *
 * - The law accepts an application whose five working days passed without a notice (行政许可法 Art. 32(4)), whether or not a
 *   timer has come to say so: an act dated later finds it accepted, by the very command of the timer. So it is when the time
 *   announced for a special procedure is over: an act dated later finds the clock running.
 * - What was the business of a department is that of its successor from the first day of the reform on, so its
 *   applications go over when the successor acts on them, those that ended long ago too.
 */
export function applicationRunner(
  store: EventStore,
  tables: SignalTables,
  { departmentOn, numbering, ...options }: ApplicationRunnerOptions = {},
): ApplicationRunner {
  return new DeciderRunner(store, applicationDecider(tables), {
    // The digest of AcceptWithDeficiency did not cover what was missing.
    formerlyNotDigested: ['missing'],
    ...options,
    details: numbersIn,
    /** What an imported log says was numbered elsewhere. */
    complete(events, { meta }, state) {
      if (numbering === undefined || state.at === 'absent' || isImported(meta)) return events;
      return withNumbers(numbering, events, { state, meta });
    },
    before({ state, revision }, command) {
      if (state.at === 'absent' || revision === null) return null;
      const timer = dueBefore(tables.calendar, state, command);
      if (timer !== null) return firing(command.id, timer, command.meta.now);
      if (departmentOn === undefined || !isOfAnotherDepartment(state, command)) return null;
      return takenOverBefore(departmentOn, { state, revision }, command);
    },
  });
}

/** The command that gives the application to the actor's department, where a reform has made it theirs; else null. */
async function takenOverBefore(
  departmentOn: DepartmentOn,
  { state, revision }: { readonly state: Application; readonly revision: bigint },
  { id: application, meta: { actor, now } }: AnyCommand,
): Promise<AnyCommand | null> {
  const department = actor.department;
  if (department === null) return null;
  for (const from of departmentsOf(state)) {
    if (from === department || (await departmentOn(from, dayOf(now))) !== department) continue;
    const since = { revision: revision.toString(), at: state.since, now };
    return takingOver({ application, from, department }, since);
  }
  return null;
}

/** Those whose business it is: the one that decides, those that receive for it, and those that were asked for an opinion. */
function departmentsOf({ department, consultation, receivedBy = [] }: Application): readonly string[] {
  return [...(department === null ? [] : [department]), ...receivedBy, ...(consultation?.asked ?? [])];
}

/** True where time has deemed an application accepted by the instant of an act, on record or not. */
export function isDeemedAccepted(
  calendar: WorkingCalendar,
  state: ApplicationState,
  command: DomainCommand,
): boolean {
  return deemedBefore(calendar, state, command) !== null;
}

/** What the law had brought about before an act and nobody has put on record: a deemed acceptance, the end of a procedure. */
function dueBefore(calendar: WorkingCalendar, state: Application, command: DomainCommand): Timer | null {
  return (
    deemedBefore(calendar, state, command) ??
    procedureOver(calendar, state, command) ??
    permitEnded(calendar, state, command)
  );
}

function permitEnded(
  calendar: WorkingCalendar,
  state: Application,
  { type, meta }: DomainCommand,
): Timer | null {
  if (type === 'FireTimer' || isImported(meta) || state.promisedEnd !== null) return null;
  return permitEndBefore(calendar, state, meta);
}

function procedureOver(
  calendar: WorkingCalendar,
  { clock, promisedEnd }: Application,
  { type, meta }: DomainCommand,
): Timer | null {
  const open = openSuspension(clock);
  if (open === null || clock.stoppedAt !== null || promisedEnd !== null) return null;
  if (type === 'FireTimer' || isImported(meta)) return null;
  const at = plannedEnd(calendar, open);
  if (at === null || meta.occurredAt <= at || meta.now <= at) return null;
  return { name: 'procedure', since: open.from, at };
}

/** The timer of the notice, where it was due before the act; null where nothing is deemed, or the act is its own. */
function deemedBefore(
  calendar: WorkingCalendar,
  state: ApplicationState,
  { type, meta }: DomainCommand,
): Timer | null {
  if (state.at !== 'submitted' || type === 'FireTimer' || isImported(meta)) return null;
  // A dispute must be ruled on first, and an imported end replaces all that is computed.
  const rule = noticeRule(state.terms);
  if (rule === null || state.promisedEnd !== null || state.dispute !== undefined) return null;
  const since = state.clock.materialsAt;
  const { dueAt: at } = noticeTermOf(state.clock, calendar, rule);
  return meta.occurredAt > at && meta.now > at ? { name: 'notice', since, at } : null;
}
