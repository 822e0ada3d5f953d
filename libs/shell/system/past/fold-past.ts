import { Projector } from '#libs/engine/event-sourcing';
import { openLmdbReadStore } from '#libs/engine/store-lmdb';
import { allUpcasters } from '../all-projections.js';
import { type Config } from '../config.js';
import { openEventStore } from '../open-stores.js';
import { type SentTables, tablesReceived } from '../sent-tables.js';
import { pastProjections } from './past-projections.js';
import { logAt, type PastPoint } from './past-point.js';

/** What is to be folded, and into which directory. */
export interface PastOrder {
  readonly config: Config;
  readonly tables: SentTables;
  readonly point: PastPoint;
  readonly directory: string;
}

/** The last event that was known; null where none was. */
export type PastEnd = { readonly position: string; readonly recordedAt: string } | null;

/** More than any log takes; a caller waits for less time, and asks again. */
const PATIENCE_MS = 3_600_000;

/**
 * Folds the log as it was into read models of their own, on stores of its own.
 * @throws Error where an event cannot be folded, StoreUnavailable, StoreFull
 */
export async function foldPast({ config, tables, point, directory }: PastOrder): Promise<PastEnd> {
  const { store: events } = await openEventStore(config.dataDirectory, config.engines);
  try {
    const known = logAt(events, point);
    const documents = await openLmdbReadStore(directory);
    const projector = new Projector(known, documents, pastProjections(tablesReceived(tables)), {
      upcasters: allUpcasters(),
    });
    try {
      await projector.start();
      const isDone = await projector.waitFor(point.last, { timeoutMs: PATIENCE_MS });
      const [status] = projector.status().flatMap(({ fault }) => fault ?? []);
      if (!isDone) throw new Error(`the past cannot be folded: ${status?.message ?? 'the time is over'}`);
    } finally {
      await projector.stop();
      await documents.close();
    }
    const { newest } = known;
    return newest && { position: `${newest.position}`, recordedAt: newest.metadata.recordedAt };
  } finally {
    await events.close();
  }
}
