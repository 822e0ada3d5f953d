import { DeciderRunner, type CommandMeta, type EventStore } from '#libs/engine/event-sourcing';
import { UniqueValues } from '#libs/engine/unique-values';
import { sessionDecider, type SessionTables } from './session.decider.js';
import { type AgendaItemResolved } from './session.events.js';
import { caseMustBeThisSessions } from './session.rules.js';
import { type SessionState } from './session.state.js';
import { SESSION_STREAM, type SessionRunner } from './session.tokens.js';

/** The one session of a day that resolves on an application. */
const ONE_A_DAY = 'joint-review-item';

/** Once a resolution was decided, the application is taken for its session and day: of two sessions the log lets one come first. */
export function sessionRunner(store: EventStore, tables: SessionTables): SessionRunner {
  const decider = sessionDecider(tables);
  // Another runner than the one whose turn lasts while an application is taken.
  const items = new ResolvedItems(new UniqueValues(store), new DeciderRunner(store, decider));
  return new DeciderRunner(store, decider, {
    versions: () => ({ calendarVersion: tables.calendar.version, catalogueVersion: null }),
    complete: async (events, { meta }, state) => {
      for (const event of events)
        if (event.type === 'AgendaItemResolved') await items.take(event, state, meta);
      return events;
    },
  });
}

class ResolvedItems {
  constructor(
    private readonly values: UniqueValues,
    private readonly sessions: Pick<SessionRunner, 'load'>,
  ) {}

  /** @throws RuleViolation 409 when another session of the day has resolved on the application */
  async take(
    { data: { session, application } }: AgendaItemResolved,
    state: SessionState,
    meta: CommandMeta,
  ): Promise<void> {
    if (state.at !== 'open') throw new Error(`session ${session} resolves while it is ${state.at}`);
    const value = { kind: ONE_A_DAY, value: `${state.day}/${application}`, holder: session };
    const taken = await this.values.take(value, meta, (other) => this.hasResolved(other, application));
    caseMustBeThisSessions(session, application, taken?.holder ?? null);
  }

  private async hasResolved(session: string, application: string): Promise<boolean> {
    const { state } = await this.sessions.load(SESSION_STREAM + session);
    return 'resolved' in state && state.resolved.some((one) => one.application === application);
  }
}
