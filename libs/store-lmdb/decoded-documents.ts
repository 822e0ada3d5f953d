import { type Kept, RecentMap } from '#libs/event-sourcing';
import { decodeRecord } from './document-record.js';

interface Decoded {
  readonly record: string;
  readonly kept: Kept;
}

/** Longer records are decoded each time: a few of them would take the room of all others. In UTF-16 units. */
const LONGEST_KEPT = 128 << 10;

/**
 * Documents read lately, as they were decoded. A report reads the same documents again and again, and most of its time
 * went into parsing them. The record is fetched all the same and compared as a whole, so what is answered is what the
 * store holds at this moment, whoever wrote it. Readers share the documents and must not change them.
 */
export class DecodedDocuments {
  private readonly documents: RecentMap<Decoded> | null;

  /** `most`: how many are kept; 0 = none. */
  constructor(most: number) {
    this.documents = most === 0 ? null : new RecentMap(most);
  }

  of(model: string, id: string, record: string): Kept {
    if (this.documents === null || record.length > LONGEST_KEPT) return decodeRecord(record);
    const key = `${model}\n${id}`;
    const known = this.documents.get(key);
    if (known?.record === record) return known.kept;
    const kept = decodeRecord(record);
    this.documents.set(key, { record, kept });
    return kept;
  }
}
