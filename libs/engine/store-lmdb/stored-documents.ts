import { ReadModelsDamaged } from '#libs/engine/event-sourcing';
import { type Database } from 'lmdb';
import { isSealed } from './seal.js';

/** The records of all documents. A read returns exactly what was written, or throws. */
export class StoredDocuments {
  constructor(
    readonly all: Database<Buffer, Buffer>,
    /** Called before ReadModelsDamaged is thrown. */
    private readonly onDamaged: () => void,
  ) {}

  /** Its bytes in place, valid until lmdb is asked for anything else; null if there is no such record. @throws ReadModelsDamaged */
  record(key: Buffer): Buffer | null {
    const record = this.unchecked(key);
    if (record) this.mustBeSealed(key, record);
    return record;
  }

  /** As `record`, for who compares it with one that was checked, or checks it. */
  unchecked(key: Buffer): Buffer | null {
    return this.all.getBinaryFast(key) ?? null;
  }

  /** @throws ReadModelsDamaged */
  mustBeSealed(key: Buffer, record: Buffer): void {
    if (!isSealed(key, record)) throw this.damaged(`the document ${textOf(key)}`);
  }

  /** @throws ReadModelsDamaged */
  entryMustBeSealed(key: Buffer, value: Buffer): void {
    if (!isSealed(key, value)) throw this.damaged(`the index entry ${textOf(key)}`);
  }

  /** Of anything else in the same files. */
  damaged(what: string): ReadModelsDamaged {
    this.onDamaged();
    return new ReadModelsDamaged(
      `${what} is not what was written; start the server again: it builds them anew`,
    );
  }
}

/** Four bytes of the number of its model or index come first. */
function textOf(key: Buffer): string {
  return JSON.stringify(key.toString('utf8', 4));
}
