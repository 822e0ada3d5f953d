import { setTimeout as delay } from 'node:timers/promises';
import {
  type Checkpoint,
  type EventStore,
  modelsOf,
  type Projection,
  type ProjectionStatus,
  type ReadModels,
  StoreUnavailable,
  wholeOf,
  type Model,
} from '#libs/engine/event-sourcing';
import { invalid, ReadYourWrites, retryLater } from '#libs/shell/nest';
import { type Heartbeats } from './heartbeats.js';
import { type ProjectorThreads } from './projector-threads.js';

const POLL_MS = 50;
const RETRY_SECONDS = 1;
/** An operator has to start a projector first. */
const ABANDONED_RETRY_SECONDS = 10;

export interface ProjectionsParts {
  readonly eventStore: EventStore;
  readonly models: ReadModels;
  /** Whole or in partitions. */
  readonly kept: readonly Projection[];
  /** null where another process keeps the read models. */
  readonly projector: ProjectorThreads | null;
  readonly heartbeats: Pick<Heartbeats, 'missing'>;
  /** How long `reached` waits. */
  readonly timeoutMs: number;
}

/** Where the read models stand, whether they are kept by this process or by another. */
export class Projections extends ReadYourWrites {
  private readonly eventStore: EventStore;
  private readonly models: ReadModels;
  private readonly kept: readonly Projection[];
  private readonly wholes: readonly Projection[];
  private readonly projector: ProjectorThreads | null;
  private readonly heartbeats: Pick<Heartbeats, 'missing'>;
  private readonly timeoutMs: number;

  constructor(parts: ProjectionsParts) {
    super();
    this.eventStore = parts.eventStore;
    this.models = parts.models;
    this.kept = parts.kept;
    this.wholes = [...new Set(parts.kept.map(wholeOf))];
    this.projector = parts.projector;
    this.heartbeats = parts.heartbeats;
    this.timeoutMs = parts.timeoutMs;
  }

  override async reached(position: bigint): Promise<void> {
    const last = await this.eventStore.lastPosition();
    if (last === null || position > last) {
      throw invalid('after', 'is past the end of the log', '超出日志末尾');
    }
    // When no process folds events, waiting is pointless.
    const isAbandoned = this.heartbeats.missing().includes('projector');
    if (!(await this.waitFor(position, isAbandoned ? 0 : this.timeoutMs))) {
      if (isAbandoned)
        throw retryLater(503, 'http.projector-silent', ABANDONED_RETRY_SECONDS, { after: `${position}` });
      throw retryLater(503, 'http.projection-behind', RETRY_SECONDS, { after: `${position}` });
    }
  }

  /** True once everything up to the position is folded; false when the time is over or a projection stands still. */
  async waitFor(position: bigint, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    this.projector?.flushNow(position);
    return this.follow(position, timeoutMs, signal);
  }

  /** How far all read models are; null before the first event. */
  async shown(): Promise<bigint | null> {
    return (await this.asOf(...this.wholes))?.position ?? null;
  }

  /** The same for one who is in no hurry: what is being gathered is not folded sooner. */
  async follow(position: bigint, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    const until = performance.now() + timeoutMs;
    if (this.projector?.keepsAll) {
      const arrived = await this.projector.waitFor(position, { timeoutMs, ...(signal ? { signal } : {}) });
      // With leases, a projection may have moved to another process in the meantime.
      if (!arrived || this.projector.keepsAll) return arrived;
    }
    while (!signal?.aborted) {
      const checkpoint = await this.models.asOf(...this.wholes);
      if (checkpoint !== null && checkpoint.position >= position) return true;
      if (performance.now() >= until) return false;
      await delay(POLL_MS);
    }
    return false;
  }

  /**
   * How far these models have come. A projector saves the checkpoint of events that change nothing only now and then:
   * where it runs in this process, it knows better than the store.
   */
  async asOf(...models: readonly Model[]): Promise<Checkpoint | null> {
    const status = this.projector?.status() ?? [];
    const owners = this.kept.filter((projection) =>
      modelsOf(wholeOf(projection)).some(({ name }) => models.some(({ model }) => model === name)),
    );
    let lowest: Checkpoint | null = null;
    for (const { name } of owners) {
      const known = status.find((one) => one.name === name);
      if (known === undefined || known.liveVersion !== known.version) return this.models.asOf(...models);
      if (known.checkpoint === null) return null;
      if (lowest === null || known.checkpoint.position < lowest.position) lowest = known.checkpoint;
    }
    return lowest;
  }

  /** Of the projections this process keeps; none where it keeps none. */
  status(): readonly ProjectionStatus[] {
    return this.projector?.status() ?? [];
  }

  /** How many positions each model is behind the log; nothing while an engine is unavailable and that is not known. */
  async lag(): Promise<{ readonly name: string; readonly events: number }[]> {
    try {
      const last = (await this.eventStore.lastPosition()) ?? 0n;
      return await Promise.all(
        this.wholes.map(async (whole) => {
          const checkpoint = await this.asOf(whole);
          return { name: whole.name, events: Number(last - (checkpoint?.position ?? 0n)) };
        }),
      );
    } catch (error) {
      if (error instanceof StoreUnavailable) return [];
      throw error;
    }
  }
}
