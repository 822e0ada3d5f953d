import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type EventStore, LogDamaged, type StoredEvent } from '#libs/engine/event-sourcing';
import { openLmdbEventStore } from './lmdb-event-store.js';
import { flipped, oldEntry, putRaw, rawEntries } from './testing/raw-log.js';
import { sampleEvent } from './testing/sample-event.js';

let directory: string;
const opened: EventStore[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-log-damage-'));
});
afterEach(async () => {
  await closeAll();
  rmSync(directory, { recursive: true });
});

async function closeAll(): Promise<void> {
  for (const store of opened.splice(0)) await store.close();
}

async function openStore(): Promise<EventStore> {
  const store = await openLmdbEventStore(directory);
  opened.push(store);
  return store;
}

/** What a reader received before the damage, or the end. */
async function given(events: AsyncIterable<StoredEvent>) {
  const read: StoredEvent[] = [];
  try {
    for await (const event of events) read.push(event);
  } catch (error) {
    if (!(error instanceof LogDamaged)) throw error;
    return { read, damaged: { position: error.position, stream: error.stream } };
  }
  return { read, damaged: null };
}

async function* subscribed(store: EventStore): AsyncGenerator<StoredEvent> {
  const stop = new AbortController();
  for await (const batch of store.subscribeToAll({ after: null, signal: stop.signal })) {
    yield* batch.events;
    if (batch.caughtUp) stop.abort();
  }
}

async function* oneByOne(store: EventStore, positions: readonly bigint[]): AsyncGenerator<StoredEvent> {
  for (const position of positions) {
    const event = await store.readAt(position);
    if (event) yield event;
  }
}

/** Entries 0 (three events of two streams), 3 (one event) and 4 (two events), and what they hold. */
async function writeLog(): Promise<StoredEvent[]> {
  const store = await openStore();
  await Promise.all([
    store.append('application-甲', null, [sampleEvent('一'), sampleEvent('two')]),
    store.append('project-1', null, [sampleEvent('three')]),
  ]);
  await store.append('project-1', 0n, [sampleEvent('four')]);
  await store.append('application-甲', 1n, [sampleEvent('five'), sampleEvent('six')]);
  const { read } = await given(store.readAll(null));
  await closeAll();
  expect([...(await rawEntries(directory)).keys()]).toEqual([0, 3, 4]);
  return read;
}

test('K4 a flipped byte anywhere in an entry is never served: by position, by stream, from the whole log, by subscription', async () => {
  const events = await writeLog();
  const first = (await rawEntries(directory)).get(0);
  if (!first) throw new Error('there is a first entry');
  const bodiesAt = first.indexOf('{"id"');
  const positions = events.map(({ position }) => position);
  for (let offset = 0; offset < first.length; offset += offset < bodiesAt ? 3 : 29) {
    const store = await openStore();
    await putRaw(directory, 0, flipped(first, offset, 1 + (offset % 255)));
    const all = await given(store.readAll(null));
    expect({ offset, damaged: all.damaged?.position }).toEqual({
      offset,
      damaged: BigInt(all.read.length),
    });
    expect(all.read).toEqual(events.slice(0, all.read.length));
    expect(all.read.length).toBeLessThan(3);
    const live = await given(subscribed(store));
    expect({ offset, ...live }).toEqual({ offset, ...all });
    const single = await given(oneByOne(store, positions.slice(all.read.length)));
    expect({ offset, ...single }).toEqual({
      offset,
      read: [],
      damaged: { ...all.damaged, stream: single.damaged?.stream },
    });
    for (const stream of ['application-甲', 'project-1']) {
      const of = await given(store.readStream(stream));
      const own = events.filter((event) => event.stream === stream);
      expect(of.read).toEqual(own.slice(0, of.read.length));
      if (of.damaged) {
        const due = own[of.read.length]?.position ?? -1n;
        const damaged = all.damaged?.position ?? -1n;
        expect(of.damaged).toEqual({ position: damaged > due ? damaged : due, stream });
      }
      if (!of.damaged) expect(of.read).toHaveLength(own.length);
    }
    await closeAll();
    await putRaw(directory, 0, first);
  }
});

test('K4 a damaged event does not hide the others, and is named with its position and stream', async () => {
  const events = await writeLog();
  const first = (await rawEntries(directory)).get(0);
  if (!first) throw new Error('there is a first entry');
  await putRaw(directory, 0, flipped(first, first.indexOf('"two"') + 1, 0x20));
  const store = await openStore();
  expect(await given(store.readStream('project-1'))).toEqual({ read: [events[2], events[3]], damaged: null });
  expect(await given(store.readStream('application-甲'))).toEqual({
    read: [],
    damaged: { position: 1n, stream: 'application-甲' },
  });
  expect(await given(store.readStream('application-甲', 2n))).toEqual({
    read: [events[4], events[5]],
    damaged: null,
  });
  await expect(store.readAt(1n)).rejects.toEqual(
    new LogDamaged(1n, 'application-甲', 'the checksum of the event is wrong'),
  );
  expect(await store.readAt(0n)).toEqual(events[0]);
});

