import { defined } from '../tools/defined.js';
import { StoreUnavailable } from '../log/errors.js';
import { type EventStore } from '../log/event-store.js';
import { checkpointKey } from '../reading/generation.js';
import { LeaseKeeper } from './lease-keeper.js';
import { pause } from '../tools/pause.js';
import { type Projection } from '../reading/projection.js';
import { Projector, type ProjectorOptions } from '../reading/projector.js';
import { type ProjectionStatus } from '../reading/projector-status.js';
import { type ReadStore } from '../reading/read-store.js';

export interface LeasedProjectorOptions extends ProjectorOptions {
  /** As of `LeaseKeeper`. */
  readonly owner: string;
  readonly together?: readonly string[];
  readonly leaseMs: number;
  /** Divides the projections among `owners`. */
  readonly shares: (projections: readonly Projection[], owners: number) => readonly (readonly Projection[])[];
  /** Called when a round of the leases failed for another reason than an unavailable store. */
  readonly onLeaseFault?: (error: unknown) => void;
}

/** Rounds within the time of a lease: some may be late or lost before anybody else takes over. */
const ROUNDS = 5;

const leaseOf = ({ name, version }: Projection): string => checkpointKey(name, version);

/**
 * A projector that shares the projections with others on the same read store, each by a lease: it runs those it holds,
 * takes over what another has left, and stops writing what it no longer holds.
 */
export class LeasedProjector {
  readonly #keeper: LeaseKeeper;
  readonly #stopping = new AbortController();
  #projector: Projector | null = null;
  /** What the projector runs, or will once `#changing` is done. */
  #running = '';
  #isChanging = false;
  #changing: Promise<void> = Promise.resolve();
  #looping: Promise<void> | null = null;

  constructor(
    private readonly eventStore: EventStore,
    private readonly readStore: ReadStore,
    private readonly projections: readonly Projection[],
    private readonly options: LeasedProjectorOptions,
  ) {
    this.#keeper = new LeaseKeeper(readStore, {
      owner: options.owner,
      leaseMs: options.leaseMs,
      ...defined({ together: options.together }),
      shares: (owners) => options.shares(projections, owners).map((share) => share.map(leaseOf)),
    });
  }

  /** Resolves once it knows its share and has begun to follow the log for it; while a store is unavailable it keeps trying. */
  async start(): Promise<void> {
    if (this.#looping) throw new Error('the projector was started before');
    await new Promise<void>((resolve) => {
      this.#looping = this.#loop(resolve).finally(resolve);
    });
  }

  /** Finishes the batch in hand, saves the checkpoints, and lets others have the projections at once. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#looping;
    await this.#changing;
    await this.#projector?.stop();
    await this.#try(() => this.#keeper.leave());
  }

  /** Of the projections it runs at the moment. */
  status(): readonly ProjectionStatus[] {
    return this.#projector?.status() ?? [];
  }

  async #loop(onStarted: () => void): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const isDone = await this.#try(() => this.#keeper.round());
      this.#change();
      if (isDone) void this.#changing.then(onStarted);
      await pause(this.options.leaseMs / ROUNDS, signal);
    }
  }

  /** Another projector for what is held now. It does not delay the rounds: leases are still renewed. */
  #change(): void {
    if (this.#isChanging) return;
    const { mine, surplus } = this.#keeper;
    if (mine.join() === this.#running && surplus.length === 0) return;
    this.#running = mine.join();
    this.#isChanging = true;
    this.#changing = this.#restart(mine, surplus).finally(() => {
      this.#isChanging = false;
    });
  }

  async #restart(mine: readonly string[], surplus: readonly string[]): Promise<void> {
    await this.#projector?.stop();
    this.#projector = null;
    await this.#try(() => this.#keeper.release(surplus));
    if (mine.length > 0 && !this.#stopping.signal.aborted) {
      const own = this.projections.filter((projection) => mine.includes(leaseOf(projection)));
      this.#projector = new Projector(this.eventStore, this.#fenced(), own, this.options);
      // It resolves when the stores respond; until then only its own end may wait for it.
      void this.#projector.start();
    }
    this.options.onProgress?.();
  }

  /** The read store, in which a projection can be written only as long as its lease is held. */
  #fenced(): ReadStore {
    const store = this.readStore;
    const mustHold = (key: string): void => {
      if (!this.#keeper.holds(key)) throw new StoreUnavailable('lease', `${key} is not held any more`);
    };
    const fenced: Pick<ReadStore, 'save' | 'goLive'> = {
      save: async (projection, writes, checkpoint) => {
        mustHold(projection);
        return store.save(projection, writes, checkpoint);
      },
      goLive: async (name, version) => {
        // The whole of which these are partitions has no lease: the last owner with a partition reports it.
        const isWhole = this.projections.some(({ partition }) => partition?.of.name === name);
        if (!isWhole) mustHold(checkpointKey(name, version));
        return store.goLive(name, version);
      },
    };
    return new Proxy(store, {
      get: (target, property) => {
        if (property === 'save' || property === 'goLive') return fenced[property];
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  /** False when the store is away: what is held then ends by itself. */
  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) this.options.onLeaseFault?.(error);
      return false;
    }
  }
}
