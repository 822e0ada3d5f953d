import { StoreUnavailable } from '../log/errors.js';
import { type EventBatch, type EventStore } from '../log/event-store.js';
import { physicalModels } from './generation.js';
import { holdsEventOf, mustBeFilledFrom, placeOf } from './log-match.js';
import { goLive, goLiveTogether } from './go-live.js';
import { pause } from '../tools/pause.js';
import { type BackOff, waitAfter } from '../tools/retry.js';
import { type Projection } from './projection.js';
import { type ProjectionFault, ProjectionRun } from './projection-run.js';
import { type ProjectionState, type ProjectionStatus } from './projector-status.js';
import { PositionWaiters, type WaitOptions } from './position-waiters.js';
import { type Checkpoint, type ReadStore } from './read-store.js';
import { Upcasters } from '../log/upcasters.js';

export interface ProjectorOptions {
  readonly upcasters?: Upcasters;
  /** Events in one batch at most. Default 8,000: far behind, a document that changes often is saved once a batch. */
  readonly batchSize?: number;
  /** After how many batches that changed nothing their checkpoint is saved. Default 32. */
  readonly saveEvery?: number;
  /** Milliseconds to wait for a store that is away: first and longest time. Default 100 and 10,000. */
  readonly backOffMs?: BackOff;
  /** Called once for each fault. */
  readonly onFault?: (fault: ProjectionFault) => void;
  /** Called when `status` may have changed. */
  readonly onProgress?: () => void;
  /** Called when queries switch to a version. */
  readonly onLive?: (projection: string, version: number) => void;
}

/**
 * Runs all projections from one subscription to the log. There may be one projector at a time on a read store: it is
 * the only writer of its documents.
 */
export class Projector {
  readonly #runs: readonly ProjectionRun[];
  readonly #live = new Map<string, number>();
  readonly #caughtUp = new Set<ProjectionRun>();
  readonly #reported = new Set<ProjectionRun>();
  readonly #waiters = new PositionWaiters();
  readonly #stopping = new AbortController();
  #following: Promise<void> | null = null;
  #log: Checkpoint | null = null;
  #waitingFor: string | null = null;
  #failures = 0;
  #batchesUnsaved = 0;
  /** The log is noted as the one that the documents are filled from, and is that one. */
  #isKnownLog = false;
  /** Events have come since the checkpoints were last saved. */
  #hasNews = false;

  constructor(
    private readonly eventStore: EventStore,
    private readonly readStore: ReadStore,
    projections: readonly Projection[],
    private readonly options: ProjectorOptions = {},
  ) {
    const upcasters = options.upcasters ?? new Upcasters();
    this.#runs = projections.map((projection) => new ProjectionRun(readStore, projection, upcasters));
  }

