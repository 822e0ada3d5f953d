import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Acknowledged, type EventStore } from '#libs/engine/event-sourcing';
import { openLmdbEventStore } from './lmdb-event-store.js';
import { forgetAcknowledged, lastAcknowledged } from './log-end-note.js';
import { flipped } from './testing/raw-log.js';
import { sampleEvent } from './testing/sample-event.js';

let directory: string;
const opened: EventStore[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-log-end-'));
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(directory, { recursive: true });
});

async function openStore(): Promise<EventStore> {
  const store = await openLmdbEventStore(directory);
  opened.push(store);
  return store;
}

/** What has to be noted of a log whose last event is the one of this name. */
async function endOf(store: EventStore, position: bigint, name: string): Promise<Acknowledged> {
  return { logId: (await store.identity())?.id ?? '', position, eventId: sampleEvent(name).id };
}

test('K3 the last append is noted before its caller gets the result, also for appends that were stored together', async () => {
  const store = await openStore();
  expect(lastAcknowledged(directory)).toBeNull();
  await store.append('a', null, [sampleEvent('a 0'), sampleEvent('a 1')]);
  expect(lastAcknowledged(directory)).toEqual(await endOf(store, 1n, 'a 1'));
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => store.append(`s-${n}`, null, [sampleEvent(`s-${n} 0`)])),
  );
  expect(lastAcknowledged(directory)).toEqual(await endOf(store, 21n, 's-19 0'));
});

test('K3 each of two that write to one log notes what it has acknowledged, and a third goes on from there', async () => {
  const [one, two] = [await openStore(), await openStore()];
  await one.append('a', null, [sampleEvent('a 0')]);
  await two.append('b', null, [sampleEvent('b 0')]);
  expect(lastAcknowledged(directory)).toEqual(await endOf(one, 1n, 'b 0'));
  await one.append('a', 0n, [sampleEvent('a 1')]);
  expect(lastAcknowledged(directory)).toEqual(await endOf(one, 2n, 'a 1'));
  for (const store of opened.splice(0)) await store.close();
  const three = await openStore();
  expect(lastAcknowledged(directory)).toEqual(await endOf(three, 2n, 'a 1'));
  await three.append('c', null, [sampleEvent('c 0')]);
  expect(lastAcknowledged(directory)).toEqual(await endOf(three, 3n, 'c 0'));
});

test('K3 the first repeat of an append that was stored but not noted notes it', async () => {
  const before = await openStore();
  await before.append('a', null, [sampleEvent('a 0')]);
  await before.append('a', 0n, [sampleEvent('a 1')]);
  for (const store of opened.splice(0)) await store.close();
  forgetAcknowledged(directory);
  const store = await openStore();
  expect(await store.append('a', null, [sampleEvent('a 0')])).toEqual({ revision: 0n, position: 0n });
  expect(lastAcknowledged(directory)).toEqual(await endOf(store, 1n, 'a 1'));
});

test('K3 a changed byte of the note makes it say nothing, or what was acknowledged before, never anything else', async () => {
  const store = await openStore();
  const said: Acknowledged[] = [];
  for (let n = 0; n < 12; n += 1) {
    await store.append('a', n === 0 ? null : BigInt(n - 1), [sampleEvent(`a ${n}`)]);
    said.push(await endOf(store, BigInt(n), `a ${n}`));
  }
  const path = join(directory, 'log-end');
  const bytes = readFileSync(path);
  expect(lastAcknowledged(directory)).toEqual(said[11]);
  for (let offset = 0; offset < bytes.length; offset += 1) {
    writeFileSync(path, flipped(bytes, offset));
    expect(said.slice(10)).toContainEqual(lastAcknowledged(directory));
  }
  for (const length of [0, 1, 100, 512, 700]) {
    writeFileSync(path, bytes.subarray(0, length));
    expect([null, ...said]).toContainEqual(lastAcknowledged(directory));
  }
});

test('K3 a log that was begun anew is noted from its beginning', async () => {
  const before = await openStore();
  await before.append('a', null, [sampleEvent('a 0'), sampleEvent('a 1'), sampleEvent('a 2')]);
  for (const store of opened.splice(0)) await store.close();
  rmSync(join(directory, 'events'), { recursive: true });
  const store = await openStore();
  await store.append('b', null, [sampleEvent('b 0')]);
  expect(lastAcknowledged(directory)).toEqual(await endOf(store, 0n, 'b 0'));
});