test('K4 an entry in the place of another of the same length, one of another log and a missing one are reported', async () => {
  await writeLog();
  const before = await rawEntries(directory);
  const [third, fourth] = [before.get(3), before.get(4)];
  if (!third || !fourth) throw new Error('there are entries');
  const damagedAt = async (position: number, bytes: Buffer | null, original: Buffer) => {
    const store = await openStore();
    await putRaw(directory, position, bytes);
    const { read, damaged } = await given(store.readAll(null));
    const live = await given(subscribed(store));
    await closeAll();
    await putRaw(directory, position, original);
    return { read: read.length, damaged, live: { read: live.read.length, damaged: live.damaged } };
  };
  const toldAt3 = { read: 3, damaged: { position: 3n, stream: null } };
  const told = { ...toldAt3, live: toldAt3 };
  expect(await damagedAt(3, fourth, third)).toEqual(told);
  expect(await damagedAt(3, null, third)).toEqual(told);

  const other = directory;
  directory = mkdtempSync(join(tmpdir(), 'zhitong-log-damage-'));
  await writeLog();
  const foreign = (await rawEntries(directory)).get(3);
  rmSync(directory, { recursive: true });
  directory = other;
  if (!foreign) throw new Error('there is an entry');
  expect(foreign).toHaveLength(third.length);
  expect(await damagedAt(3, foreign, third)).toEqual(told);
});

test('K4 a log whose end is damaged is not opened', async () => {
  await writeLog();
  const last = (await rawEntries(directory)).get(4);
  if (!last) throw new Error('there is a last entry');
  await putRaw(directory, 4, flipped(last, 20));
  await expect(openLmdbEventStore(directory)).rejects.toEqual(
    new LogDamaged(4n, null, 'the checksum of its entry is wrong'),
  );
  await putRaw(directory, 4, last.subarray(0, last.length - 1));
  await expect(openLmdbEventStore(directory)).rejects.toEqual(
    new LogDamaged(4n, null, 'its entry has another length than it says'),
  );
  await putRaw(directory, 4, Buffer.alloc(last.length));
  await expect(openLmdbEventStore(directory)).rejects.toEqual(
    new LogDamaged(4n, null, 'its entry has no known format'),
  );
});

/** SHA-256 of a chain and what an entry adds to it. */
const sha256 = (...parts: readonly Buffer[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

test('K4 the chain of each entry is the SHA-256 of the one before and all that the entry holds', async () => {
  await writeLog();
  let chain: Buffer = Buffer.alloc(32);
  for (const [, bytes] of await rawEntries(directory)) {
    expect(bytes.toString('latin1', 0, 4)).toBe('ZTG2');
    chain = sha256(chain, bytes.subarray(40));
    expect(bytes.subarray(8, 40)).toEqual(chain);
  }
});

test('K4 a log of the first format is read as it is, and the chain goes on over all of it', async () => {
  await openStore();
  await closeAll();
  const [one, two] = [
    oldEntry([
      { stream: 's', firstRevision: 0, events: [sampleEvent('一'), sampleEvent('two')] },
      { stream: 't', firstRevision: 0, events: [sampleEvent('three')] },
    ]),
    oldEntry([{ stream: 's', firstRevision: 2, events: [sampleEvent('four')] }]),
  ];
  await putRaw(directory, 0, one);
  await putRaw(directory, 3, two);
  const store = await openStore();
  const old = await given(store.readAll(null));
  expect(old.read.map(({ stream, revision, position }) => [stream, revision, position])).toEqual([
    ['s', 0n, 0n],
    ['s', 1n, 1n],
    ['t', 0n, 2n],
    ['s', 2n, 3n],
  ]);
  expect(await store.append('t', 0n, [sampleEvent('five')])).toEqual({ revision: 1n, position: 4n });
  const added = (await rawEntries(directory)).get(4);
  if (!added) throw new Error('there is a new entry');
  const before = sha256(sha256(Buffer.alloc(32), one), two);
  expect(added.subarray(8, 40)).toEqual(sha256(before, added.subarray(40)));
  expect((await given(store.readAll(null))).read.slice(0, 4)).toEqual(old.read);
  const cutOff = await openStore();
  await putRaw(directory, 0, one.subarray(0, one.length - 3));
  expect(await given(cutOff.readAll(null))).toEqual({ read: [], damaged: { position: 0n, stream: null } });
});
