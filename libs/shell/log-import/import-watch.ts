import { LRUCache } from 'lru-cache';
import {
  allDocuments,
  DeciderRunner,
  type EventStore,
  importedLog,
  type ReadModels,
} from '#libs/engine/event-sourcing';
import { imports } from './read-model/import.projection.js';
import { importStream, logImportDecider } from './log-import.decider.js';

/** Streams whose log is remembered; more than have work due at a time. */
const STREAMS_KEPT = 10_000;

/** What policies ask of imports. */
export class ImportWatch {
  private readonly runner: DeciderRunner<
    Parameters<typeof logImportDecider.decide>[0],
    Parameters<typeof logImportDecider.decide>[1],
    ReturnType<typeof logImportDecider.decide>[number]
  >;
  /** What the first event of a stream says, by stream: no later event changes it. Null for live work. */
  private readonly first = new LRUCache<string, { readonly log: string | null }>({ max: STREAMS_KEPT });

  constructor(
    private readonly events: EventStore,
    private readonly models: Pick<ReadModels, 'find'>,
  ) {
    this.runner = new DeciderRunner(events, logImportDecider);
  }

  /** Those of some streams that are of a log which is being imported: whose end is not on record, as the event log itself says. */
  async underWay(streams: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await Promise.all(
      streams.map(async (stream) => ({ stream, log: await this.logOf(stream) })),
    );
    const logs = [...new Set(found.flatMap(({ log }) => (log === null ? [] : [log])))];
    const isRunning = new Map(
      await Promise.all(logs.map(async (log) => [log, await this.isRunning(log)] as const)),
    );
    return new Set(
      found.flatMap(({ stream, log }) => (log !== null && isRunning.get(log) === true ? [stream] : [])),
    );
  }

  /** Names of the logs that supervision looks at. */
  async withFindings(): Promise<readonly string[]> {
    const documents = await allDocuments(this.models, imports, {
      index: 'findings',
      equals: { findings: true },
    });
    return documents.map(({ id }) => id);
  }

  private async isRunning(log: string): Promise<boolean> {
    const { last, again } = (await this.runner.load(importStream(log))).state;
    return last === null || again;
  }

  private async logOf(stream: string): Promise<string | null> {
    const known = this.first.get(stream);
    if (known !== undefined) return known.log;
    for await (const { metadata } of this.events.readStream(stream)) {
      const log = importedLog(metadata);
      this.first.set(stream, { log });
      return log;
    }
    return null;
  }
}