  /**
   * Prepares the read store, then follows the log until `stop`. Resolves when following has begun; while a store is unavailable
   * it keeps trying. A projection without a live version goes live at once; where another version is live, queries stay with it
   * until this one has caught up.
   */
  async start(): Promise<void> {
    if (this.#following) throw new Error('the projector was started before');
    await new Promise<void>((resolve) => {
      this.#following = this.#follow(resolve).finally(resolve);
    });
  }

  /** Finishes the batch in hand, saves the checkpoints and ends. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
    this.#waiters.close();
  }

  status(): readonly ProjectionStatus[] {
    return this.#runs.map((run) => ({
      name: run.projection.name,
      version: run.projection.version,
      liveVersion: this.#live.get(run.projection.name) ?? null,
      checkpoint: run.checkpoint,
      log: this.#log,
      state: this.#stateOf(run),
      fault: run.fault,
      waitingFor: run.fault ? null : this.#waitingFor,
    }));
  }

  /**
   * Resolves to true once the projections (default: all) have folded everything up to `position`; to false when the time is
   * over, at `signal`, when one of them is faulted short of it, or when the projector has stopped.
   */
  waitFor(
    position: bigint,
    options: WaitOptions & { readonly projections?: readonly string[] },
  ): Promise<boolean> {
    const { projections } = options;
    const runs = projections ? projections.map((name) => this.#run(name)) : this.#runs;
    return this.#waiters.wait(runs, position, options);
  }

  #run(name: string): ProjectionRun {
    const run = this.#runs.find(({ projection }) => projection.name === name);
    if (!run) throw new Error(`no projection is named ${name}`);
    return run;
  }

  #stateOf(run: ProjectionRun): ProjectionState {
    if (run.fault) return 'faulted';
    if (this.#waitingFor !== null) return 'waiting';
    return this.#caughtUp.has(run) ? 'caught-up' : 'running';
  }

  async #follow(onOpen: () => void): Promise<void> {
    const { signal } = this.#stopping;
    const backOff = this.options.backOffMs ?? { first: 100, longest: 1_000 };
    let isOpen = false;
    while (!signal.aborted) {
      try {
        if (!isOpen) await this.#open();
        isOpen = true;
        onOpen();
        await this.#subscribe(signal).finally(() => this.#settle());
        await this.#flush();
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) {
          // Not of one projection: the log itself cannot be followed. Nothing is skipped; everything stands still.
          for (const run of this.#runs) this.#stop(run, error);
          return;
        }
        this.#waitingFor = error.message;
        this.#moved();
        await pause(waitAfter(++this.#failures, backOff), signal);
      }
    }
  }

  async #open(): Promise<void> {
    for (const run of this.#runs) {
      const { name, version } = run.projection;
      await run.open();
      const live = await this.readStore.liveVersion(name);
      if (live === null) await this.#goLive(run);
      else {
        this.#live.set(name, live);
        if (live === version) this.#tellLive(await goLiveTogether(this.readStore, run.projection), version);
        else await this.readStore.define(physicalModels(run.projection, live));
      }
    }
  }

  async #subscribe(signal: AbortSignal): Promise<void> {
    await this.#compareWithLog();
    await this.#knowLog();
    // What failed before may have been a checkpoint without documents, which nothing else would save again.
    await this.#flush();
    await this.#switch();
    this.#waitingFor = null;
    const healthy = this.#healthy();
    if (healthy.length === 0) return pause(null, signal);

    // The listener below would miss a stop that came in the meantime.
    if (signal.aborted) return;
    const ended = new AbortController();
    const end = () => ended.abort();
    signal.addEventListener('abort', end, { once: true });
    const after = healthy
      .map((run) => run.position)
      .reduce((low, position) => (position < low ? position : low));
    const subscription = this.eventStore.subscribeToAll({
      after: after < 0n ? null : after,
      signal: ended.signal,
      batchSize: this.options.batchSize ?? 8_000,
    });
    const batches = subscription[Symbol.asyncIterator]();
    try {
      let next = batches.next();
      for (let applied = 0; ; applied++) {
        const result = await next;
        if (result.done && signal.aborted) return;
        if (result.done) throw new StoreUnavailable('event store', 'the subscription ended');
        const batch = result.value;
        if (batch.caughtUp) {
          await this.#apply(batch);
          // Requested after the save, so that it holds everything appended in the meantime.
          next = batches.next();
        } else {
          next = batches.next();
          // When this batch fails, the next one is never awaited; otherwise the `await` above throws its error.
          next.catch(() => undefined);
          await this.#apply(batch);
        }
        // Only now it is known that a save went well: that of this batch, or that of the one before.
        if (batch.caughtUp || applied > 0) this.#failures = 0;
        if (this.#healthy().length === 0) return;
      }
    } finally {
      signal.removeEventListener('abort', end);
      end();
      await batches.return?.();
    }
  }

  /** A checkpoint beyond the end of the log would wait forever in silence: it is a fault. */
  async #compareWithLog(): Promise<void> {
    const last = await this.eventStore.lastPosition();
    if (last !== null && last > (this.#log?.position ?? -1n)) {
      const newest = await this.eventStore.readAt(last);
      this.#log = newest ? placeOf(newest) : { position: last, recordedAt: null };
    }
    for (const run of this.#healthy()) {
      if (run.position === (last ?? -1n)) this.#caughtUp.add(run);
      if (run.position > (last ?? -1n)) {
        const beyond = `checkpoint ${run.position} lies beyond the end of the log, ${last ?? 'which is empty'}`;
        this.#stop(
          run,
          new Error(`${beyond}: the log was restored from an older copy; rebuild this projection`),
        );
      } else if (run.checkpoint && !(await holdsEventOf(this.eventStore, run.checkpoint))) {
        const other = `the log holds another event at checkpoint ${run.position} than the one that was folded`;
        this.#stop(run, new Error(`${other}; rebuild this projection`));
      }
    }
  }

