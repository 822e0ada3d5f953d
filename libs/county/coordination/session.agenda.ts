import { type ReadModels } from '#libs/engine/event-sourcing';
import { type Agenda } from './session.commands.js';
import { type AgendaItem, type CarriedItem } from './session.events.js';
import { unresolved } from './session.rules.js';
import { SESSION_STREAM, type SessionRunner } from './session.tokens.js';
import { sessions as sessionModel } from './session.projection.js';

/** The applications that a session has to look at, as of an instant. Provided by the area that knows the reports. */
export interface AgendaSource {
  /**
   * Applications carried over first, then disputed, overdue and stalled ones, `limit` at most; `settled` are those of
   * `carried` whose applications have ended.
   */
  cases(question: {
    readonly carried: readonly CarriedItem[];
    readonly limit: number;
    readonly now: string;
  }): Promise<{
    readonly items: readonly AgendaItem[];
    readonly more: boolean;
    readonly settled: readonly CarriedItem[];
  }>;
}

export const AGENDA_SOURCE = Symbol('AgendaSource');

/** Builds the agenda of the next session: what the session before it left, and what stands still now. */
export class AgendaBuilder {
  constructor(
    private readonly parts: {
      readonly models: Pick<ReadModels, 'find'>;
      readonly sessions: Pick<SessionRunner, 'load'>;
      readonly source: AgendaSource;
      readonly limit: number;
    },
  ) {}

  async build(session: string, now: string): Promise<Agenda> {
    const { sessions, source, limit } = this.parts;
    const carriedFrom = await this.before(session);
    // From the log, not from the document: what was resolved a moment ago is not carried over.
    const last = carriedFrom === null ? null : await sessions.load(SESSION_STREAM + carriedFrom);
    const carried = last && 'agenda' in last.state ? unresolved(last.state.agenda, last.state.resolved) : [];
    return { ...(await source.cases({ carried, limit, now })), asOf: now, carriedFrom };
  }

  /** The session convened last, this one left out. */
  private async before(session: string): Promise<string | null> {
    const { items } = await this.parts.models.find(sessionModel, {
      index: 'convened',
      range: { gte: '' },
      order: 'desc',
      limit: 2,
    });
    return items.find(({ id }) => id !== session)?.id ?? null;
  }
}
