/**
 * Writers that append small events and try again whatever happens, until a disk is full and for a while after. Every
 * acknowledged event is one line on standard output, written at once: `stream revision`. Usage: node full-disk-writers.mjs
 * DIRECTORY WRITERS REFUSALS. It ends in order after REFUSALS refusals, or on a broken store with the exit code of the server.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { failureOf } from '../../dist/libs/shell/system/failure.js';
import { DataDisk, openLmdbEventStore } from '../../dist/libs/engine/store-lmdb/index.js';

const [directory, writers, refusals] = process.argv.slice(2);

function end(error) {
  const { code, text } = failureOf(error);
  writeSync(2, `${text}\n`);
  process.removeAllListeners('exit');
  process.exit(code);
}

const disk = new DataDisk(directory, { onBroken: end });
const store = await openLmdbEventStore(directory, { disk }).catch(end);

const event = () => ({
  id: randomUUID(),
  type: 'StepRecorded',
  version: 1,
  data: { note: 'x'.repeat(380) },
  metadata: {},
});

let refused = 0;
async function write(stream) {
  let revision = null;
  for await (const found of store.readStream(stream)) revision = found.revision;
  while (refused < Number(refusals)) {
    const next = event();
    try {
      ({ revision } = await store.append(stream, revision, [next]));
      writeSync(1, `${stream} ${revision}\n`);
    } catch (error) {
      refused += 1;
      if (error.name !== 'StoreFull') throw error;
      await setTimeout(1);
    }
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, n) => write(`writer-${n}`))).catch(end);
await store.close();
