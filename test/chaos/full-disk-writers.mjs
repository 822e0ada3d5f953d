/**
 * Writers that append small events and try again whatever happens, until a disk is full and for a while after. Every
 * acknowledged event is one line on standard output, written at once: `stream revision`. Usage: node full-disk-writers.mjs
 * DIRECTORY WRITERS REFUSALS [FILLED_AT]. It ends in order after REFUSALS refusals, or on a broken store with the exit code of the
 * server. When room was asked for FILLED_AT times, and granted, the disk is filled before anything is written.
 */
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { failureOf } from '../../dist/libs/shell/system/failure.js';
import { DataDisk, openLmdbEventStore } from '../../dist/libs/engine/store-lmdb/index.js';

const [directory, writers, refusals, filledAt] = process.argv.slice(2);

function end(error) {
  const { code, text } = failureOf(error);
  writeSync(2, `${text}\n`);
  process.removeAllListeners('exit');
  process.exit(code);
}

/** As another process would, to the last byte. */
function fill() {
  const ballast = openSync(join(directory, 'ballast'), 'w');
  try {
    for (;;) writeSync(ballast, Buffer.alloc(4096));
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  } finally {
    closeSync(ballast);
  }
}

/** The disk of a store; another process fills it in the moment between the room that is granted and the write. */
class DiskFilledMeanwhile extends DataDisk {
  asked = 0;

  watch(...of) {
    const files = super.watch(...of);
    const mustHaveRoom = (bytes) => {
      files.mustHaveRoom(bytes);
      this.asked += 1;
      if (this.asked === Number(filledAt)) fill();
    };
    return { ...files, mustHaveRoom };
  }
}

const disk = new (filledAt ? DiskFilledMeanwhile : DataDisk)(directory, { onBroken: end });
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
