import {
  DeciderRunner,
  type DeciderRunnerOptions,
  type DomainCommand,
  type EventStore,
  isImported,
  type Receipt,
  RuleViolation,
} from '#libs/engine/event-sourcing';
import { dayOf, oneTimeNotice, type WorkingCalendar } from '#libs/law/calendar';
import { type Existing } from '../core/facts.js';
import { takingOver } from '../jurisdiction/succession.commands.js';
import { applicationDecider } from './application.decider.js';
import { type ApplicationEvent } from './application.events.js';
import { type ApplicationState } from './application.state.js';
import { type CorrectingDecider } from './correcting.js';
import { type SignalTables } from './signalling.js';
import { firing, type Timer } from './timers.js';

type AnyCommand = Parameters<CorrectingDecider['decide']>[1];

/** Who does a department's business on a legal day; null for one that was never established. */
export type DepartmentOn = (department: string, day: string) => Promise<string | null>;

export interface ApplicationRunnerOptions extends DeciderRunnerOptions {
  /** Left out: every department does its own business. */
  readonly departmentOn?: DepartmentOn;
}

/** Not for callers: time has already brought something about that is not on record yet. */
class DueFirst extends Error {
  override readonly name = 'DueFirst';

  constructor(readonly timer: Timer) {
    super(`${timer.name} was due at ${timer.at}`);
  }
}

/** Refusals that a reform may have made wrong: the case is not the actor's, or not yet. */
const NOT_ONES_OWN: readonly string[] = ['application.other-department', 'application.not-consulted'];

/**
 * Takes commands on applications to their events. What has come about before an act, and is not on record yet, goes on
 * record first, and stays there when the act is refused:
 *
 * - The law accepts an application whose five working days passed without a notice (行政许可法 Art. 32(4)), whether or not a
 *   timer has come to say so: an act dated later finds it accepted, by the very command of the timer.
 * - What was the business of a department is that of its successor from the first day of the reform on, so its
 *   applications go over when the successor acts on them, those that ended long ago too.
 */
export class ApplicationCommandRunner extends DeciderRunner<ApplicationState, AnyCommand, ApplicationEvent> {
  readonly #departmentOn: DepartmentOn;

  constructor(store: EventStore, tables: SignalTables, options: ApplicationRunnerOptions = {}) {
    const decider = applicationDecider(tables);
    super(
      store,
      {
        ...decider,
        decide(state, command) {
          const timer = deemedBefore(tables.calendar, state, command);
          if (timer !== null) throw new DueFirst(timer);
          return decider.decide(state, command);
        },
      },
      options,
    );
    this.#departmentOn = options.departmentOn ?? ((department) => Promise.resolve(department));
  }

  override async run(stream: string, command: AnyCommand): Promise<Receipt> {
    for (const tried = new Set<string>(); ;) {
      try {
        return await super.run(stream, command);
      } catch (error) {
        const first = await this.#first(stream, command, error);
        if (first === null || tried.has(first.meta.commandId)) throw error;
        tried.add(first.meta.commandId);
        await super.run(stream, first);
      }
    }
  }

  /** The command that has to go first, as a refusal shows; null when the refusal stands. */
  async #first(stream: string, command: AnyCommand, error: unknown): Promise<AnyCommand | null> {
    if (error instanceof DueFirst) return firing(command.id, error.timer, command.meta.now);
    if (!(error instanceof RuleViolation) || !NOT_ONES_OWN.includes(error.code)) return null;
    const { department } = command.meta.actor;
    const { state, revision } = await this.load(stream);
    if (department === null || state.at === 'absent' || revision === null) return null;
    const { now } = command.meta;
    const from = await this.#predecessor(state, department, dayOf(now));
    if (from === null) return null;
    return takingOver(
      { application: command.id, from, department },
      { revision: revision.toString(), at: state.since, now },
    );
  }

  /** A department that the case is of, or that was asked, whose business is the actor's on that day. */
  async #predecessor(
    { department, consultation }: Existing,
    actor: string,
    day: string,
  ): Promise<string | null> {
    for (const one of [...(department === null ? [] : [department]), ...(consultation?.asked ?? [])]) {
      if (one !== actor && (await this.#departmentOn(one, day)) === actor) return one;
    }
    return null;
  }
}

/** True where time has deemed a case accepted by the instant of an act, on record or not. */
export function isDeemedAccepted(
  calendar: WorkingCalendar,
  state: ApplicationState,
  command: DomainCommand,
): boolean {
  return deemedBefore(calendar, state, command) !== null;
}

/** The timer of the notice, where it was due before the act; null where nothing is deemed, or the act is its own. */
function deemedBefore(
  calendar: WorkingCalendar,
  state: ApplicationState,
  { type, meta }: DomainCommand,
): Timer | null {
  if (state.at !== 'submitted' || type === 'FireTimer' || isImported(meta)) return null;
  // Whoever's case it is must be ruled first, and an imported end stands in place of all that is computed.
  const isBound = state.terms.statutory !== null && state.promisedEnd === null && state.dispute === undefined;
  if (!isBound) return null;
  const since = state.clock.materialsAt;
  const { dueAt: at } = oneTimeNotice(since, since, calendar);
  return meta.occurredAt > at && meta.now > at ? { name: 'notice', since, at } : null;
}
