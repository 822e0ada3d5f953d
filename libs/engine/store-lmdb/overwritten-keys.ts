import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailable } from '#libs/engine/event-sourcing';

/** What has to be written anew until nothing of a deleted value is left in a data file. */
export interface ErasedPlace {
  /** The data file. */
  readonly path: string;
  /** Writes every record again, so that each page in use is a new one. */
  readonly rewriteAll: () => Promise<void>;
  /** Stores these values, which takes pages that were given up. */
  readonly fill: (values: readonly Buffer[]) => Promise<void>;
  readonly empty: () => Promise<void>;
}

const PIECE_BYTES = 1 << 20;
/** Two of them fill a page. */
const FILLER_BYTES = 1_900;
const FIRST_FILLERS = 32;
const TRIES = 12;
/** A reader of another process keeps pages from being used again for a moment. */
const PAUSE_MS = 50;

/**
 * LMDB writes a changed page to another place and leaves the old one as it was until it needs the room. So pages are used up until
 * the file holds none of these bytes any more, and the file itself is searched for them.
 * @throws StoreUnavailable if some are still there after the last attempt: they can no longer be read through the store
 */
export async function overwrite(place: ErasedPlace, secrets: readonly Buffer[]): Promise<void> {
  let fillers = FIRST_FILLERS;
  for (let attempt = 1; holdsAny(place.path, secrets); attempt += 1) {
    if (attempt > TRIES)
      throw new StoreUnavailable('lmdb', `deleted keys are still in ${place.path}: erase the person again`);
    // Twice: what a transaction gives up is used by the next but one.
    for (let turn = 0; turn < 2; turn += 1) {
      await place.rewriteAll();
      await place.fill(Array.from({ length: fillers }, () => randomBytes(FILLER_BYTES)));
      await place.empty();
    }
    if (attempt > 1) await delay(PAUSE_MS);
    fillers *= 2;
  }
}

function holdsAny(path: string, secrets: readonly Buffer[]): boolean {
  const overlap = Math.max(0, ...secrets.map(({ length }) => length)) - 1;
  const handle = openSync(path, 'r');
  try {
    const { size } = fstatSync(handle);
    const piece = Buffer.alloc(Math.min(size, PIECE_BYTES + overlap));
    for (let at = 0; at < size; at += PIECE_BYTES) {
      const read = readSync(handle, piece, 0, piece.length, at);
      const bytes = piece.subarray(0, read);
      if (secrets.some((secret) => bytes.includes(secret))) return true;
    }
    return false;
  } finally {
    closeSync(handle);
  }
}
