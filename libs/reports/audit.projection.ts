import { type Document, type Projection, type StoredEvent } from '#libs/event-sourcing';

/** One event in a posting: day and time within the month (UTC), how far it lies behind the posting's base, its type. */
export type AuditEntry = readonly [time: string, offset: number, type: string];

/**
 * Entries as one text, a line each. A posting takes up to a thousand of them one by one: a text grows at its end, where
 * a list would be copied each time.
 */
const LINE = '\n';
const COLUMN = ' ';

/** The entries of a posting, in the order of the log. */
export function auditEntries({ entries }: AuditPosting): readonly AuditEntry[] {
  return entries
    .slice(0, -LINE.length)
    .split(LINE)
    .map((line) => {
      const [time = '', offset, type = ''] = line.split(COLUMN);
      return [time, Number(offset), type];
    });
}

/**
 * Where the events of one key lie in the log: those of one month (UTC) of `occurredAt` and one range of positions.
 * The events stay in the log and nowhere else; the posting only finds them. Keys: `all`, `actor:{person}`,
 * `type:{event type}`. Id: `{key}|{month}|{range}`.
 */
export type AuditPosting = {
  readonly id: string;
  readonly key: string;
  /** YYYY-MM. */
  readonly month: string;
  /** The latest `occurredAt` in it: whoever goes through the postings by it knows what can no longer follow. */
  readonly last: string;
  /** Position of the beginning of the range, as a string. */
  readonly base: string;
  /** See `auditEntries`. */
  readonly entries: string;
};

/**
 * Positions in one posting, which bounds its entries, where positions count events. Where they are byte offsets this is
 * multiplied by the size of an event, or each posting would hold one or two.
 */
export const POSITIONS_A_POSTING = 1024n;

export const EVERY_EVENT = 'all';
export const actorKey = (person: string): string => `actor:${person}`;
export const typeKey = (type: string): string => `type:${type}`;

function asPosting(document: Document): AuditPosting {
  return document as AuditPosting;
}

/** The audit trail's postings. Every event of whatever type is in it. */
export function auditTrail(positionsAPosting = POSITIONS_A_POSTING): Projection {
  const rangeOf = (event: StoredEvent) => event.position / positionsAPosting;
  const keysOf = (event: StoredEvent) => [
    EVERY_EVENT,
    actorKey(event.metadata.actor.person),
    typeKey(event.type),
  ];
  const monthOf = (event: StoredEvent) => event.metadata.occurredAt.slice(0, 7);
  const lineOf = ({ metadata, position, type }: StoredEvent) =>
    metadata.occurredAt.slice(8) + COLUMN + (position % positionsAPosting).toString() + COLUMN + type + LINE;
  return {
    name: 'audit',
    version: 3,
    model: 'audit',
    indexes: { key: { equals: ['key'], range: 'last' } },
    tallies: [],
    weight: 5,
    handles: () => true,
    keys(event) {
      const place = `${monthOf(event)}|${rangeOf(event)}`;
      return keysOf(event).map((key) => `${key}|${place}`);
    },
    fold(document, event, id) {
      const { occurredAt } = event.metadata;
      if (document === null) {
        const month = monthOf(event);
        const range = rangeOf(event);
        const posting: AuditPosting = {
          id,
          key: id.slice(0, id.length - `|${month}|${range}`.length),
          month,
          last: occurredAt,
          base: (range * positionsAPosting).toString(),
          entries: lineOf(event),
        };
        return posting;
      }
      const posting = asPosting(document);
      const { key, month, base } = posting;
      const last = occurredAt > posting.last ? occurredAt : posting.last;
      return { id, key, month, last, base, entries: posting.entries + lineOf(event) };
    },
  };
}
