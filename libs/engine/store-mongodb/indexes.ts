import { setTimeout as pause } from 'node:timers/promises';
import { type ModelDefinition, StoreUnavailable } from '#libs/engine/event-sourcing';
import { type Collection, MongoServerError } from 'mongodb';
import { fieldName, fromBson } from './document-codec.js';
import { indexFields } from './index-keys.js';
import { indexKeys } from './page-query.js';
import { type Stored } from './stored.js';

const BATCH = 1_000;
const NAMESPACE_NOT_FOUND = 26;
const ATTEMPTS = 4;
const AT_ONCE_MS = 1_000;
const AGAIN_AFTER_MS = 50;

type Call = <T>(work: () => Promise<T>) => Promise<T>;

/** The answer of a collection that does not exist. */
export const absent =
  <T>(answer: T) =>
  (error: unknown): T => {
    if (error instanceof MongoServerError && error.code === NAMESPACE_NOT_FOUND) return answer;
    throw error;
  };

/**
 * Creates the model's indexes that the collection lacks, and only those: FerretDB 1.24 drops the connection when
 * several that exist are created again.
 * @throws StoreUnavailable
 */
export async function createMissingIndexes(
  collection: Collection<Stored>,
  { indexes }: ModelDefinition,
  call: Call,
): Promise<void> {
  const present = await call(() => collection.listIndexes().toArray().catch(absent<{ name: string }[]>([])));
  const names = new Set(present.map(({ name }) => name as string));
  const missing = Object.entries(indexes)
    .map(([index, definition]) => ({ name: fieldName(index), key: indexKeys(index, definition) }))
    .filter(({ name, key }) => !names.has(name) && Object.keys(key).length > 1); // ids are indexed anyway
  if (missing.length > 0) await call(() => collection.createIndexes(missing));
}

/**
 * Repeats the work, from its beginning, when a dropped connection has ended it: several processes may create the same indexes
 * at the same moment, and FerretDB then drops busy connections. That shows at once; an engine that is unavailable is waited for
 * and not called again.
 * @throws StoreUnavailable
 */
export async function overDroppedConnections(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const start = performance.now();
    try {
      return await work();
    } catch (error) {
      const isDropped = error instanceof StoreUnavailable && performance.now() - start < AT_ONCE_MS;
      if (!isDropped || attempt === ATTEMPTS) throw error;
    }
    await pause(AGAIN_AFTER_MS * attempt);
  }
}

/**
 * Writes the index keys of every document anew, for a model whose declared indexes changed. A document that a projector
 * replaces in the meantime has the new keys already and is left as it is.
 */
export async function reindex(
  collection: Collection<Stored>,
  model: ModelDefinition,
  updatesPerCommand: number,
  call: Call,
): Promise<void> {
  await call(() => collection.dropIndexes().catch(absent(true)));
  for (let after: string | null = null; ;) {
    const filter = after === null ? {} : { _id: { $gt: after } };
    const part: Stored[] = await call(() => collection.find(filter).sort({ _id: 1 }).limit(BATCH).toArray());
    if (part.length === 0) return;
    const updates = part.map(({ _id, seen, document }) => ({
      updateOne: {
        filter: { _id, seen },
        update: { $set: { index: indexFields(model, fromBson(document)) } },
      },
    }));
    for (let start = 0; start < updates.length; start += updatesPerCommand)
      await call(() => collection.bulkWrite(updates.slice(start, start + updatesPerCommand)));
    after = part.at(-1)?._id ?? null;
  }
}
