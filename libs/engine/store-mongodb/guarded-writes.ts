import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { type AnyBulkWriteOperation, type Collection, MongoBulkWriteError, type WriteError } from 'mongodb';
import { DUPLICATE_KEY } from './mongodb-errors.js';
import { type Stored } from './stored.js';

/** Documents looked up, or inserted, with one command. */
const BATCH = 1_000;
const ATTEMPTS_WITHOUT_PROGRESS = 20;

type Call = <T>(work: () => Promise<T>) => Promise<T>;

/** Replaces what is not newer. When something newer is there, nothing matches and the insert meets its id: E11000. */
const replace = (document: Stored): AnyBulkWriteOperation<Stored> => ({
  replaceOne: {
    filter: { _id: document._id, seen: { $lte: document.seen } },
    replacement: document,
    upsert: true,
  },
});
const insert = (document: Stored): AnyBulkWriteOperation<Stored> => ({ insertOne: { document } });

function duplicateAt(error: unknown): number | null {
  if (!(error instanceof MongoBulkWriteError)) return null;
  const [first]: readonly WriteError[] = [error.writeErrors].flat();
  return first?.code === DUPLICATE_KEY ? first.index : null;
}

/** What the collection holds of these documents: the position each has seen. */
async function present(
  collection: Collection<Stored>,
  documents: readonly Stored[],
): Promise<Map<string, bigint>> {
  const ids = [...new Set(documents.map(({ _id }) => _id))];
  const found = await collection.find({ _id: { $in: ids } }, { projection: { seen: 1 } }).toArray();
  return new Map(found.map((document) => [document._id, BigInt(document.seen)]));
}

/** Index of the first operation whose id is taken by a newer document, or null when all were done. */
async function bulk(
  collection: Collection<Stored>,
  operations: AnyBulkWriteOperation<Stored>[],
): Promise<number | null> {
  try {
    await collection.bulkWrite(operations, { ordered: true });
    return null;
  } catch (error) {
    const index = duplicateAt(error);
    if (index === null) throw error;
    return index;
  }
}

const areDistinct = (documents: readonly Stored[]): boolean =>
  new Set(documents.map(({ _id }) => _id)).size === documents.length;

/** True when every document was new. `maybeNew`: those before were, so these are inserted without a look. */
async function writeBatch(
  collection: Collection<Stored>,
  batch: readonly Stored[],
  updatesPerCommand: number,
  call: Call,
  maybeNew: boolean,
): Promise<boolean> {
  let open = batch;
  if (maybeNew && areDistinct(batch)) {
    const duplicate = await call(() => bulk(collection, batch.map(insert)));
    if (duplicate === null) return true;
    open = batch.slice(duplicate);
  }
  let wereNew = open === batch;
  for (let stuck = 0; open.length > 0;) {
    const wanted = open;
    const seen = await call(() => present(collection, wanted));
    open = wanted.filter((document) => (seen.get(document._id) ?? -1n) <= document.seen);
    // A rebuild writes nothing but new documents, and inserting them is far cheaper than looking for each.
    const allNew = seen.size === 0 && areDistinct(open);
    wereNew &&= allNew;
    const size = allNew ? open.length : updatesPerCommand;
    let duplicate: number | null = null;
    while (open.length > 0 && duplicate === null) {
      const part = open.slice(0, size);
      duplicate = await call(() => bulk(collection, part.map(allNew ? insert : replace)));
      open = open.slice(duplicate ?? part.length);
      stuck = duplicate === 0 ? stuck + 1 : 0;
    }
    // Another projector wrote this document since. Either its version is newer, and ours is left out, or two inserts collided,
    // and ours is tried again.
    if (stuck > ATTEMPTS_WITHOUT_PROGRESS)
      throw new StoreUnavailable(
        'mongodb',
        `document ${open[0]?._id ?? ''} is written by others all the time`,
      );
  }
  return wereNew;
}

/**
 * Writes documents in the order given and never over a newer one: each write names the position it may replace, so two
 * projectors that run by accident, or one that repeats its last batch after a crash, leave what one would have left.
 * When it fails half way, what is stored is a prefix of the list.
 * @returns whether the last of them were all new; given back as `maybeNew` with the next ones, it saves a rebuild the look
 * at what is there
 */
export async function writeGuarded(
  collection: Collection<Stored>,
  documents: readonly Stored[],
  updatesPerCommand: number,
  call: Call,
  maybeNew = false,
): Promise<boolean> {
  let areNew = maybeNew;
  for (let start = 0; start < documents.length; start += BATCH)
    areNew = await writeBatch(
      collection,
      documents.slice(start, start + BATCH),
      updatesPerCommand,
      call,
      areNew,
    );
  return areNew;
}
