import { LRUCache } from 'lru-cache';
import { type StoredDocument } from '#libs/engine/event-sourcing';
import { decodeRecord } from './document-record.js';

interface Decoded {
  readonly record: Buffer;
  readonly kept: StoredDocument;
}

/** Longer records are decoded each time: a few of them would take the room of all others. */
const LONGEST_KEPT_BYTES = 128 << 10;

/**
 * Documents read lately, decoded. A report reads the same documents again and again, and most of its time went into parsing
 * them. The record's bytes are still read and compared as a whole, in place, so that the result is what the store holds at this
 * moment, even if another process wrote it. Readers share the documents and must not change them.
 *
 * A document is kept from its second read on: what is asked for once, as most projects of a large county are, would only drive
 * out what is asked for often, and be copied by the garbage collector before it goes.
 */
export class DecodedDocuments {
  private readonly documents: LRUCache<string, Decoded>;
  /** Keys of what was read once. */
  private readonly seenOnce: LRUCache<string, true>;

  /** `most`: how many are kept. */
  constructor(most: number) {
    this.documents = new LRUCache({ max: most });
    this.seenOnce = new LRUCache({ max: most });
  }

  /**
   * `record` is not kept: its memory may be reused by the store's next read. `check` throws when it is not what was written; a
   * record equal to one that was checked is not checked again.
   */
  of(model: string, id: string, record: Buffer, check: () => void): StoredDocument {
    const key = `${model}\n${id}`;
    const known = this.documents.get(key);
    if (known?.record.equals(record)) return known.kept;
    check();
    const kept = decodeRecord(record);
    if (record.length > LONGEST_KEPT_BYTES) return kept;
    if (known !== undefined || this.seenOnce.get(key))
      this.documents.set(key, { record: copyOf(record), kept });
    else this.seenOnce.set(key, true);
    return kept;
  }
}

/** Not cut out of a slab, which it would keep whole. */
function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}
