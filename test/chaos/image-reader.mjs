/**
 * A process that opens damaged data directories one after the other and reads all that they hold. It reads each damage as a
 * JSON line on standard input and prints the outcome as another, so that the parent process knows which one ended it. Usage:
 * node image-reader.mjs BASE SCRATCH; BASE is a whole directory, SCRATCH a place for damaged copies of it.
 */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  LogDamaged,
  physicalModels,
  ReadModelsDamaged,
} from '../../dist/libs/engine/event-sourcing/index.js';
import { openLmdbEventStore, openLmdbReadStore } from '../../dist/libs/engine/store-lmdb/index.js';
import { allProjections, readTables } from '../../dist/libs/shell/system/index.js';

const [base, scratch] = process.argv.slice(2);
const FILES = ['events/data.mdb', 'events/lock.mdb', 'read-models/data.mdb', 'read-models/lock.mdb'];
const models = allProjections(await readTables(), 1n).flatMap((projection) =>
  physicalModels(projection, projection.version),
);

const digest = (value) =>
  createHash('sha256')
    .update(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}` : each)))
    .digest('base64');

async function* eventsIn(store) {
  for await (const event of store.readAll(null)) yield digest(event);
  // By stream as well: that way goes through the index of streams.
  const streams = new Set();
  for await (const { stream } of store.readAll(null)) streams.add(stream);
  for (const stream of [...streams].sort()) {
    for await (const event of store.readStream(stream)) yield digest(event);
  }
}

/** Every document, and every list of every index. */
async function* documentsIn(store) {
  for (const { name, indexes } of models) {
    const documents = [];
    for await (const kept of store.scan(name)) {
      documents.push(kept.document);
      yield digest([name, kept]);
    }
    for (const [index, { equals }] of Object.entries(indexes)) {
      for (const values of valuesOf(documents, equals)) {
        const query = { index, limit: 1000, ...(equals.length > 0 && { equals: values }) };
        yield digest([name, query, (await store.find(name, query)).items]);
      }
    }
  }
  const { checkpoints } = await store.inventory();
  for (const name of [...checkpoints].sort()) yield digest([name, await store.checkpoint(name)]);
}

/** The documents' values in these fields; lists are left out. */
function valuesOf(documents, fields) {
  const found = new Map();
  for (const document of documents) {
    const values = Object.fromEntries(fields.map((field) => [field, document[field] ?? null]));
    if (Object.values(values).some((value) => typeof value === 'object' && value !== null)) continue;
    found.set(JSON.stringify(values), values);
  }
  return found.values();
}

async function all(open, read) {
  const store = await open();
  const found = [];
  try {
    for await (const each of read(store)) found.push(each);
    return { found, stopped: null };
  } catch (error) {
    if (!(error instanceof LogDamaged) && !(error instanceof ReadModelsDamaged)) throw error;
    return { found, stopped: error.message };
  } finally {
    await store.close();
  }
}

const openModels = async (directory, options) => {
  const store = await openLmdbReadStore(directory, options);
  await store.define(models);
  return store;
};

const whole = {
  events: (await all(() => openLmdbEventStore(base), eventsIn)).found,
  'read-models': (await all(() => openModels(base, {}), documentsIn)).found,
};

function damage({ file, change, offset, byte, length }) {
  const path = join(scratch, file);
  if (change === 'cut') return truncateSync(path, offset);
  const bytes = change === 'zeros' ? Buffer.alloc(length) : Buffer.from([readFileSync(path)[offset] ^ byte]);
  const target = openSync(path, 'r+');
  writeSync(target, bytes, 0, bytes.length, offset);
  closeSync(target);
}

/** `equal`, `refused: …` or `stopped: …`; `WRONG: …` for anything that must not be. */
async function outcomeOf(image) {
  rmSync(scratch, { recursive: true, force: true });
  const kind = image.file.split('/')[0];
  mkdirSync(join(scratch, kind), { recursive: true });
  for (const file of FILES)
    if (file.startsWith(`${kind}/`)) copyFileSync(join(base, file), join(scratch, file));
  damage(image);
  const [open, read] =
    kind === 'events'
      ? [() => openLmdbEventStore(scratch), eventsIn]
      : [() => openModels(scratch, {}), documentsIn];
  try {
    const { found, stopped } = await all(open, read);
    const right = found.every((each, index) => each === whole[kind][index]);
    if (!right || found.length > whole[kind].length) return 'WRONG: served what was never written';
    if (stopped === null) return found.length < whole[kind].length ? 'WRONG: lost what was written' : 'equal';
    return stopped.includes('\n') ? `WRONG: more than a sentence: ${stopped}` : `stopped: ${stopped}`;
  } catch (error) {
    const isKnown = error instanceof LogDamaged || error instanceof ReadModelsDamaged;
    return isKnown && !error.message.includes('\n') ? `refused: ${error.message}` : `WRONG: ${error.stack}`;
  }
}

writeSync(1, `${JSON.stringify({ events: whole.events.length, documents: whole['read-models'].length })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  writeSync(1, `${JSON.stringify(await outcomeOf(JSON.parse(line)))}\n`);
}
rmSync(scratch, { recursive: true, force: true });
