import { type EventStore, LogDamaged, type ReadStore, StoreUnavailable } from '#libs/engine/event-sourcing';
import { type DiskState } from '#libs/engine/store-lmdb';
import { inTime, LATE, SharedQuestion } from './in-time.js';

/** How long an engine has to answer a health check: a probe waits for a second. */
const ANSWER_MS = 500;

const EMBEDDED = 'lmdb';

/** One engine and how it is at the moment. */
export interface EngineState {
  readonly engine: string;
  readonly keeps: 'events' | 'documents';
  /** Why it counts as unavailable; null when it answers. */
  readonly away: string | null;
}

/** Position and head are null where the engine keeps no chain. */
export interface LogReport {
  readonly id: string;
  readonly position: string | null;
  readonly head: string | null;
}

export interface EnginesParts {
  readonly eventStore: Pick<EventStore, 'lastPosition' | 'identity'>;
  readonly readStore: Pick<ReadStore, 'liveVersion'>;
  readonly engines: { readonly events: string; readonly documents: string };
  /** Under the embedded stores; null where nothing is embedded. */
  readonly disk: { state(): DiskState } | null;
}

/** The engines behind the stores, asked whether they are there. */
export class Engines {
  private readonly events: SharedQuestion<unknown>;
  private readonly documents: SharedQuestion<unknown>;

  constructor(
    private readonly parts: EnginesParts,
    private readonly answerMs = ANSWER_MS,
  ) {
    this.events = new SharedQuestion(() => parts.eventStore.lastPosition());
    this.documents = new SharedQuestion(() => parts.readStore.liveVersion('health'));
  }

  async states(): Promise<readonly EngineState[]> {
    const { engines } = this.parts;
    const [events, documents] = await Promise.all([
      this.reasonAway(this.events),
      this.reasonAway(this.documents),
    ]);
    const refuses = this.disk()?.refuses ?? null;
    return [
      {
        engine: engines.events,
        keeps: 'events',
        away: events ?? (engines.events === EMBEDDED ? refuses : null),
      },
      { engine: engines.documents, keeps: 'documents', away: documents },
    ];
  }

  /** Which log it is, and its chain of checksums up to the newest event; null while that is not known. */
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

  /** Room on the disk under the embedded stores; null where nothing is embedded. */
  disk(): DiskState | null {
    return this.parts.disk?.state() ?? null;
  }

  private async reasonAway(engine: SharedQuestion<unknown>): Promise<string | null> {
    const answer = engine.ask().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const reason = await inTime(answer, this.answerMs);
    return reason === LATE ? `no answer within ${this.answerMs} ms` : reason;
  }
}
