import { type Document, type Projection, type StoredEvent } from '#libs/event-sourcing';

/** One event in a posting: day and time within the month (UTC), how far it lies behind the posting's base, its type. */
export type AuditEntry = readonly [time: string, offset: number, type: string];

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
  /** The earliest `occurredAt` in it. */
  readonly first: string;
  /** The latest `occurredAt` in it: whoever goes through the postings by it knows what can no longer follow. */
  readonly last: string;
  /** How long a time it covers: who knows that need not look at what ends far behind the wanted time. */
  readonly span: AuditSpan;
  /** Position of the beginning of the range, as a string. */
  readonly base: string;
  /** The entries in order of position, in blocks: to add one copies a block, not all that there are. */
  readonly blocks: readonly (readonly AuditEntry[])[];
};

const ENTRIES_A_BLOCK = 32;

/**
 * Positions in one posting, which bounds its entries, where positions count events. Where they are byte offsets this is
 * multiplied by the size of an event, or each posting would hold one or two.
 */
export const POSITIONS_A_POSTING = 1024n;

export const EVERY_EVENT = 'all';
export const actorKey = (person: string): string => `actor:${person}`;
export const typeKey = (type: string): string => `type:${type}`;

/**
 * The longest time from the first to the last event of a posting of each span, in milliseconds. Where events are
 * recorded as they happen a posting covers hours or days; back-entries and imports make some that cover weeks.
 */
export const AUDIT_SPANS = {
  hours: 6 * 3_600_000,
  day: 24 * 3_600_000,
  days: 4 * 24 * 3_600_000,
  month: 31 * 24 * 3_600_000,
} as const;
export type AuditSpan = keyof typeof AUDIT_SPANS;

function spanOf(first: string, last: string): AuditSpan {
  const milliseconds = sinceMonthBegan(last) - sinceMonthBegan(first);
  if (milliseconds <= AUDIT_SPANS.hours) return 'hours';
  if (milliseconds <= AUDIT_SPANS.day) return 'day';
  return milliseconds <= AUDIT_SPANS.days ? 'days' : 'month';
}

/** Milliseconds, of an ISO instant in UTC. Asked three times an event, and much cheaper than to parse the date. */
function sinceMonthBegan(instant: string): number {
  const digits = (from: number, count: number): number => {
    let value = 0;
    for (let at = from; at < from + count; at++) value = value * 10 + instant.charCodeAt(at) - ZERO;
    return value;
  };
  const minutes = (digits(8, 2) * 24 + digits(11, 2)) * 60 + digits(14, 2);
  return (minutes * 60 + digits(17, 2)) * 1000 + digits(20, 3);
}

const ZERO = 48;

function appended(blocks: AuditPosting['blocks'], entry: AuditEntry): AuditPosting['blocks'] {
  const last = blocks.at(-1);
  if (last === undefined || last.length >= ENTRIES_A_BLOCK) return [...blocks, [entry]];
  return [...blocks.slice(0, -1), [...last, entry]];
}

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
  const entryOf = (event: StoredEvent): AuditEntry => [
    event.metadata.occurredAt.slice(8),
    Number(event.position % positionsAPosting),
    event.type,
  ];
  return {
    name: 'audit',
    version: 4,
    model: 'audit',
    indexes: { key: { equals: ['key', 'span'], range: 'last' } },
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
          first: occurredAt,
          last: occurredAt,
          span: 'hours',
          base: (range * positionsAPosting).toString(),
          blocks: [[entryOf(event)]],
        };
        return posting;
      }
      const posting = asPosting(document);
      const first = occurredAt < posting.first ? occurredAt : posting.first;
      const last = occurredAt > posting.last ? occurredAt : posting.last;
      return {
        ...posting,
        first,
        last,
        span: first === posting.first && last === posting.last ? posting.span : spanOf(first, last),
        blocks: appended(posting.blocks, entryOf(event)),
      };
    },
  };
}
