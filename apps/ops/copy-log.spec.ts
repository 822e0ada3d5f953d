import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type EventStore, KeyUsedElsewhere, type NewEvent } from '#libs/engine/event-sourcing';
import { recorded } from '#libs/engine/event-sourcing-testing';
import { EMBEDDED, openEventStore } from '#libs/shell/system';
import { copyLog, NotACopy } from './copy-log.js';

let directory: string;
let source: EventStore;
let target: EventStore;
/** Of each append to the target: the stream, what was expected, and how many events. */
let appends: (readonly [string, bigint | null, number])[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'copy-log-'));
  source = (await openEventStore(join(directory, 'source'), EMBEDDED)).store;
  target = (await openEventStore(join(directory, 'target'), EMBEDDED)).store;
  appends = [];
});
afterEach(async () => {
  await source.close();
  await target.close();
  rmSync(directory, { recursive: true });
});

const note = (text: string): NewEvent => {
  const { id, type, version, data, metadata } = recorded({ type: 'NoteTaken', version: 1, data: { text } });
  return { id, type, version, data, metadata };
};

async function write(stream: string, ...texts: readonly string[]): Promise<void> {
  let revision: bigint | null = null;
  for await (const event of source.readStream(stream)) revision = event.revision;
  for (const text of texts) revision = (await source.append(stream, revision, [note(text)])).revision;
}

/** The target, whose `left` next appends succeed. */
function counted(left = Infinity): EventStore {
  return {
    append: async (stream, expected, events) => {
      if (left-- <= 0) throw new Error('cut off');
      appends.push([stream, expected, events.length]);
      return target.append(stream, expected, events);
    },
    readStream: (stream, from) => target.readStream(stream, from),
    readAll: (after, filter) => target.readAll(after, filter),
    readAt: (position) => target.readAt(position),
    subscribeToAll: (options) => target.subscribeToAll(options),
    lastPosition: () => target.lastPosition(),
    identity: () => target.identity(),
    close: () => target.close(),
  };
}

const copy = (to: EventStore) =>
  copyLog(source, to, {
    appendsAtOnce: 1,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });

async function content(log: EventStore): Promise<object[]> {
  const list: object[] = [];
  for await (const event of log.readAll(null)) list.push(event);
  return list;
}

test('neighbours of one stream are copied with one append, and the order of the whole log stays', async () => {
  await write('a', 'a0', 'a1', 'a2');
  await write('b', 'b0');
  await write('a', 'a3');
  await write('b', 'b1', 'b2');
  expect(await copy(counted())).toEqual({ events: 7, found: 0, digest: expect.any(String) });
  expect(appends).toEqual([
    ['a', null, 3],
    ['b', null, 1],
    ['a', 2n, 1],
    ['b', 0n, 2],
  ]);
  expect(await content(target)).toEqual(await content(source));
});

test('an append stays small, in events and in bytes', async () => {
  await write('a', ...Array.from({ length: 501 }, (_, n) => `a${n}`));
  await write('b', 'x'.repeat(300_000), 'x'.repeat(300_000), 'x'.repeat(900_000), 'small');
  await copy(counted());
  expect(appends).toEqual([
    ['a', null, 500],
    ['a', 499n, 1],
    ['b', null, 1],
    ['b', 0n, 1],
    ['b', 1n, 1],
    ['b', 2n, 1],
  ]);
  expect(await content(target)).toEqual(await content(source));
});

test('cut off, the same call goes on where it was, also where the source has grown within a stream', async () => {
  await write('a', 'a0', 'a1');
  await write('b', 'b0');
  await expect(copy(counted(1))).rejects.toThrow('cut off');
  expect(await copy(counted(0)).catch((error: Error) => error.message)).toBe('cut off');
  await write('b', 'b1');
  expect(await copy(counted())).toEqual({ events: 4, found: 2, digest: expect.any(String) });
  expect(appends).toEqual([
    ['a', null, 2],
    ['b', null, 2],
  ]);
  expect(await content(target)).toEqual(await content(source));
});

test('a target that holds something else is not written to', async () => {
  await write('a', 'a0');
  await target.append('a', null, [note('another')]);
  await expect(copy(counted())).rejects.toThrow(NotACopy);
  expect(appends).toEqual([]);
});

test('K9 every key that a command used is good for its one thing in the copy too', async () => {
  const keyed = (text: string, key: string, thing: string): NewEvent => {
    const event = note(text);
    return {
      ...event,
      metadata: { ...event.metadata, commandId: text, keyUse: { key: key.repeat(64), thing } },
    };
  };
  await source.append('a', null, [note('a0')]);
  await source.append('a', 0n, [keyed('a1', '1', 'notes/a1'), keyed('a1', '1', 'notes/a1')]);
  await source.append('a', 2n, [keyed('a2', '2', 'notes/a2')]);
  await copy(counted());
  expect(appends).toEqual([
    ['a', null, 1],
    ['a', 0n, 2],
    ['a', 2n, 1],
  ]);
  for (const key of ['1', '2'])
    await expect(target.append('b', null, [keyed('b', key, 'notes/b')])).rejects.toThrow(KeyUsedElsewhere);
});