  /** Nothing is folded before it is noted from which log: once for all, at the first event of a new one. */
  async #knowLog(): Promise<void> {
    if (this.#isKnownLog) return;
    this.#isKnownLog = await mustBeFilledFrom(this.eventStore, this.readStore);
  }

  /** Where a batch ends, with the id of the event there where it is at hand. */
  #endOf({ events, position }: EventBatch): Checkpoint {
    const last = events.at(-1);
    if (last?.position === position) return placeOf(last);
    if (this.#log?.position === position) return this.#log;
    return { position, recordedAt: last?.metadata.recordedAt ?? this.#log?.recordedAt ?? null };
  }

  async #apply(batch: EventBatch): Promise<void> {
    const { events, position, caughtUp } = batch;
    if (events.length > 0) await this.#knowLog();
    const end = this.#endOf(batch);
    if (this.#log === null || this.#log.position < position) this.#log = end;
    const healthy = this.#healthy();
    try {
      await this.#together(healthy, async (run) => {
        await run.apply(events, end);
        if (caughtUp) await run.settle();
      });
      // A report says as of when it is: at the end of the log that is saved for projections without news too. That the
      // end is reached may be said by a batch of its own, after the one that brought the news.
      this.#hasNews ||= events.length > 0;
      const isEnd = caughtUp && this.#hasNews;
      if (isEnd || ++this.#batchesUnsaved >= (this.options.saveEvery ?? 32)) await this.#flush();
    } finally {
      for (const run of healthy) {
        if (caughtUp && run.position >= position) this.#caughtUp.add(run);
        else this.#caughtUp.delete(run);
      }
      this.#moved();
    }
    if (caughtUp) await this.#switch();
  }

  /**
   * Works on several projections at once. What goes wrong with one stops that one; only a store that is away is
   * everybody's business.
   */
  async #together(
    runs: readonly ProjectionRun[],
    work: (run: ProjectionRun) => Promise<void>,
  ): Promise<void> {
    const outcomes = await Promise.allSettled(runs.map(work));
    let unavailable: StoreUnavailable | null = null;
    for (const [index, outcome] of outcomes.entries()) {
      const run = runs[index];
      if (!run) continue;
      if (outcome.status === 'fulfilled') this.#report(run);
      else if (outcome.reason instanceof StoreUnavailable) unavailable = outcome.reason;
      else this.#stop(run, outcome.reason);
    }
    if (unavailable) throw unavailable;
  }

  /** Where a projection has seen the whole log, queries may read this version from now on. */
  async #switch(): Promise<void> {
    for (const run of this.#healthy()) {
      const { name, version } = run.projection;
      if (!this.#caughtUp.has(run) || this.#live.get(name) === version) continue;
      await run.flush();
      await this.#goLive(run);
    }
  }

  async #goLive(run: ProjectionRun): Promise<void> {
    const { name, version } = run.projection;
    const gone = await goLive(this.readStore, run.projection);
    this.#live.set(name, version);
    this.#tellLive(gone, version);
    this.#moved();
  }

  #tellLive(names: readonly string[], version: number): void {
    for (const name of names) this.options.onLive?.(name, version);
  }

  async #flush(): Promise<void> {
    await this.#together(this.#runs, (run) => run.flush());
    this.#batchesUnsaved = 0;
    this.#hasNews = false;
  }

  /** Waits for what is being saved; a projection whose save fails starts again from its checkpoint. */
  async #settle(): Promise<void> {
    await Promise.allSettled(this.#runs.map((run) => run.settle()));
    this.#moved();
  }

  #healthy(): readonly ProjectionRun[] {
    return this.#runs.filter((run) => run.fault === null);
  }

  #stop(run: ProjectionRun, error: unknown): void {
    if (run.fault) return;
    run.stop(error instanceof Error ? error.message : String(error), null);
    this.#report(run);
    this.#moved();
  }

  #moved(): void {
    this.#waiters.check();
    this.options.onProgress?.();
  }

  #report(run: ProjectionRun): void {
    if (!run.fault || this.#reported.has(run)) return;
    this.#reported.add(run);
    this.options.onFault?.(run.fault);
  }
}
