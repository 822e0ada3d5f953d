import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import 'reflect-metadata';
import { openLmdbEventStore } from '../../dist/libs/engine/store-lmdb/index.js';
import {
  allProjections,
  ProjectorThreads,
  readConfig,
  readTables,
} from '../../dist/libs/shell/system/index.js';
import { now, seconds } from './statistics.mjs';

/** Events per second of reading the stored bytes in order and parsing each event's JSON, and nothing else. */
export async function bareScan(directory) {
  const root = open({ path: join(directory, 'events'), maxDbs: 8, readOnly: true, encoding: 'binary' });
  const groups = root.openDB({ name: 'log', encoding: 'binary' });
  const start = now();
  let events = 0;
  let bytes = 0;
  for (const { value } of groups.getRange()) {
    // libs/engine/store-lmdb/group-record.ts says what stands where.
    const count = value.readUInt32LE(64);
    const bodies = 72 + 8 * count + value.readUInt32LE(68);
    let from = bodies;
    for (let index = 0; index < count; index++) {
      const to = bodies + value.readUInt32LE(72 + 8 * index);
      bytes += JSON.parse(value.toString('utf8', from, to)).type.length;
      from = to;
    }
    events += count;
  }
  const rate = events / seconds(start);
  await root.close();
  if (bytes === 0) throw new Error('the log is empty');
  return rate;
}

/** Events per second of filling every read model from nothing, by the threads that the server runs. */
export async function catchUp(directory) {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhitong-bench-read-'));
  symlinkSync(join(directory, 'events'), join(dataDir, 'events'));
  const eventStore = await openLmdbEventStore(dataDir);
  const last = await eventStore.lastPosition();
  await eventStore.close();
  const tables = await readTables();
  const config = readConfig({ DATA_DIR: dataDir });
  const projector = new ProjectorThreads({ config, tables }, allProjections(tables));
  await projector.ready();
  const start = now();
  await projector.start();
  const done = await projector.waitFor(last, { timeoutMs: 3_600_000 });
  const rate = (Number(last) + 1) / seconds(start);
  const faults = projector.status().filter(({ fault }) => fault !== null);
  await projector.stop();
  rmSync(dataDir, { recursive: true });
  if (!done || faults.length > 0)
    throw new Error(
      `catch-up failed: ${JSON.stringify(faults, (_, v) => (typeof v === 'bigint' ? `${v}` : v))}`,
    );
  return rate;
}
