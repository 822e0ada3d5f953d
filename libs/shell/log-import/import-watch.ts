import {
  allDocuments,
  DeciderRunner,
  type EventStore,
  importedLog,
  type ReadModels,
} from '#libs/engine/event-sourcing';
import { imports } from './read-model/import.projection.js';
import { importStream, logImportDecider } from './log-import.decider.js';

/** What policies ask of imports. */
export class ImportWatch {
  private readonly runner: DeciderRunner<
    Parameters<typeof logImportDecider.decide>[0],
    Parameters<typeof logImportDecider.decide>[1],
    ReturnType<typeof logImportDecider.decide>[number]
  >;

  constructor(
    private readonly events: EventStore,
    private readonly models: Pick<ReadModels, 'find'>,
  ) {
    this.runner = new DeciderRunner(events, logImportDecider);
  }

  /** Whether a stream is of a log that is being imported: whose end is not on record, as the event log itself says. */
  async isUnderWay(stream: string): Promise<boolean> {
    const log = await this.logOf(stream);
    if (log === null) return false;
    const { last, again } = (await this.runner.load(importStream(log))).state;
    return last === null || again;
  }

  /** Names of the logs that supervision looks at. */
  async withFindings(): Promise<readonly string[]> {
    const documents = await allDocuments(this.models, imports, {
      index: 'findings',
      equals: { findings: true },
    });
    return documents.map(({ id }) => id);
  }

  private async logOf(stream: string): Promise<string | null> {
    for await (const { metadata } of this.events.readStream(stream)) return importedLog(metadata);
    return null;
  }
}
