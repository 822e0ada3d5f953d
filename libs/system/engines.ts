import { type EventStore, LogDamaged, type ReadStore, StoreUnavailable } from '#libs/event-sourcing';

/** How long an engine has to answer when somebody asks how it is; shorter than whoever asks is likely to wait. */
const ANSWER_MS = 1_000;

/** One engine and how it is at the moment. */
export interface EngineState {
  readonly engine: string;
  readonly keeps: 'events' | 'documents';
  /** Why it counts as away; null when it answers. */
  readonly away: string | null;
}

/** Position and head are null where the engine keeps no chain. */
export interface LogReport {
  readonly id: string;
  readonly position: string | null;
  readonly head: string | null;
}

export interface EnginesParts {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly engines: { readonly events: string; readonly documents: string };
}

/** The engines behind the stores, asked whether they are there. */
export class Engines {
  constructor(
    private readonly parts: EnginesParts,
    private readonly answerMs = ANSWER_MS,
  ) {}

  async states(): Promise<readonly EngineState[]> {
    const { eventStore, readStore, engines } = this.parts;
    const [events, documents] = await Promise.all([
      this.reasonAway(() => eventStore.lastPosition()),
      this.reasonAway(() => readStore.liveVersion('health')),
    ]);
    return [
      { engine: engines.events, keeps: 'events', away: events },
      { engine: engines.documents, keeps: 'documents', away: documents },
    ];
  }

  /** Which log it is, and its chain of checksums up to the newest event; null while nobody can say. */
  async log(): Promise<LogReport | null> {
    try {
      const identity = await this.parts.eventStore.identity();
      if (identity === null) return null;
      const { id, chain } = identity;
      return { id, position: chain && `${chain.position}`, head: chain && chain.head };
    } catch (error) {
      if (error instanceof StoreUnavailable || error instanceof LogDamaged) return null;
      throw error;
    }
  }

  private async reasonAway(ask: () => Promise<unknown>): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`no answer within ${this.answerMs} ms`), this.answerMs);
    });
    const answer = ask().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
