import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import 'reflect-metadata';
import { Projector } from '../../dist/libs/event-sourcing/index.js';
import { allProjections, allUpcasters } from '../../dist/libs/reports/index.js';
import { openLmdbEventStore, openLmdbReadStore } from '../../dist/libs/store-lmdb/index.js';
import { now, seconds } from './statistics.mjs';

/** Events per second of reading the stored bytes in order and parsing each event's JSON, and nothing else. */
export async function bareScan(directory) {
  const root = open({ path: join(directory, 'events'), maxDbs: 8, readOnly: true, encoding: 'binary' });
  const groups = root.openDB({ name: 'log', encoding: 'binary' });
  const start = now();
  let events = 0;
  let bytes = 0;
  for (const { value } of groups.getRange()) {
    const count = value.readUInt32LE(4);
    const bodies = 12 + 4 * count + value.readUInt32LE(8);
    let from = bodies;
    for (let index = 0; index < count; index++) {
      const to = bodies + value.readUInt32LE(12 + 4 * index);
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

/** Events per second of filling every read model from nothing, through the projector that the server runs. */
export async function catchUp(directory) {
  const readModels = mkdtempSync(join(tmpdir(), 'zhitong-bench-read-'));
  const eventStore = await openLmdbEventStore(directory);
  const readStore = await openLmdbReadStore(readModels);
  const projector = new Projector(eventStore, readStore, allProjections(), {
    upcasters: allUpcasters(),
  });
  const last = await eventStore.lastPosition();
  const start = now();
  await projector.start();
  const done = await projector.waitFor(last, { timeoutMs: 3_600_000 });
  const rate = (Number(last) + 1) / seconds(start);
  const faults = projector.status().filter(({ fault }) => fault !== null);
  await projector.stop();
  await eventStore.close();
  await readStore.close();
  rmSync(readModels, { recursive: true });
  if (!done || faults.length > 0)
    throw new Error(
      `catch-up failed: ${JSON.stringify(faults, (_, v) => (typeof v === 'bigint' ? `${v}` : v))}`,
    );
  return rate;
}
