/**
 * A process whose disk fills up while it appends. It prints, as one JSON object, what each phase came to.
 * Usage: node store-full-disk.mjs DIRECTORY BALLAST; removing the file BALLAST makes room again.
 */
import { randomUUID } from 'node:crypto';
import { rmSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { openLmdbEventStore, openLmdbReadStore } from '../../dist/libs/engine/store-lmdb/index.js';

const [directory, ballast] = process.argv.slice(2);
const unexpected = [];
process.on('unhandledRejection', (reason) => unexpected.push(String(reason)));

const event = (name) => ({
  id: randomUUID(),
  type: 'StepRecorded',
  version: 1,
  data: { name, note: 'x'.repeat(20_000) },
  metadata: {},
});

const store = await openLmdbEventStore(directory);
const models = await openLmdbReadStore(directory);
await models.define([{ name: 'list@1', indexes: { all: { equals: [] } } }]);
await models.save('list', [{ model: 'list@1', document: { id: 'a', n: 1 }, seen: 1n }], {
  position: 1n,
  recordedAt: null,
});

/** One writer's stream: appends one after the other until one is refused. Returns how far it came and why it ended. */
async function writeUntilFull(stream) {
  for (let stored = 0; ; stored++) {
    try {
      await store.append(stream, stored === 0 ? null : BigInt(stored - 1), [event(`${stream} ${stored}`)]);
    } catch (error) {
      return { stream, stored, error: error.name };
    }
  }
}

async function inLog() {
  const counts = {};
  for await (const { stream } of store.readAll(null)) counts[stream] = (counts[stream] ?? 0) + 1;
  return counts;
}

const streams = Array.from({ length: 8 }, (_, writer) => `writer-${writer}`);
const full = await Promise.all(streams.map(writeUntilFull));
const whileFull = await inLog();
const big = Array.from({ length: 4 }, (_, n) => ({
  model: 'list@1',
  document: { id: `big-${n}`, text: 'y'.repeat(900_000) },
  seen: 2n,
}));
const saved = await models
  .save('list', [{ model: 'list@1', document: { id: 'a', n: 2 }, seen: 2n }, ...big], {
    position: 2n,
    recordedAt: null,
  })
  .then(
    () => 'saved',
    (error) => error.name,
  );
const document = await models.get('list@1', 'a');
const checkpoint = await models.checkpoint('list');

rmSync(ballast);
const again = [];
for (const { stream, stored } of full) {
  const { revision } = await store.append(stream, stored === 0 ? null : BigInt(stored - 1), [event('again')]);
  again.push(Number(revision) === stored);
}
await models.save('list', big, { position: 3n, recordedAt: null });
// An unhandled rejection is reported in a later turn.
await setTimeout(50);
const result = {
  full,
  whileFull,
  saved,
  document: document?.document.n,
  checkpoint: Number(checkpoint?.position),
  again,
  afterwards: await inLog(),
  savedAfterwards: Number((await models.checkpoint('list'))?.position),
  unexpected,
};
await store.close();
await models.close();
writeSync(1, JSON.stringify(result));
