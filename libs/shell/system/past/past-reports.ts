import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Tables } from '#libs/county/supervision';
import { type EventStore, ReadModels, type ReadStore } from '#libs/engine/event-sourcing';
import { openLmdbReadStore } from '#libs/engine/store-lmdb';
import {
  type Clock,
  instantAsked,
  invalid,
  PastSources,
  type QuerySources,
  retryLater,
} from '#libs/shell/nest';
import { type Config } from '../config.js';
import { inTime, LATE } from '../in-time.js';
import { sentTables } from '../sent-tables.js';
import { type PastEnd, type PastOrder } from './fold-past.js';
import { isAnotherPast, logAt, type PastPoint } from './past-point.js';
import { pastProjections } from './past-projections.js';

/** Pasts that are kept, the last asked for: each takes about the disk of the read models as they were then. */
const KEPT = 8;
/** Pasts that wait to be folded while another one is. */
const WAITING = 8;
const RETRY_SECONDS = 5;
/** Documents of a past that are kept decoded. */
const DOCUMENTS_AT_HAND = 1_024;

export interface PastParts {
  readonly config: Config;
  readonly eventStore: EventStore;
  readonly tables: Tables;
  readonly clock: Clock;
  /** Default: in a thread of its own, so that no request waits for the fold of another. */
  readonly fold?: (order: PastOrder) => Promise<PastEnd>;
}

/** A past that is folded: its read models, and how far the log is in them. */
interface Folded {
  readonly models: ReadModels;
  readonly store: ReadStore;
  readonly end: PastEnd;
  /** Nothing up to here was known at its instant but what is in it. */
  checked: bigint;
}

interface Past {
  readonly directory: string;
  readonly point: PastPoint;
  readonly folded: Promise<Folded>;
  /** Set once it is folded. */
  isReady: boolean;
  readers: number;
  dropped: boolean;
}

/**
 * Reports as they were: the read models are folded again from the log as it was, into a directory of their own, one past
 * at a time. The last few are kept. See ADR 33.
 */
export class PastReports extends PastSources {
  readonly #kept = new Map<string, Past>();
  readonly #directory: string;
  #folding: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #made = 0;

  constructor(private readonly parts: PastParts) {
    super();
    this.#directory = join(parts.config.dataDirectory, 'past', `${process.pid}`);
  }

  override async answer<Answer>(
    asOf: string,
    ask: (sources: QuerySources) => Promise<Answer>,
  ): Promise<Answer> {
    const { point, now } = await this.#pointOf(asOf);
    const past = await this.#past(point);
    past.readers++;
    try {
      const folded = await inTime(past.folded, this.parts.config.afterTimeoutMs);
      if (folded === LATE) throw retryLater(503, 'http.past-being-folded', RETRY_SECONDS, { asOf });
      return await ask(this.#sources(folded, point, now));
    } finally {
      past.readers--;
      if (past.dropped) await this.#remove(past);
    }
  }

  /** Ends nothing that is being folded: its directory goes with the next start. */
  async close(): Promise<void> {
    for (const key of [...this.#kept.keys()]) await this.#drop(key);
  }

  async #pointOf(asOf: string): Promise<{ point: PastPoint; now: string }> {
    const { eventStore, clock } = this.parts;
    const last = await eventStore.lastPosition();
    if (last === null) throw invalid('asOf', 'is before the beginning of the log', '早于日志起点');
    if (/^\d{1,19}$/.test(asOf)) {
      const position = BigInt(asOf);
      const event = position > last ? null : await eventStore.readAt(position);
      if (event === null) throw invalid('asOf', 'is not the position of an event', '不是日志中的位置');
      return { point: { last: position, instant: null }, now: event.metadata.recordedAt };
    }
    const instant = instantAsked('asOf', asOf);
    if (instant > new Date(clock.now()).toISOString())
      throw invalid('asOf', 'must not be after now', '不得晚于当前时间');
    return { point: { last, instant }, now: instant };
  }

  async #past(point: PastPoint): Promise<Past> {
    const key = point.instant ?? `${point.last}`;
    const known = this.#kept.get(key);
    if (known && (await this.#isStill(known, point.last))) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    if (known) await this.#drop(key);
    if (this.#waiting >= WAITING) throw retryLater(503, 'http.past-busy', RETRY_SECONDS);
    const directory = this.#newDirectory();
    const past: Past = {
      directory,
      point,
      folded: this.#fold(point, directory),
      isReady: false,
      readers: 0,
      dropped: false,
    };
    this.#kept.set(key, past);
    past.folded.then(
      () => {
        past.isReady = true;
        if (past.dropped) void this.#remove(past);
      },
      () => {
        if (this.#kept.get(key) === past) this.#kept.delete(key);
        rmSync(directory, { recursive: true, force: true });
      },
    );
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) await this.#drop(oldest);
    return past;
  }

  /** Whether what was written since belongs to another time. */
  async #isStill(past: Past, end: bigint): Promise<boolean> {
    // While it is being folded nobody waits for more than that.
    if (!past.isReady) return true;
    const folded = await past.folded;
    const { point } = past;
    if (await isAnotherPast(this.parts.eventStore, { ...point, last: folded.checked }, end)) return false;
    folded.checked = end;
    return true;
  }

  /** One at a time. */
  #fold(point: PastPoint, directory: string): Promise<Folded> {
    const { config, tables, fold = inThread } = this.parts;
    this.#waiting++;
    const folded = this.#folding.then(async () => {
      const end = await fold({ config, tables: sentTables(tables), point, directory });
      const store = await openLmdbReadStore(directory, {
        readOnly: true,
        documentsAtHand: DOCUMENTS_AT_HAND,
      });
      return { models: new ReadModels(store, pastProjections(tables)), store, end, checked: point.last };
    });
    this.#folding = folded.then(
      () => this.#waiting--,
      () => this.#waiting--,
    );
    return folded;
  }

  #sources({ models, end }: Folded, point: PastPoint, now: string): QuerySources {
    const { eventStore, tables } = this.parts;
    const checkpoint = end && { position: BigInt(end.position), recordedAt: end.recordedAt };
    return {
      models,
      eventStore: logAt(eventStore, { ...point, last: checkpoint?.position ?? -1n }),
      calendar: tables.calendar,
      now: () => now,
      asOf: () => Promise.resolve(checkpoint),
    };
  }

  /** Directories of processes that are gone are removed with the first of this one. */
  #newDirectory(): string {
    if (this.#made === 0) removeAbandoned(join(this.#directory, '..'));
    const directory = join(this.#directory, `${++this.#made}`);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return directory;
  }

  async #drop(key: string): Promise<void> {
    const past = this.#kept.get(key);
    if (!past) return;
    this.#kept.delete(key);
    past.dropped = true;
    await this.#remove(past);
  }

  /** What is still being folded is removed once it is, or by the next process. */
  async #remove({ readers, isReady, folded, directory }: Past): Promise<void> {
    if (readers > 0 || !isReady) return;
    const { store } = await folded;
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function removeAbandoned(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(directory))
    if (!isAlive(Number(name)) || name === `${process.pid}`)
      rmSync(join(directory, name), { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function inThread(order: PastOrder): Promise<PastEnd> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.resolve('#projector-thread')), { workerData: order });
    // A process that should end does not wait for it.
    worker.unref();
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread that folds the past ended with ${code}`)));
  });
}
