import { type Document, type Projection, type StoredEvent } from '#libs/event-sourcing';

/** One event in a posting: its time of day (UTC), how far it lies behind the posting's base, and its type. */
export type AuditEntry = readonly [time: string, offset: number, type: string];

/**
 * Where the events of one key lie in the log: those of one day (UTC) of `occurredAt` and one range of positions.
 * The events stay in the log and nowhere else; the posting only finds them. Keys: `all`, `actor:{person}`,
 * `type:{event type}`. Id: `{key}|{day}|{range}`.
 */
export type AuditPosting = {
  readonly id: string;
  readonly key: string;
  readonly day: string;
  /** Position of the beginning of the range, as a string. */
  readonly base: string;
  readonly entries: readonly AuditEntry[];
};

/**
 * Positions in one posting, which bounds its entries, where positions count events. Where they are byte offsets this is
 * multiplied by the size of an event, or each posting would hold one or two.
 */
export const POSITIONS_A_POSTING = 2048n;

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
  const entryOf = (event: StoredEvent): AuditEntry => [
    event.metadata.occurredAt.slice(11),
    Number(event.position % positionsAPosting),
    event.type,
  ];
  return {
    name: 'audit',
    version: 1,
    model: 'audit',
    indexes: { key: { equals: ['key'], range: 'day' } },
    tallies: [],
    handles: () => true,
    keys(event) {
      const place = `${event.metadata.occurredAt.slice(0, 10)}|${rangeOf(event)}`;
      return keysOf(event).map((key) => `${key}|${place}`);
    },
    fold(document, event, id) {
      if (document === null) {
        const day = event.metadata.occurredAt.slice(0, 10);
        const base = (rangeOf(event) * positionsAPosting).toString();
        const key = id.slice(0, id.length - `|${day}|${rangeOf(event)}`.length);
        const posting: AuditPosting = { id, key, day, base, entries: [entryOf(event)] };
        return posting;
      }
      const posting = asPosting(document);
      return { ...posting, entries: [...posting.entries, entryOf(event)] };
    },
  };
}
