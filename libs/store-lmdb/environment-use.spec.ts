import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { damageBeforeOpening } from './environment-use.js';
import { openLmdbEventStore } from './lmdb-event-store.js';
import { openLmdbReadStore } from './open-read-store.js';
import { sampleEvent } from './testing/sample-event.js';

const folders: string[] = [];
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zhitong-use-'));
  folders.push(folder);
  const store = await openLmdbEventStore(folder);
  await store.append('one', null, [sampleEvent('a')]);
  await store.close();
});
afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true })));

const file = (name: string) => join(folder, 'events', name);

/** Damage that LMDB would not notice: a record of the free list counts more than it has room for. */
function damage(): void {
  const bytes = readFileSync(file('data.mdb'));
  const newest = bytes.readBigUInt64LE(152) > bytes.readBigUInt64LE(4096 + 152) ? 0 : 4096;
  const page = Number(bytes.readBigUInt64LE(newest + 24 + 64));
  const record = page * 4096 + 24 + bytes.readUInt16LE(page * 4096 + 24) + 16;
  bytes.writeBigUInt64LE(1_000_000n, record);
  writeFileSync(file('data.mdb'), bytes);
}

/** What `stat` says of the data file, as an orderly stop would have left it. */
function asIfLeftSo(): void {
  const { size, ino, mtimeNs, ctimeNs } = statSync(file('data.mdb'), { bigint: true });
  const left = { bytes: `${size}`, inode: `${ino}`, modified: `${mtimeNs}`, changed: `${ctimeNs}` };
  writeFileSync(file('left.json'), JSON.stringify(left));
}

const WRITER = fileURLToPath(new URL('../../test/chaos/store-writer.mjs', import.meta.url));

/** A process that writes to the log of the folder, once it has acknowledged something. */
async function writer(): Promise<ChildProcess> {
  const child = fork(WRITER, [folder, 'run'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
  await once(child.stdout ?? child, 'data');
  return child;
}

describe('K4 before an environment is opened', () => {
  test('K4 nothing is examined after an orderly stop', async () => {
    damage();
    asIfLeftSo();
    expect(await damageBeforeOpening(folder, 'events')).toBeNull();
    expect(readdirSync(file('users'))).toEqual([]);
  });

  test('K4 it is examined when the file is not as it was left', async () => {
    damage();
    expect(await damageBeforeOpening(folder, 'events')).toMatch(
      /data\.mdb: page \d+ has a record of the free list that counts/,
    );
    await expect(openLmdbEventStore(folder)).rejects.toMatchObject({ name: 'LogDamaged' });
  });

  test('K4 it is examined when a process was killed while it had it open, and only until it was found whole', async () => {
    const child = await writer();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(readdirSync(file('users'))).toHaveLength(1);
    expect(await damageBeforeOpening(folder, 'events')).toBeNull();
    expect(readdirSync(file('users'))).toEqual([]);

    const other = await writer();
    other.kill('SIGKILL');
    await once(other, 'exit');
    damage();
    asIfLeftSo();
    expect(await damageBeforeOpening(folder, 'events')).toMatch(/data\.mdb: page \d+ /);
    expect(readdirSync(file('users'))).toHaveLength(1);
  });

  test('K4 beside a process that writes, a snapshot of it is examined and found whole', async () => {
    const [alive, killed] = [await writer(), await writer()];
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(await damageBeforeOpening(folder, 'events')).toBeNull();
    expect(readdirSync(file('users'))).toEqual([expect.stringContaining(`${alive.pid}-`)]);
    alive.kill('SIGKILL');
    await once(alive, 'exit');
  });

  test('K4 an emptied file is refused, a missing one is created', async () => {
    writeFileSync(file('data.mdb'), '');
    await expect(openLmdbEventStore(folder)).rejects.toMatchObject({
      message: `the log is damaged: ${file('data.mdb')} is empty`,
    });
    rmSync(join(folder, 'events'), { recursive: true });
    const store = await openLmdbEventStore(folder);
    expect(await store.lastPosition()).toBeNull();
    await store.close();
  });

  test('K11 what a power cut left of a file that was being made is begun anew, and of no other', async () => {
    rmSync(file('left.json'));
    const torn = Buffer.alloc(2 * 4096);
    writeFileSync(file('data.mdb'), torn);
    const store = await openLmdbEventStore(folder);
    expect(await store.lastPosition()).toBeNull();
    await store.close();
    expect(readFileSync(file('data.mdb.unfinished'))).toEqual(torn);

    rmSync(file('left.json'));
    torn.writeBigUInt64LE(1n, 4096 + 24 + 128);
    writeFileSync(file('data.mdb'), torn);
    await expect(openLmdbEventStore(folder)).rejects.toMatchObject({
      message: `the log is damaged: ${file('data.mdb')}: page 0 is not a meta page but of kind 0`,
    });
  });

  test('K4 damaged read models are refused, or moved aside and begun anew where that is wanted', async () => {
    const first = await openLmdbReadStore(folder);
    await first.define([{ name: 'list@1', indexes: {} }]);
    await first.close();
    const path = join(folder, 'read-models', 'data.mdb');
    writeFileSync(path, readFileSync(path).fill(0, 0, 4096));
    const what = `${path}: page 0 is not a meta page but of kind 0`;
    await expect(openLmdbReadStore(folder)).rejects.toMatchObject({
      name: 'ReadModelsDamaged',
      message: `the read models are damaged: ${what}; the server builds them anew when it is started`,
    });
    const told: string[] = [];
    const second = await openLmdbReadStore(folder, { onDamaged: (text) => told.push(text) });
    const aside = join(folder, 'read-models.damaged');
    expect(told).toEqual([`${what}; kept as ${aside}`]);
    expect(existsSync(join(aside, 'data.mdb'))).toBe(true);
    expect(await second.inventory()).toEqual({ models: [], checkpoints: [] });
    await second.close();
  });
});
