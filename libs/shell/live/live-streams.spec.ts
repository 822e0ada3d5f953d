import 'reflect-metadata';
import { once } from 'node:events';
import { type Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { type Actor, type EventBatch, type StoredEvent } from '#libs/engine/event-sourcing';
import { type LiveChanges } from './live-changes.js';
import { LiveFeed } from './live-feed.js';
import { LiveStreams } from './live-streams.js';

const actor: Actor = { person: 'li', post: null, department: null, role: 'admin' };
const event = (position: bigint): StoredEvent => ({
  stream: 'things',
  revision: position,
  position,
  id: `${position}`,
  type: 'Happened',
  version: 1,
  data: {},
  metadata: {
    actor,
    onBehalfOf: null,
    occurredAt: '',
    recordedAt: '',
    commandId: '',
    commandDigest: '',
    correlationId: '',
    causationId: null,
    traceparent: null,
    calendarVersion: null,
    catalogueVersion: null,
  },
});

/** A log of events that are shown as soon as they are there. `read` counts what was taken from it. */
class Log {
  readonly events: StoredEvent[] = [];
  read = 0;
  private tell: () => void = () => undefined;

  append(count: number): void {
    for (let number = 0; number < count; number++) this.events.push(event(BigInt(this.events.length)));
    this.tell();
  }

  async *readAll(after: bigint | null): AsyncIterable<StoredEvent> {
    for (const each of this.events.slice(after === null ? 0 : Number(after) + 1)) {
      this.read++;
      yield await Promise.resolve(each);
    }
  }

  async *subscribeToAll({
    after,
    signal,
  }: {
    after: bigint | null;
    signal: AbortSignal;
  }): AsyncIterable<EventBatch> {
    let place = after ?? -1n;
    while (!signal.aborted) {
      const events = this.events.filter(({ position }) => position > place);
      place = events.at(-1)?.position ?? place;
      if (events.length > 0) yield { events, position: place, caughtUp: true };
      else {
        await new Promise<void>((resolve) => {
          this.tell = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    }
  }
}

function streamsOver(log: Log, slowMs = 60_000) {
  const shows = () => Promise.resolve(true);
  const position = () => Promise.resolve(log.events.at(-1)?.position ?? null);
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const changes: Pick<LiveChanges, 'sightOf' | 'of'> = {
    sightOf: () => Promise.resolve({ actor, mandates: [], departments: [] }),
    of: (each) =>
      Promise.resolve({ position: `${each.position}`, topics: ['events'], project: 'x'.repeat(1_000) }),
  };
  const streams = new LiveStreams({
    feed: new LiveFeed({ store: log, shown: { shows, position }, onFault }),
    changes,
    authenticator: { identify: () => Promise.resolve(actor) },
    limits: { most: 10, mostOfAPerson: 10, heartbeatMs: 60_000, slowMs },
    onFault,
  });
  const begin = (after: bigint | null) =>
    streams.begin({
      actor,
      topics: [{ kind: 'events' }],
      after,
      credential: { kind: 'token', value: 'token' },
    });
  return { streams, begin, faults };
}

const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

async function untilId(readable: Readable, last: number): Promise<number[]> {
  let text = '';
  for await (const part of readable) {
    text += String(part);
    if (text.includes(`id: ${last}\n`)) break;
  }
  return idsIn(text);
}

test('22 a reader who takes nothing makes nothing more be read, and is cut off', async () => {
  const log = new Log();
  log.append(5_000);
  const { streams, begin } = streamsOver(log, 200);
  const readable = await begin(0n);
  readable.pause();
  readable.read(0);
  const closed = once(readable, 'close');
  await closed;
  // One batch of the log, and what fits the buffer.
  expect(log.read).toBeLessThanOrEqual(402);
  expect(streams.count).toBe(0);
});

test('22 what comes while one catches up comes once, in order', async () => {
  const log = new Log();
  log.append(1_000);
  const { begin, faults } = streamsOver(log);
  const reading = untilId(await begin(9n), 1_999);
  for (let number = 0; number < 10; number++) {
    log.append(100);
    await delay(1);
  }
  const ids = await reading;
  // The first is that of the place where it begins.
  expect(ids).toEqual(Array.from({ length: 1_991 }, (_, index) => index + 9));
  expect(faults).toEqual([]);
});

test('22 a reader who missed more than ten thousand events gets a gap, and goes on from now', async () => {
  const log = new Log();
  log.append(12_000);
  const { begin } = streamsOver(log);
  let text = '';
  for await (const part of await begin(0n)) {
    text += String(part);
    if (text.includes('event: gap')) break;
  }
  const gap = /event: gap\ndata: (.*)\n/.exec(text)?.[1] ?? '';
  expect(JSON.parse(gap)).toEqual({ from: '10000', position: '11999' });
});
