import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type AppendExpectedRevision,
  BACKWARDS,
  END,
  EventStoreDBClient,
  excludeSystemEvents,
  jsonEvent,
  START,
} from '@eventstore/db-client';
import { EventStoreDbServer } from './eventstoredb-server.js';

// The test server through the bare client: what a real 22.10 was seen to do, so that an adapter that is right here is
// right there.
let server: EventStoreDbServer;
let client: EventStoreDBClient;

beforeEach(async () => {
  server = await EventStoreDbServer.start();
  client = EventStoreDBClient.connectionString(server.url);
});
afterEach(async () => {
  await client.dispose();
  server.stop();
});

const ids = Array.from({ length: 4 }, () => randomUUID());
const event = (n: number) => jsonEvent({ id: ids[n] ?? randomUUID(), type: 'Step', data: { n } });

async function append(
  stream: string,
  expectedRevision: AppendExpectedRevision,
  ...numbers: number[]
): Promise<unknown> {
  try {
    const { nextExpectedRevision } = await client.appendToStream(stream, numbers.map(event), {
      expectedRevision,
    });
    return nextExpectedRevision;
  } catch (error) {
    const { type, expectedVersion, actualVersion } = error as Record<string, unknown>;
    return expectedVersion === undefined ? type : { type, expectedVersion, actualVersion };
  }
}

async function read(stream: string): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const { event: found } of client.readStream(stream)) list.push((found?.data as { n: number }).n);
  return list;
}

const wrong = (expectedVersion: unknown, actualVersion: unknown) => ({
  type: 'wrong-expected-version',
  expectedVersion,
  actualVersion,
});

test('the same event ids again: stored once, or twice, as the expected revision says', async () => {
  expect(await append('s', 'no_stream', 0, 1)).toBe(1n);
  expect(await append('s', 1n, 2)).toBe(2n);
  expect(await append('s', 'no_stream', 0, 1)).toBe(1n);
  expect(await append('s', 'any', 0, 1)).toBe(1n);
  expect(await append('s', 'no_stream', 0, 3)).toEqual(wrong('no_stream', 2n));
  expect(await append('s', 7n, 3)).toEqual(wrong(7n, 2n));
  expect(await append('absent', 0n, 3)).toEqual(wrong(0n, 'no_stream'));
  expect(await read('s')).toEqual([0, 1, 2]);
  expect(await append('s', 2n, 2)).toBe(3n);
  expect(await append('other', 'no_stream', 0, 0)).toBe(1n);
  expect(await read('s')).toEqual([0, 1, 2, 2]);
});

test('K12 the same append while the first is being committed: dropped, or refused where another stream knows its ids', async () => {
  // Either of the two may be the first to arrive.
  const twice = (stream: string) =>
    Promise.all([append(stream, 'no_stream', 0), append(stream, 'no_stream', 0)]);
  expect(new Set(await twice('s'))).toEqual(new Set([0n, 'deadline-exceeded']));
  expect(new Set(await twice('other'))).toEqual(new Set([0n, wrong('no_stream', 0n)]));
  expect(await append('s', 'no_stream', 0)).toBe(0n);
  expect(await read('s')).toEqual([0]);
});

test('K13 a node that starts is not ready: the append stream says so in an error without a code', async () => {
  server.faults.appends = 'not-ready';
  await expect(client.appendToStream('s', event(0))).rejects.toMatchObject({
    type: 'unknown',
    code: undefined,
    message: 'Could not recognize Server Is Not Ready',
  });
});

test('an append with credentials goes another way and meets the same rules', async () => {
  const credentials = { username: 'a', password: 'b' };
  const options = { expectedRevision: 'no_stream', credentials } as const;
  const { nextExpectedRevision, position } = await client.appendToStream('s', [event(0), event(1)], options);
  expect(nextExpectedRevision).toBe(1n);
  expect(await client.appendToStream('s', [event(0), event(1)], options)).toEqual({
    success: true,
    nextExpectedRevision,
    position,
  });
  await expect(client.appendToStream('s', event(2), options)).rejects.toMatchObject(wrong('no_stream', 1n));
});

test('what cannot be stored is refused with the error of a real server', async () => {
  const large = jsonEvent({ type: 'Step', data: { text: 'x'.repeat(1_100_000) } });
  await expect(client.appendToStream('s', large)).rejects.toMatchObject({
    type: 'maximum-append-size-exceeded',
    maxAppendSize: 1_048_576,
  });
  const noUuid = { ...event(0), id: 'a' };
  await expect(client.appendToStream('s', noUuid)).rejects.toMatchObject({
    type: 'unknown',
    message: 'Could not recognize BadRequest',
  });
  await expect(read('s')).rejects.toMatchObject({ type: 'stream-not-found' });
});

test('reads begin at a position, backward reads before it, subscriptions after it', async () => {
  await append('s', 'no_stream', 0, 1, 2);
  const own: { n: unknown; position: { commit: bigint; prepare: bigint } }[] = [];
  let system = 0;
  for await (const { event: found } of client.readAll()) {
    if (!found) continue;
    if (found.type.startsWith('$')) system += 1;
    else own.push({ n: (found.data as { n: number }).n, position: found.position });
  }
  expect(own.map(({ n }) => n)).toEqual([0, 1, 2]);
  expect(system).toBeGreaterThan(0);
  const fromPosition = own[1]?.position ?? START;
  const forwards: unknown[] = [];
  for await (const { event: found } of client.readAll({ fromPosition })) forwards.push(found?.data);
  expect(forwards).toEqual([{ n: 1 }, { n: 2 }]);
  const [newest]: unknown[] = await client
    .readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1 })
    .map(({ event: found }) => found?.data)
    .toArray();
  expect(newest).toEqual({ n: 2 });
  const subscription = client.subscribeToAll({ fromPosition, filter: excludeSystemEvents() });
  for await (const { event: found } of subscription) {
    expect(found?.data).toEqual({ n: 2 });
    break;
  }
});

test('a position beyond the end is silence, one inside a record an unknown error', async () => {
  await append('s', 'no_stream', 0);
  const heard: unknown[] = [];
  const beyond = client.subscribeToAll({ fromPosition: { commit: 1_000_000n, prepare: 1_000_000n } });
  beyond.on('data', (item) => heard.push(item)).on('error', (error) => heard.push(error));
  await append('s', 0n, 1);
  await sleep(100);
  expect(heard).toEqual([]);
  await beyond.unsubscribe();
  const inside = client.readAll({ fromPosition: { commit: 1n, prepare: 1n } });
  await expect(inside.toArray()).rejects.toMatchObject({ type: 'unknown', code: 2 });
});
