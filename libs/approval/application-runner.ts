import { oneTimeNotice, type WorkingCalendar } from '#libs/calendar';
import {
  DeciderRunner,
  type DeciderRunnerOptions,
  type DomainCommand,
  type EventStore,
  type Receipt,
} from '#libs/event-sourcing';
import { type Timer } from './approval.clock-commands.js';
import { applicationDecider } from './approval.decider.js';
import { type ApplicationEvent } from './approval.events.js';
import { type ApplicationState } from './approval.state.js';
import { type DisputableDecider } from './disputes.rules.js';
import { firing } from './due-timers.js';
import { type SignalTables } from './signals.rules.js';

type AnyCommand = Parameters<DisputableDecider['decide']>[1];

/** Not for callers: time has already brought something about that is not on record yet. */
class DueFirst extends Error {
  override readonly name = 'DueFirst';

  constructor(readonly timer: Timer) {
    super(`${timer.name} was due at ${timer.at}`);
  }
}

/**
 * Takes commands on applications to their events. The law accepts an application whose five working days passed without a
 * notice (行政许可法 Art. 32(4)), whether or not a timer has come to say so: an act dated later finds it accepted. The
 * deemed acceptance then goes on record first, by the very command of the timer, and stays there when the act is refused.
 */
export class ApplicationCommandRunner extends DeciderRunner<ApplicationState, AnyCommand, ApplicationEvent> {
  constructor(store: EventStore, tables: SignalTables, options: DeciderRunnerOptions = {}) {
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
  }

  override async run(stream: string, command: AnyCommand): Promise<Receipt> {
    try {
      return await super.run(stream, command);
    } catch (error) {
      if (!(error instanceof DueFirst)) throw error;
      await super.run(stream, firing(command.id, error.timer, command.meta.now));
      return super.run(stream, command);
    }
  }
}

/** The timer of the notice, where it was due before the act; null where nothing is deemed, or the act is its own. */
function deemedBefore(
  calendar: WorkingCalendar,
  state: ApplicationState,
  { type, meta }: DomainCommand,
): Timer | null {
  if (state.at !== 'submitted' || type === 'FireTimer' || meta.correlationId.startsWith('import/'))
    return null;
  // Whoever's case it is must be ruled first, and an imported end stands in place of all that is computed.
  const isBound = state.terms.statutory !== null && state.promisedEnd === null && state.dispute === undefined;
  if (!isBound) return null;
  const since = state.clock.materialsAt;
  const { dueAt: at } = oneTimeNotice(since, since, calendar);
  return meta.occurredAt > at && meta.now > at ? { name: 'notice', since, at } : null;
}
