import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EventStore,
  inPartitions,
  type Projection,
  Projector,
  ReadModels,
  type ReadStore,
  Upcasters,
} from '#libs/engine/event-sourcing';
import { TEST_WAIT_MS } from '#libs/engine/event-sourcing-testing';
import { APPROVAL_UPCASTERS, applicationsUnder } from '#libs/county/approval';
import { improvements } from '#libs/county/improvement';
import { PROJECT_UPCASTERS } from '#libs/county/project';
import { matters } from '#libs/law/catalogue';
import { auditTrail, POSITIONS_A_POSTING } from '../accountability/audit.projection.js';
import { projects } from '../project/project.projection.js';
import { stalls } from '../standstill/stall.projection.js';
import { timelines } from '../timeline/timeline.projection.js';
import { type History } from './history.js';
import { tables } from './tables.js';

/** What the reports of a history are read from. */
const MODELS = [
  matters,
  improvements,
  projects,
  applicationsUnder(tables.calendar),
  timelines,
  stalls,
  auditTrail(POSITIONS_A_POSTING),
];

const UPCASTERS = new Upcasters([...PROJECT_UPCASTERS, ...APPROVAL_UPCASTERS]);

/** How a test opens its stores; a spec names the engine, since nothing else in an area may. */
export interface Engine {
  readonly openEventStore: (directory: string) => Promise<EventStore>;
  readonly openReadStore: (directory: string) => Promise<ReadStore>;
}

/** What a query gets: the read models of a history, and its log. */
export interface Reports {
  readonly models: ReadModels;
  readonly events: EventStore;
}

/** Histories stored and projected over a real engine, each in a directory of its own. */
export class ReportsBench {
  readonly #open: (() => Promise<void>)[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly projections: readonly Projection[] = MODELS,
  ) {}

  /** Resolves when every read model has folded the whole history, kept whole or in `partitions` partitions. */
  async load(history: History, projections = this.projections, partitions = 1): Promise<Reports> {
    const directory = await mkdtemp(join(tmpdir(), 'zhitong-reports-'));
    const events = await this.engine.openEventStore(directory);
    const reads = await this.engine.openReadStore(directory);
    const kept = inPartitions(projections, partitions);
    const projector = new Projector(events, reads, kept, { batchSize: 50, upcasters: UPCASTERS });
    this.#open.push(async () => {
      await projector.stop();
      await reads.close();
      await events.close();
      await rm(directory, { recursive: true });
    });
    for (const { stream, expected, newEvents } of history.appends) {
      await events.append(stream, expected, newEvents);
    }
    await projector.start();
    const last = await events.lastPosition();
    if (last !== null && !(await projector.waitFor(last, { timeoutMs: TEST_WAIT_MS }))) {
      const faults = projector.status().flatMap(({ fault }) => fault ?? []);
      throw new Error(`the read models did not arrive: ${faults.map(({ message }) => message).join('; ')}`);
    }
    return { events, models: new ReadModels(reads, projections, { partitions }) };
  }

  async close(): Promise<void> {
    for (const close of this.#open.splice(0)) await close();
  }
}
