import { type Document, type StoredDocument } from '#libs/engine/event-sourcing';
import { seal, SEAL_BYTES } from './seal.js';

const LINE_BREAK = 0x0a;

/**
 * A document as stored: its seal, then in UTF-8 three lines, the position it has seen, the values of its indexed fields, and
 * itself, each JSON without line breaks. From the second line an update knows which index entries there are without reading the
 * third.
 */
export function encodeRecord(key: Buffer, seen: bigint, fields: string, document: Document): Buffer {
  const text = `${seen}\n${fields}\n${JSON.stringify(document)}`;
  const record = Buffer.allocUnsafe(SEAL_BYTES + Buffer.byteLength(text));
  record.write(text, SEAL_BYTES);
  seal(key, record);
  return record;
}

/**
 * Reads a record where it lies. Node decodes the bytes several times as fast as lmdb does where not all of them are ASCII.
 * `record` may be lmdb's own buffer, which is longer than the record in it; only `length` gives the record's end.
 */
export function decodeRecord(record: Buffer): StoredDocument {
  const afterSeen = record.indexOf(LINE_BREAK, SEAL_BYTES);
  const afterFields = record.indexOf(LINE_BREAK, afterSeen + 1);
  return {
    document: JSON.parse(record.toString('utf8', afterFields + 1, record.length)) as Document,
    seen: BigInt(record.toString('latin1', SEAL_BYTES, afterSeen)),
  };
}

/** The second line of a record alone. */
export function fieldsOf(record: Buffer): string {
  const afterSeen = record.indexOf(LINE_BREAK, SEAL_BYTES);
  return record.toString('utf8', afterSeen + 1, record.indexOf(LINE_BREAK, afterSeen + 1));
}
