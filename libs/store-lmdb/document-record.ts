import { type Document, type Kept } from '#libs/event-sourcing';

/**
 * A document as stored: three lines, the position it has seen, the values of its indexed fields, and itself, each
 * JSON without line breaks. The second line tells an update which index entries there are without parsing the third.
 */
export function encodeRecord(seen: bigint, fields: string, document: Document): string {
  return `${seen}\n${fields}\n${JSON.stringify(document)}`;
}

export function decodeRecord(record: string): Kept {
  const afterSeen = record.indexOf('\n');
  const afterFields = record.indexOf('\n', afterSeen + 1);
  return {
    document: JSON.parse(record.slice(afterFields + 1)) as Document,
    seen: BigInt(record.slice(0, afterSeen)),
  };
}

export function fieldsOf(record: string): string {
  const afterSeen = record.indexOf('\n');
  return record.slice(afterSeen + 1, record.indexOf('\n', afterSeen + 1));
}
