import { type Document, type Projection, type StoredEvent, type Model } from '#libs/engine/event-sourcing';

export const audit: Model<AuditPosting> = { model: 'audit' };

/** One event in a posting: day and time within the month (UTC), its distance from the posting's base, its type. */
export type AuditEntry = readonly [time: string, offset: number, type: string];

/**
 * The places in the log of the events of one key: those of one month (UTC) of `occurredAt` and one range of positions.
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
  /** The latest `occurredAt` in it: a reader of postings in this order knows when to stop. */
  readonly last: string;
  /** How long a time it covers: who knows that need not look at what ends far behind the wanted time. */
  readonly span: AuditSpan;
  /** Position of the beginning of the range, as a string. */
  readonly base: string;
  /** The entries in order of position: full blocks, and the one that is being filled. To add one copies that, not all. */
  readonly blocks: readonly (readonly AuditEntry[])[];
  readonly filling: readonly AuditEntry[];
};

const ENTRIES_A_BLOCK = 16;

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

function asPosting(document: Document): AuditPosting {
  return document as AuditPosting;
}

/** Where an event belongs: the same for its three postings. */
type EventPlace = {
  readonly event: StoredEvent;
  readonly month: string;
  readonly range: bigint;
  readonly entry: AuditEntry;
};

/** The audit trail's postings. Every event of whatever type is in it. */
export function auditTrail(positionsAPosting = POSITIONS_A_POSTING): Projection {
  let last: EventPlace | null = null;
  const placeOf = (event: StoredEvent): EventPlace => {
    if (last?.event === event) return last;
    const { occurredAt } = event.metadata;
    const range = event.position / positionsAPosting;
    const offset = Number(event.position - range * positionsAPosting);
    last = { event, month: occurredAt.slice(0, 7), range, entry: [occurredAt.slice(8), offset, event.type] };
    return last;
  };
  return {
    name: 'audit',
    version: 6,
    model: audit.model,
    indexes: {
      key: { equals: ['key', 'span'], range: 'last' },
      begun: { equals: ['key', 'span'], range: 'first' },
    },
    tallies: [],
    weight: 5,
    handles: () => true,
    keys(event) {
      const { month, range } = placeOf(event);
      const place = `|${month}|${range}`;
      return [
        EVERY_EVENT + place,
        actorKey(event.metadata.actor.person) + place,
        typeKey(event.type) + place,
      ];
    },
    fold(document, event, id) {
      const { occurredAt } = event.metadata;
      const { month, range, entry } = placeOf(event);
      if (document === null) {
        const posting: AuditPosting = {
          id,
          key: id.slice(0, id.length - `|${month}|${range}`.length),
          month,
          first: occurredAt,
          last: occurredAt,
          span: 'hours',
          base: (range * positionsAPosting).toString(),
          blocks: [],
          filling: [entry],
        };
        return posting;
      }
      const posting = asPosting(document);
      const first = occurredAt < posting.first ? occurredAt : posting.first;
      const latest = occurredAt > posting.last ? occurredAt : posting.last;
      const isFull = posting.filling.length >= ENTRIES_A_BLOCK;
      const added: AuditPosting = {
        id,
        key: posting.key,
        month,
        first,
        last: latest,
        span: first === posting.first && latest === posting.last ? posting.span : spanOf(first, latest),
        base: posting.base,
        blocks: isFull ? [...posting.blocks, posting.filling] : posting.blocks,
        filling: isFull ? [entry] : [...posting.filling, entry],
      };
      return added;
    },
  };
}
