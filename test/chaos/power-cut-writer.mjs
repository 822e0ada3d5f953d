/**
 * Writes to a log and to read models until APPENDS appends are acknowledged, then ends as a power cut would end it. Each
 * acknowledgement goes into the file `acknowledged` as one line before the next append of that writer; each save of read
 * models leaves the same number in every document and in the checkpoint.
 * Usage: node power-cut-writer.mjs DIRECTORY APPENDS
 */
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { openLmdbEventStore, openLmdbReadStore } from '../../dist/libs/engine/store-lmdb/index.js';

const [directory, appends] = process.argv.slice(2);
const acknowledged = openSync(join(directory, 'acknowledged'), 'w');
const store = await openLmdbEventStore(directory);
const models = await openLmdbReadStore(directory);
await models.define([{ name: 'list@1', indexes: { all: { equals: [], range: 'n' } } }]);
const WRITERS = 6;
const DOCUMENTS = 40;
let left = Number(appends);

/** Three events an append; some are long enough for pages of their own. */
async function write(writer) {
  for (let revision = -1; left > 0; left -= 1, revision += 3) {
    const stream = `writer-${writer}`;
    const events = [1, 2, 3].map((n) => ({
      id: randomUUID(),
      type: 'StepRecorded',
      version: 1,
      data: { name: `${stream} ${revision + n}`, note: 'x'.repeat(revision % 7 === 0 ? 9_000 : 200) },
      metadata: {},
    }));
    await store.append(stream, revision < 0 ? null : BigInt(revision), events);
    writeSync(acknowledged, `${stream} ${revision + 3}\n`);
  }
}

async function save() {
  for (let n = 1; left > 0; n += 1) {
    const writes = Array.from({ length: DOCUMENTS }, (_, id) => ({
      model: 'list@1',
      document: { id: `id-${id}`, n, text: 'y'.repeat((n * id) % 3_000) },
      seen: BigInt(n),
    }));
    await models.save('list', writes, { position: BigInt(n), recordedAt: null });
  }
}

await Promise.all([...Array.from({ length: WRITERS }, (_, writer) => write(writer)), save()]);
process.kill(process.pid, 'SIGKILL');
