import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import {
  PositionWaiters,
  type Progress,
  type Projection,
  type ProjectionFault,
  type ProjectionStatus,
  StoreBroken,
  type WaitOptions,
} from '#libs/engine/event-sourcing';
import { type Tables } from '#libs/county/supervision';
import { type Config } from './config.js';
import { lockReadModels } from './one-keeper.js';
import { sharesOf } from './projection-shares.js';
import { sentTables } from './sent-tables.js';
import {
  type FromProjectorThread,
  type ProjectorThreadData,
  type ToProjectorThread,
} from './projector-messages.js';

/** Room for what a batch leaves behind, so that the collector has less to copy: an eighth of the time of catching up. */
const YOUNG_GENERATION_MB = 96;

/** What the projections are kept by; they are made of the same tables. */
export interface ProjectorThreadsParts {
  readonly config: Config;
  readonly tables: Tables;
}

export interface ProjectorThreadsOptions {
  readonly onFault?: (fault: ProjectionFault) => void;
  /** Called when queries switch to a version. */
  readonly onLive?: (projection: string) => void;
  /** Called when a thread's embedded store can never be used again: the process has to end. */
  readonly onBroken?: (error: StoreBroken) => void;
  /** Default: a thread of its own. */
  readonly startThread?: (data: ProjectorThreadData) => Thread;
}

/** What is needed of a `Worker`. */
export interface Thread {
  postMessage(message: ToProjectorThread): void;
  on(event: 'message', hear: (message: FromProjectorThread) => void): unknown;
  once(event: 'error', hear: (error: Error) => void): unknown;
  once(event: 'exit', hear: (code: number) => void): unknown;
}

/** By its name in package.json: a thread is started from what was built, whatever runs the rest. */
const startWorker = (workerData: ProjectorThreadData): Thread =>
  new Worker(new URL(import.meta.resolve('#projector-thread')), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });

/**
 * Runs the projections in threads of their own, each with a share of them and its own handles of the stores: folding
 * never holds up a request, and catching up uses more than one processor. Each projection has one thread and so one
 * writer. Where the read models are embedded, this process shares the projections out; where they are MongoDB's, the
 * threads of all processes share them by leases. The thread reports on its port how far it has come after each batch.
 */
export class ProjectorThreads {
  readonly #threads: readonly ProjectorThread[];
  readonly #waiters = new PositionWaiters();
  readonly #release: () => void;

  /** @throws InvalidConfig while another process keeps the embedded read models */
  constructor(
    { config, tables }: ProjectorThreadsParts,
    private readonly projections: readonly Projection[],
    options: ProjectorThreadsOptions = {},
  ) {
    const isLeased = config.engines.mongoUrl !== null;
    this.#release = lockReadModels(config);
    const shares = sharesOf(projections, config.projectorThreads).filter((share) => share.length > 0);
    const together = shares.map(() => randomUUID());
    this.#threads = shares.map((share, index) => {
      const keeps = isLeased ? { leaseOwner: together[index] ?? '', together } : share;
      return new ProjectorThread({ config, tables: sentTables(tables) }, keeps, {
        ...options,
        onProgress: () => this.#waiters.check(),
      });
    });
  }

  /** Whether all projections are kept here at this moment; those that are not, another process keeps, or soon will. */
  get keepsAll(): boolean {
    return this.status().length === this.projections.length;
  }

  /** Resolves when the threads have their stores open, before anything is folded. */
  async ready(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.ready()));
  }

  /** Resolves when following the log has begun. */
  async start(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.start()));
  }

  /** Finishes the batches in hand, saves the checkpoints and ends the threads. */
  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
    this.#waiters.close();
    this.#release();
  }

  status(): readonly ProjectionStatus[] {
    return this.#threads.flatMap((thread) => thread.status);
  }

  /** Whatever is being gathered short of the position is folded at once. */
  flushNow(position: bigint): void {
    for (const thread of this.#threads) if (thread.position < position) thread.flushNow();
  }

  /** As `Projector.waitFor`. */
  async waitFor(position: bigint, options: WaitOptions): Promise<boolean> {
    return this.#waiters.wait(this.#threads, position, options);
  }
}

interface ThreadOptions extends ProjectorThreadsOptions {
  readonly onProgress: () => void;
}

/** The position of a thread that keeps no projection: no caller need wait for it. */
const HIGHEST = 2n ** 63n;

/** One thread as it is seen from outside. */
class ProjectorThread implements Progress {
  #status: readonly ProjectionStatus[];
  #isStopping = false;
  readonly #worker: Thread;
  readonly #ended: Promise<void>;
  readonly #milestones = { ready: milestone(), started: milestone() };

  constructor(
    given: Omit<ProjectorThreadData, 'keeps'>,
    keeps: readonly Projection[] | { readonly leaseOwner: string; readonly together: readonly string[] },
    private readonly options: ThreadOptions,
  ) {
    // It reports itself what its leases give it.
    const projections = 'leaseOwner' in keeps ? [] : keeps;
    this.#status = projections.map(({ name, version }) => ({
      name,
      version,
      liveVersion: null,
      checkpoint: null,
      log: null,
      state: 'running',
      fault: null,
      waitingFor: null,
    }));
    const data: ProjectorThreadData = {
      ...given,
      keeps: 'leaseOwner' in keeps ? keeps : keeps.map(({ name }) => name),
    };
    this.#worker = (options.startThread ?? startWorker)(data);
    this.#worker.on('message', (message: FromProjectorThread) => this.#hear(message));
    this.#ended = new Promise((resolve) => {
      this.#worker.once('error', (error) => this.#fail(String(error)));
      this.#worker.once('exit', (code) => {
        if (!this.#isStopping) this.#fail(`the projector thread ended with ${code}`);
        resolve();
      });
    });
  }

  get status(): readonly ProjectionStatus[] {
    return this.#status;
  }

  /** The lowest of its projections. */
  get position(): bigint {
    return this.#status
      .map(({ checkpoint }) => checkpoint?.position ?? -1n)
      .reduce((low, position) => (position < low ? position : low), HIGHEST);
  }

  get fault(): ProjectionFault | null {
    return this.#status.find(({ fault }) => fault !== null)?.fault ?? null;
  }

  ready(): Promise<void> {
    return this.#milestones.ready.reached;
  }

  async start(): Promise<void> {
    await this.ready();
    this.#tell('start');
    await this.#milestones.started.reached;
  }

  flushNow(): void {
    this.#tell('flush');
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#tell('stop');
    await this.#ended;
  }

  #tell(message: ToProjectorThread): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromProjectorThread): void {
    switch (message.kind) {
      case 'ready':
      case 'started':
        return this.#milestones[message.kind].reach();
      case 'progress':
        this.#status = message.status;
        return this.options.onProgress();
      case 'live':
        return this.options.onLive?.(message.projection);
      case 'fault':
        return this.options.onFault?.(message.fault);
      case 'broken':
        return this.options.onBroken?.(new StoreBroken(message.engine, message.reason, message.fault));
    }
  }

  /** A thread that has ended folds nothing any more: all its projections stand still. */
  #fail(message: string): void {
    this.#status = this.#status.map((status) => {
      if (status.fault) return status;
      const fault = { projection: status.name, position: null, type: null, message };
      this.options.onFault?.(fault);
      return { ...status, state: 'faulted' as const, fault };
    });
    this.#milestones.ready.reach();
    this.#milestones.started.reach();
    this.options.onProgress();
  }
}

interface Milestone {
  readonly reached: Promise<void>;
  readonly reach: () => void;
}

function milestone(): Milestone {
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return { reached, reach };
}
