import 'reflect-metadata';
import { afterEach, describe, expect, test } from '@jest/globals';
import { InvalidQuery, type StoredEvent } from '#libs/engine/event-sourcing';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/engine/store-lmdb';
import fc from 'fast-check';
import { AUDIT_SPANS, auditTrail, audit } from './audit.projection.js';
import { type AuditItem } from './audit.item.js';
import { type AuditPage, type AuditQuery } from './audit.order.js';
import { auditTrailPage } from './audit.query.js';
import { History } from '../testing/history.js';
import { histories } from '../testing/random-history.js';
import { type Reports, ReportsBench } from '../testing/reports.js';

const bench = new ReportsBench({ openEventStore: openLmdbEventStore, openReadStore: openLmdbReadStore });
afterEach(() => bench.close());

type Filter = Omit<AuditQuery, 'limit' | 'cursor'>;

function itemOf({ stream, revision, position, type, version, data, metadata }: StoredEvent): AuditItem {
  const { actor, onBehalfOf, occurredAt, recordedAt, commandId, correlationId } = metadata;
  return {
    stream,
    revision: `${revision}`,
    position: `${position}`,
    type,
    version,
    actor,
    onBehalfOf,
    occurredAt,
    recordedAt,
    commandId,
    correlationId,
    data,
  };
}

async function bruteForce({ events }: Reports, filter: Filter): Promise<AuditItem[]> {
  const found: StoredEvent[] = [];
  for await (const event of events.readAll(null)) {
    const { actor, occurredAt } = event.metadata;
    const wanted =
      (filter.stream === undefined || event.stream === filter.stream) &&
      (filter.actor === undefined || actor.person === filter.actor) &&
      (filter.types === undefined || filter.types.includes(event.type)) &&
      (filter.from === undefined || occurredAt >= filter.from) &&
      (filter.to === undefined || occurredAt <= filter.to);
    if (wanted) found.push(event);
  }
  return found
    .sort((a, b) => {
      const [left, right] = [a.metadata.occurredAt, b.metadata.occurredAt];
      return left === right ? Number(b.position - a.position) : left < right ? 1 : -1;
    })
    .map(itemOf);
}

async function everyPage({ models, events }: Reports, filter: Filter, limit: number): Promise<AuditItem[]> {
  const items: AuditItem[] = [];
  let cursor: string | null = null;
  do {
    const page: AuditPage = await auditTrailPage(models, events, {
      ...filter,
      limit,
      cursor,
    });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** A number from 0 up to but not including `below`, the next one of a stream that fast-check can replay. */
const choose = (random: fc.Stream<number>, below: number): number => (random.next().value ?? 0) % below;

/** Back-entries (补录): what is written down in one order happened in another, much of it at the same instant. */
function shuffleTimes({ events }: History, random: fc.Stream<number>): void {
  for (const [index, event] of events.entries()) {
    const other = events[choose(random, events.length)];
    if (!other || choose(random, 3) === 0) continue;
    const { occurredAt } = other.metadata;
    events[index] = { ...event, metadata: { ...event.metadata, occurredAt } };
  }
}

function anyFilter({ events }: History, random: fc.Stream<number>, byStream: boolean): Filter {
  const any = (pick: (event: StoredEvent) => string) => {
    const event = events[choose(random, events.length)];
    return event && choose(random, 2) === 0 ? pick(event) : null;
  };
  const [stream, actor, type, from, to] = [
    any(({ stream }) => stream),
    any(({ metadata }) => metadata.actor.person),
    any(({ type }) => type),
    any(({ metadata }) => metadata.occurredAt),
    any(({ metadata }) => metadata.occurredAt),
  ];
  return {
    ...(byStream && stream !== null && { stream }),
    ...(actor !== null && { actor }),
    ...(type !== null && { types: [type] }),
    ...(from !== null && { from }),
    ...(to !== null && { to }),
  };
}

describe('the audit trail', () => {
  test('pages through exactly what a filter over the whole log finds, whatever is combined', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(1n, 5n, 2048n),
        fc.infiniteStream(fc.nat()),
        async (history, limit, positionsAPosting, random) => {
          shuffleTimes(history, random);
          const reports = await bench.load(history, [auditTrail(positionsAPosting)]);
          for (let round = 0; round < 8; round++) {
            const filter = anyFilter(history, random, round < 2);
            expect(await everyPage(reports, filter, limit)).toEqual(await bruteForce(reports, filter));
          }
          await bench.close();
        },
      ),
      { numRuns: 8 },
    );
  });

  test('an actor who seldom does a thing: pages end short rather than read everything at once', async () => {
    const history = new History();
    for (let event = 0; event < 1_300; event++) {
      const type = event % 600 === 100 ? 'Rare' : 'Frequent';
      const occurredAt = new Date(Date.parse('2026-03-01T00:00:00.000Z') + event * 600_000).toISOString();
      history.record(`note-${event}`, { type, version: 1, data: {} }, { occurredAt });
    }
    const reports = await bench.load(history, [auditTrail(1n)]);
    const filter = { actor: 'tester', types: ['Rare'] };
    const pages: number[] = [];
    let cursor: string | null = null;
    do {
      const page: AuditPage = await auditTrailPage(reports.models, reports.events, {
        ...filter,
        limit: 10,
        cursor,
      });
      pages.push(page.items.length);
      cursor = page.nextCursor;
    } while (cursor !== null);
    // Each posting holds one event. The first page looks through 30, each other through the one it begins at and 30 more.
    const expected = Array.from({ length: 42 }, () => 0);
    for (const event of [700, 100]) expected[1 + Math.floor((1_299 - event - 30) / 31)] = 1;
    expect(pages).toEqual(expected);
    expect(await everyPage(reports, filter, 10)).toEqual(await bruteForce(reports, filter));
  });

  test('postings that cover hours, a day, days and weeks are gone through as one list, to the end of time', async () => {
    const history = new History();
    const start = Date.parse('2026-03-01T00:00:00.000Z');
    // Ten events a posting, each the further apart the later they are; then some that were entered long afterwards.
    const hours = Array.from({ length: 60 }, (_, event) => event ** 3 / 1500);
    for (const [event, hour] of [...hours, 3, 500, 90, 1, 30].entries()) {
      const occurredAt = new Date(start + Math.round(hour * 3_600_000)).toISOString();
      history.record(`note-${event}`, { type: 'Noted', version: 1, data: {} }, { occurredAt });
    }
    const reports = await bench.load(history, [auditTrail(10n)]);
    for (const span of Object.keys(AUDIT_SPANS)) {
      const equals = { key: 'all', span };
      const { items } = await reports.models.find(audit, { index: 'key', equals, limit: 9 });
      expect(items.map((posting) => posting.span)).toContain(span);
    }
    for (const to of ['2026-03-02T00:00:00.000Z', '2026-03-03T01:00:00.000Z', '9999-12-31T23:59:59.999Z']) {
      expect(await everyPage(reports, { to }, 7)).toEqual(await bruteForce(reports, { to }));
    }
  });

  test('refuses a cursor that is not one of this list', async () => {
    const { models, events } = await bench.load(new History(), [auditTrail()]);
    for (const cursor of ['nonsense', Buffer.from('2026-03-01 1').toString('base64url')]) {
      await expect(auditTrailPage(models, events, { limit: 1, cursor })).rejects.toThrow(InvalidQuery);
    }
  });
});
