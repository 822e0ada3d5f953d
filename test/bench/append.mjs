/**
 * Appends measured against the bare engine. Both sides write the same bytes, wait for the disk, and take turns in one
 * run, so that whatever else the machine does falls on both; only their ratio means anything.
 */
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { open } from 'lmdb';
import { openLmdbEventStore } from '../../dist/libs/engine/store-lmdb/index.js';

/** Streams that are being written to at one time, and events after which a stream is finished and a new one begins. */
const OPEN_STREAMS = 2_000;
const EVENTS_A_STREAM = 8;

const actor = { person: 'demo-reviewer', post: null, department: 'natural-resources', role: 'reviewer' };

/** An event of about 500 bytes as stored, its JSON included. */
function event(number) {
  return {
    id: randomUUID(),
    type: 'StepRecorded',
    version: 1,
    data: { step: '现场踏勘', note: `第${number}号` },
    metadata: {
      actor,
      onBehalfOf: null,
      occurredAt: '2026-11-24T02:00:00.000Z',
      recordedAt: '2026-11-24T02:00:00.000Z',
      commandId: `command-${number}`,
      commandDigest: 'f3b0c44298fc1c14',
      correlationId: `request-${number}`,
      causationId: null,
      traceparent: null,
      calendarVersion: '2026.1',
      catalogueVersion: '14',
    },
  };
}

const STOCK = Array.from({ length: 1_000 }, (_, number) => event(number));

/**
 * Writers at work: each waits for its own write before the next. Returns writes per second. Content is made by the caller on
 * both sides, so a stock of it is made before and used repeatedly.
 */
async function perSecond(writers, writes, { stock, write }) {
  let next = 0;
  const one = async (writer) => {
    while (next < writes) await write(stock[next++ % stock.length], writer);
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: writers }, (_, writer) => one(writer)));
  return writes / ((performance.now() - start) / 1000);
}

/** A bare durable put of the bytes of one event, under the next number. */
function bareWriter(directory) {
  const root = open({ path: join(directory, 'bare'), encoding: 'binary', overlappingSync: false });
  let next = 0;
  return {
    stock: STOCK.map((each) => Buffer.from(JSON.stringify(each))),
    write: (bytes) => root.put(next++, bytes),
    close: () => root.close(),
  };
}

/** Appends of one event, each to one of many open streams, checked against the stream's revision. */
async function storeWriter(directory, writers) {
  const store = await openLmdbEventStore(directory);
  const run = randomUUID().slice(0, 8);
  let streams = 0;
  const newStream = () => ({
    name: `application-${run}-${String(streams++).padStart(8, '0')}-LX-06`,
    revision: null,
  });
  // Each writer has streams of its own, so that no append is refused and all that is measured is stored.
  const mine = Array.from({ length: writers }, () =>
    Array.from({ length: Math.max(1, Math.floor(OPEN_STREAMS / writers)) }, newStream),
  );
  return {
    store,
    stock: STOCK,
    write: async (content, writer) => {
      const place = Math.floor(Math.random() * mine[writer].length);
      const stream = mine[writer][place];
      const { revision } = await store.append(stream.name, stream.revision, [content]);
      stream.revision = revision;
      if (revision === BigInt(EVENTS_A_STREAM - 1)) mine[writer][place] = newStream();
    },
    close: () => store.close(),
  };
}

function median(list) {
  const sorted = [...list].sort((one, two) => one - two);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Alternates between named writers; returns the median of each one's writes per second. */
async function alternate(contestants, { writers, writes, rounds }) {
  const rates = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, contestant] of Object.entries(contestants)) {
      const rate = await perSecond(writers, writes, contestant);
      // The first round warms up.
      if (round >= 0) rates[name].push(rate);
    }
  }
  return Object.fromEntries(Object.entries(rates).map(([name, list]) => [name, median(list)]));
}

/**
 * Durable, version-checked, idempotent appends against bare durable puts of the same bytes.
 * @returns {Promise<{ ratio: number, ours: number, bare: number }>} ours and bare in events per second
 */
export async function appendRatio({ directory, writers = 64, events = 50_000, rounds = 5 }) {
  const home = join(directory, 'append-ratio');
  const contestants = { ours: await storeWriter(home, writers), bare: bareWriter(home) };
  const { ours, bare } = await alternate(contestants, {
    writers,
    writes: Math.ceil(events / rounds),
    rounds,
  });
  for (const each of Object.values(contestants)) await each.close();
  await rm(home, { recursive: true });
  return { ratio: ours / bare, ours, bare };
}

/**
 * The same appends to a log of `short` events and to one `factor` times as long.
 * @returns {Promise<{ ratio: number, long: number, short: number }>} long and short in events per second
 */
export async function appendGrowth({
  directory,
  writers = 64,
  short = 10_000,
  factor = 100,
  rounds = 5,
  events,
}) {
  const home = join(directory, 'append-growth');
  const contestants = {
    short: await storeWriter(join(home, 'short'), writers),
    long: await storeWriter(join(home, 'long'), writers),
  };
  await fillLog(contestants.short.store, short);
  await fillLog(contestants.long.store, short * factor);
  const writes = Math.ceil((events ?? short) / rounds);
  const { long, short: shortRate } = await alternate(contestants, { writers, writes, rounds });
  for (const each of Object.values(contestants)) await each.close();
  await rm(home, { recursive: true });
  return { ratio: long / shortRate, long, short: shortRate };
}

/** Writes `count` events, whole finished streams at a time. */
export async function fillLog(store, events) {
  const streams = Math.ceil(events / EVENTS_A_STREAM);
  let next = 0;
  const writer = async () => {
    while (next < streams) {
      const number = next++;
      const name = `application-history-${String(number).padStart(8, '0')}-LX-06`;
      const list = Array.from({ length: EVENTS_A_STREAM }, (_, index) =>
        event(number * EVENTS_A_STREAM + index),
      );
      await store.append(name, null, list);
    }
  };
  await Promise.all(Array.from({ length: 64 }, writer));
}
