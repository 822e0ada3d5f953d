import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { KeyUsedElsewhere, LogDamaged, type NewEvent } from '#libs/engine/event-sourcing';
import { database, openEnvironment } from './environment.js';
import { damageIn } from './environment-use.js';
import { FORMER_KEYS, KEY_USES } from './key-index.js';
import { openLmdbEventStore } from './lmdb-event-store.js';
import { flipped } from './testing/raw-log.js';
import { sampleEvent } from './testing/sample-event.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-keys-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const digest = (key: string) => createHash('sha256').update(key).digest('hex');
const place = (key: string) => Buffer.from(digest(key).slice(0, 32), 'hex');

function keyed(name: string, key: string, thing: string): NewEvent {
  const { metadata, ...event } = sampleEvent(name);
  return { ...event, metadata: { ...metadata, keyUse: { key: digest(key), thing } } };
}

async function append(stream: string, ...events: NewEvent[]) {
  const store = await openLmdbEventStore(directory);
  try {
    return await store.append(stream, null, events);
  } finally {
    await store.close();
  }
}

/** Names of the databases of the log. */
async function databases(): Promise<unknown[]> {
  const root = openEnvironment(directory, 'events', { durable: true, readOnly: true });
  const names = [...root.getKeys()];
  await root.close();
  return names;
}

/** Works on the index in the file. */
async function raw(name: string, work: (entries: ReturnType<typeof database<Buffer, Buffer>>) => unknown) {
  const root = openEnvironment(directory, 'events', { durable: true, readOnly: false });
  await work(database<Buffer, Buffer>(root, name, 'binary', 'binary'));
  await root.close();
}

describe('K4 the index of keys', () => {
  test('K4 an entry of which any bit was changed is never believed, and the look at the file names it', async () => {
    await append('a', keyed('one', 'the key', 'a'));
    let whole: Buffer = Buffer.alloc(0);
    await raw(KEY_USES, (entries) => (whole = entries.get(place('the key')) ?? whole));
    expect(whole.length).toBe(5);
    for (let bit = 0; bit < 8 * whole.length; bit += 1) {
      const damaged = flipped(whole, bit >> 3, 1 << (bit & 7));
      await raw(KEY_USES, (entries) => entries.put(place('the key'), damaged));
      const reason = 'an entry of its index of keys is not what was written';
      await expect(append(`b${bit}`, keyed('two', 'the key', 'b'))).rejects.toMatchObject({
        name: 'LogDamaged',
        reason: expect.stringMatching(`${reason}|has an entry of the index of keys`),
      });
      expect(await damageIn(directory, 'events')).toMatch(
        /page \d+ has an entry of the index of keys that is not what was written$/,
      );
    }
    await raw(KEY_USES, (entries) => entries.put(place('the key'), whole));
    await expect(append('b', keyed('two', 'the key', 'b'))).rejects.toEqual(
      new KeyUsedElsewhere(digest('the key'), 'a'),
    );
  });

  test('K4 an entry under another key does not count for that key, and the examination of the file names it', async () => {
    await append('a', keyed('one', 'the key', 'a'));
    await raw(KEY_USES, async (entries) => {
      await entries.put(place('another'), entries.get(place('the key')) ?? Buffer.alloc(0));
    });
    await expect(append('b', keyed('two', 'another', 'b'))).rejects.toBeInstanceOf(LogDamaged);
    expect(await damageIn(directory, 'events')).toMatch(/has an entry of the index of keys/);
  });

  test('K4 the index of an earlier release is taken over once, as the log says it', async () => {
    await append('a', keyed('one', 'key a', 'a'), sampleEvent('more'));
    await append('b', keyed('two', 'key b', 'b'));
    // As it was before there were seals; a bit has flipped in one of them, and one is of an event that cannot be read.
    await raw(KEY_USES, (entries) => entries.drop());
    await raw(FORMER_KEYS, async (entries) => {
      await entries.put(place('key a'), Buffer.from('a'));
      await entries.put(place('key b'), Buffer.from('c'));
      await entries.put(place('key x'), Buffer.from('x'));
    });
    expect(await databases()).toEqual([FORMER_KEYS, 'log', 'marks', 'streams']);
    const used = (key: string, thing: string) => new KeyUsedElsewhere(digest(key), thing);
    for (const [key, thing] of [
      ['key a', 'a'],
      ['key b', 'b'],
      ['key x', 'x'],
    ] as const)
      await expect(append('z', keyed('three', key, 'z'))).rejects.toEqual(used(key, thing));
    expect(await databases()).toEqual([KEY_USES, 'log', 'marks', 'streams']);
    expect(await damageIn(directory, 'events')).toBeNull();
  });
});
