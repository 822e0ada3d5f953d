import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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

const WRITER = fileURLToPath(new URL('../../../test/chaos/store-writer.mjs', import.meta.url));

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

  test('K4 notes that an earlier release kept elsewhere are removed, and keep nothing from being opened', async () => {
    mkdirSync(file('open-by'));
    writeFileSync(file('open-by/4711-1.0'), '');
    const store = await openLmdbEventStore(folder);
    await store.append('two', null, [sampleEvent('b')]);
    await store.close();
    expect(readdirSync(join(folder, 'events')).sort()).toEqual([
      'data.mdb',
      'left.json',
      'lock.mdb',
      'users',
    ]);
    expect(await damageBeforeOpening(folder, 'events')).toBeNull();
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

  test('K4 while another process writes, a snapshot is examined and found undamaged', async () => {
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

  test('K11 a data file that was not ready when the power went is made anew, and nothing of it stays', async () => {
    const other = mkdtempSync(join(tmpdir(), 'zhitong-use-'));
    folders.push(other);
    const ended = spawnSync(process.execPath, ['-e', '']).pid;
    for (const name of ['events', 'read-models']) {
      const unfinished = join(other, name, `unfinished-${ended}-1-0-1`);
      mkdirSync(unfinished, { recursive: true });
      writeFileSync(join(unfinished, 'data.mdb'), Buffer.alloc(512));
    }
    const store = await openLmdbEventStore(other);
    expect(await store.lastPosition()).toBeNull();
    await store.close();
    const models = await openLmdbReadStore(other);
    expect(await models.inventory()).toEqual({ models: [], checkpoints: [] });
    await models.close();
    for (const name of ['events', 'read-models'])
      expect(readdirSync(join(other, name)).sort()).toEqual(['data.mdb', 'left.json', 'lock.mdb', 'users']);
  });

  test('K11 processes that begin on an empty directory at the same time keep one log', async () => {
    const other = mkdtempSync(join(tmpdir(), 'zhitong-use-'));
    folders.push(other);
    const stores = await Promise.all(Array.from({ length: 3 }, () => openLmdbEventStore(other)));
    const streams = ['a', 'b', 'c'];
    for (const [index, stream] of streams.entries())
      await stores[index]?.append(stream, null, [sampleEvent(stream)]);
    const found: string[] = [];
    for await (const { stream } of stores[0]?.readAll(null) ?? []) found.push(stream);
    expect(found).toEqual(streams);
    for (const store of stores) await store.close();
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
