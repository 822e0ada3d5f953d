/**
 * Makes images of a disk at a power cut out of what power-cut-shim.c recorded, opens each and reports what is wrong with it.
 * What was not synced when the power went is kept, dropped or torn, sector by sector, and so comes in any order.
 * Usage: node power-cut-reader.mjs LOG SCRATCH IMAGES SEED; prints a line of JSON for each image.
 */
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { mustHoldAcknowledged } from '../../dist/libs/engine/event-sourcing/index.js';
import {
  lastAcknowledged,
  openLmdbEventStore,
  openLmdbReadStore,
} from '../../dist/libs/engine/store-lmdb/index.js';

const [log, scratch, images, seed] = process.argv.slice(2);
const SECTOR = 512;
const [EVENTS, MODELS, ACKNOWLEDGED, LOG_END] = [0, 1, 2, 3];
const DOCUMENTS = 40;

/** A sequence that depends on its seed only (mulberry32): numbers from 0 to 1. */
let state = Number(seed);
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

function* recordsOf(bytes) {
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32LE(at + 10);
    yield {
      kind: String.fromCharCode(bytes[at]),
      file: bytes[at + 1],
      offset: Number(bytes.readBigUInt64LE(at + 2)),
      bytes: bytes.subarray(at + 14, at + 14 + length),
    };
    at += 14 + length;
  }
}
const records = [...recordsOf(readFileSync(log))];

/** The disk's copy of a file when the power fails after `count` records. */
function imageOf(file, end) {
  const own = records.slice(0, end).filter((record) => record.file === file);
  const synced = own.findLastIndex(({ kind }) => kind === 'S');
  let image = Buffer.alloc(0);
  const put = (offset, bytes) => {
    if (offset + bytes.length > image.length)
      image = Buffer.concat([image, Buffer.alloc(offset + bytes.length - image.length)]);
    bytes.copy(image, offset);
  };
  const keeps = random();
  own.forEach(({ kind, offset, bytes }, index) => {
    if (kind === 'T')
      image = Buffer.concat([image.subarray(0, offset), Buffer.alloc(Math.max(0, offset - image.length))]);
    if (kind !== 'W' && kind !== 'D') return;
    if (index < synced || kind === 'D') return put(offset, bytes);
    for (let from = 0; from < bytes.length;) {
      const to = Math.min(bytes.length, from + SECTOR - ((offset + from) % SECTOR));
      if (random() < keeps) put(offset + from, bytes.subarray(from, to));
      from = to;
    }
  });
  return image;
}

/** Another boot of the machine, by which LMDB knows that the power was gone (`boot_id` in each of the three metas). */
function afterBoot(image, pageBytes) {
  for (const meta of [0, pageBytes / 2, pageBytes]) {
    const at = meta + 24 + 136;
    if (image.length >= at + 8 && image.readBigInt64LE(at) !== 0n) image[at] ^= 0xff;
  }
  return image;
}

function put(kind, image, isUsed) {
  mkdirSync(join(scratch, kind), { recursive: true });
  // It is on disk before the first acknowledgement.
  if (isUsed) writeFileSync(join(scratch, kind, 'left.json'), '{}');
  if (image.length > 0) writeFileSync(join(scratch, kind, 'data.mdb'), image);
}

async function wrongEvents(acknowledged) {
  const store = await openLmdbEventStore(scratch);
  const found = new Map();
  const wrong = [];
  for await (const { stream, revision, data } of store.readAll(null)) {
    if (revision !== BigInt((found.get(stream) ?? -1) + 1)) wrong.push(`${stream} ${revision} out of order`);
    if (data.name !== `${stream} ${revision}`) wrong.push(`${stream} ${revision} holds ${data.name}`);
    found.set(stream, Number(revision));
  }
  for (const [stream, last] of found) if (last % 3 !== 2) wrong.push(`${stream} ends within an append`);
  for (const line of acknowledged) {
    const [stream, revision] = line.split(' ');
    if ((found.get(stream) ?? -1) < Number(revision)) wrong.push(`${line} was acknowledged and is lost`);
  }
  // The note is never ahead of the log.
  const noted = lastAcknowledged(scratch);
  if (noted !== null) await mustHoldAcknowledged(store, noted);
  // The log goes on from there.
  await store.append('after', null, [
    { id: randomUUID(), type: 'StepRecorded', version: 1, data: {}, metadata: {} },
  ]);
  await store.close();
  return wrong;
}

async function wrongModels() {
  const store = await openLmdbReadStore(scratch);
  await store.define([{ name: 'list@1', indexes: { all: { equals: [], range: 'n' } } }]);
  const due = (await store.checkpoint('list'))?.position ?? 0n;
  const numbers = [];
  for await (const { document } of store.scan('list@1')) numbers.push(document.n);
  const { items } = await store.find('list@1', { index: 'all', limit: 1000 });
  await store.close();
  const isWhole = numbers.length === (due === 0n ? 0 : DOCUMENTS) && numbers.every((n) => n === Number(due));
  return isWhole && items.length === numbers.length ? [] : [`a save is there by half: ${due}: ${numbers}`];
}

for (let n = 0; n < Number(images); n += 1) {
  rmSync(scratch, { recursive: true, force: true });
  const end = 1 + Math.floor(random() * records.length);
  const acknowledged = records
    .slice(0, end)
    .filter(({ file }) => file === ACKNOWLEDGED)
    .map(({ bytes }) => bytes.toString().trimEnd());
  put('events', afterBoot(imageOf(EVENTS, end), 4096), acknowledged.length > 0);
  put('read-models', afterBoot(imageOf(MODELS, end), 8192), acknowledged.length > 0);
  writeFileSync(join(scratch, 'log-end'), imageOf(LOG_END, end));
  const wrong = [];
  for (const look of [() => wrongEvents(acknowledged), wrongModels]) {
    await look().then(
      (found) => wrong.push(...found),
      (error) => wrong.push(String(error.stack)),
    );
  }
  writeSync(1, `${JSON.stringify({ end, acknowledged: acknowledged.length, wrong })}\n`);
}
rmSync(scratch, { recursive: true, force: true });
