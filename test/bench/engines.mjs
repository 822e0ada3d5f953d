/**
 * The adapters of EventStoreDB and MongoDB against a bare client doing the same on the same server, in turns in one run.
 * Servers: EVENTSTORE_URL and MONGODB_URL, or those of the tests where they can be had.
 */
import { execFile, fork, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EventStoreDBClient, jsonEvent, NO_STREAM, START, streamNameFilter } from '@eventstore/db-client';
import { MongoClient } from 'mongodb';
import { openEventStoreDb } from '../../dist/libs/engine/store-eventstoredb/index.js';
import { openMongoReadStore } from '../../dist/libs/engine/store-mongodb/index.js';
import { freePort } from './processes.mjs';
import { median, now, seconds } from './statistics.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const WRITERS = 64;
const DOCUMENTS = 1_000;
const PAGE = 100;

const metadata = {
  actor: { person: 'demo-reviewer', post: null, department: 'natural-resources', role: 'reviewer' },
  onBehalfOf: null,
  occurredAt: '2026-11-24T02:00:00.000Z',
  recordedAt: '2026-11-24T02:00:00.000Z',
  commandId: 'command-1',
  commandDigest: 'f3b0c44298fc1c14',
  correlationId: 'request-1',
  causationId: null,
  traceparent: null,
  calendarVersion: '2026.1',
  catalogueVersion: '14',
};
const event = () => ({
  id: randomUUID(),
  type: 'StepRecorded',
  version: 1,
  data: { step: '现场踏勘', note: '第1号' },
  metadata,
});

/** Alternates; returns the median of each contestant's rate and of the ratio of the rounds. The first round warms up. */
async function ratioOf(rounds, ours, bare) {
  const rates = [];
  for (let round = -1; round < rounds; round++) {
    const rate = { bare: await bare(), ours: await ours() };
    if (round >= 0) rates.push(rate);
  }
  return {
    ratio: median(rates.map((rate) => rate.ours / rate.bare)),
    ours: median(rates.map((rate) => rate.ours)),
    bare: median(rates.map((rate) => rate.bare)),
  };
}

/** Writers at work, each on streams of its own; appends per second. `append` returns the new revision. */
async function appendsPerSecond(appends, append) {
  const run = randomUUID();
  const start = now();
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      let revision = null;
      for (let n = 0; n < appends / WRITERS; n++)
        revision = await append(`${run}-${writer}`, revision, event());
    }),
  );
  return appends / seconds(start);
}

/**
 * @returns {Promise<{ [name: string]: { ratio: number, ours: number, bare: number } }>} appends and a catch-up subscription
 */
export async function eventStoreDbRatios({ url, appends = 3_200, rounds = 3 }) {
  const prefix = `bench-${randomUUID()}-`;
  const store = await openEventStoreDb(url, { streamPrefix: prefix });
  const client = EventStoreDBClient.connectionString(url);
  const bareAppend = async (stream, revision, { id, type, data, metadata: meta }) => {
    const { nextExpectedRevision } = await client.appendToStream(
      prefix + stream,
      jsonEvent({ id, type, data, metadata: { ...meta, eventVersion: 1 } }),
      { expectedRevision: revision ?? NO_STREAM },
    );
    return nextExpectedRevision;
  };
  const append = await ratioOf(
    rounds,
    () =>
      appendsPerSecond(
        appends,
        async (stream, revision, each) => (await store.append(stream, revision, [each])).revision,
      ),
    () => appendsPerSecond(appends, bareAppend),
  );

  const total = 2 * (rounds + 1) * appends;
  const oursFollow = async () => {
    const stop = new AbortController();
    const start = now();
    let count = 0;
    for await (const { events } of store.subscribeToAll({ after: null, signal: stop.signal })) {
      count += events.length;
      if (count >= total) break;
    }
    stop.abort();
    return total / seconds(start);
  };
  const bareFollow = async () => {
    const start = now();
    let count = 0;
    const filter = streamNameFilter({ prefixes: [prefix] });
    for await (const { event: each } of client.subscribeToAll({ fromPosition: START, filter })) {
      if (each?.data.step === undefined) continue;
      count += 1;
      if (count >= total) break;
    }
    return total / seconds(start);
  };
  const catchUp = await ratioOf(rounds, oursFollow, bareFollow);
  await store.close();
  await client.dispose();
  return { append, catchUp };
}

const model = { name: 'bench@1', indexes: { byDepartment: { equals: ['department'], range: 'due' } } };
const document = (number) => ({
  id: `application-${String(number).padStart(8, '0')}`,
  department: `department-${number % 20}`,
  due: `2026-12-${String(1 + (number % 28)).padStart(2, '0')}`,
  steps: Array.from({ length: 5 }, (_, step) => ({
    step: '现场踏勘',
    at: metadata.occurredAt,
    step_no: step,
  })),
});

/**
 * What the bare client writes is what the store holds in the end: the same documents with the position that each has seen and
 * its index keys, under the same index, then the checkpoint. It has them ready; making them is the adapter's work, as are the
 * guard against an older state and the result in the port's terms.
 * @returns {Promise<{ [name: string]: { ratio: number, ours: number, bare: number } }>} new documents saved, as a catch-up
 * does, and pages found by an index
 */
export async function mongoDbRatios({ url, rounds = 3 }) {
  const database = `bench-${randomUUID()}`;
  const store = await openMongoReadStore(url, { database });
  await store.define([model]);
  const client = new MongoClient(url, { writeConcern: { w: 'majority' } });
  const collection = client.db(database).collection('bare');
  const checkpoints = client.db(database).collection('bare checkpoints');
  await collection.createIndex({ 'index.byDepartment.equals': 1, 'index.byDepartment.range': 1, _id: 1 });
  const equals = (department) => JSON.stringify([`3${department}`]);
  let next = 0;
  const some = () => Array.from({ length: DOCUMENTS }, () => document(next++));
  const save = await ratioOf(
    rounds,
    async () => {
      const documents = some();
      const start = now();
      const seen = BigInt(next);
      await store.save(
        'bench@1',
        documents.map((each) => ({ model: model.name, document: each, seen })),
        { position: seen, recordedAt: null },
      );
      return DOCUMENTS / seconds(start);
    },
    async () => {
      const seen = BigInt(next + DOCUMENTS);
      const documents = some().map((each) => ({
        _id: each.id,
        seen,
        document: each,
        index: { byDepartment: { equals: equals(each.department), range: `3${each.due}` } },
      }));
      const start = now();
      for (let from = 0; from < DOCUMENTS; from += 1_000)
        await collection.bulkWrite(
          documents.slice(from, from + 1_000).map((each) => ({ insertOne: { document: each } })),
        );
      await checkpoints.replaceOne(
        { _id: 'bench@1' },
        { position: seen, recordedAt: null },
        { upsert: true },
      );
      return DOCUMENTS / seconds(start);
    },
  );
  const pages = 5;
  const find = await ratioOf(
    rounds,
    async () => {
      const start = now();
      for (let n = 0; n < pages; n++)
        await store.find(model.name, {
          index: 'byDepartment',
          equals: { department: `department-${n % 20}` },
          limit: PAGE,
        });
      return pages / seconds(start);
    },
    async () => {
      const start = now();
      for (let n = 0; n < pages; n++)
        await collection
          .find({ 'index.byDepartment.equals': equals(`department-${n % 20}`) })
          .sort({ 'index.byDepartment.range': 1, _id: 1 })
          .limit(PAGE + 1)
          .toArray();
      return pages / seconds(start);
    },
  );
  await client.db(database).dropDatabase();
  await client.close();
  await store.close();
  return { save, find };
}

/**
 * The figures of every engine that is up, by name: ratio of the adapter to the bare client, and the goal.
 * @returns {Promise<{ [name: string]: { ratio: number, goal: number } }>}
 */
export async function engineRatios() {
  const results = {};
  const take = (engine, ratios) => {
    for (const [name, { ratio }] of Object.entries(ratios))
      results[`${engine}, ${name}`] = { ratio, goal: 0.85 };
  };
  const events = await eventStoreDb();
  take(events.name, await eventStoreDbRatios({ url: events.url }));
  await events.stop();
  const documents = await mongoDb();
  if (documents) {
    take(documents.name, await mongoDbRatios({ url: documents.url }));
    await documents.stop();
  }
  return results;
}

async function eventStoreDb() {
  const given = process.env.EVENTSTORE_URL;
  if (given) return { name: 'eventstoredb', url: given, stop: () => undefined };
  await promisify(execFile)(
    process.execPath,
    [`${root}node_modules/@swc/cli/bin/swc.js`, 'test/engines', '--out-dir', 'dist', '--quiet'],
    { cwd: root },
  );
  const child = fork(`${root}test/bench/eventstoredb-server.mjs`, { cwd: root });
  const url = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the test server ended with ${code}`)));
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    name: 'eventstoredb (test server)',
    url,
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}

/** null where there is neither a URL nor a FerretDB. */
async function mongoDb() {
  const given = process.env.MONGODB_URL;
  if (given) return { name: 'mongodb', url: given, stop: () => undefined };
  const program = join(process.env.ENGINES_DIR ?? join(homedir(), '.cache', 'zhitong-engines'), 'ferretdb');
  if (!existsSync(program)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'ferretdb-bench-'));
  const port = await freePort();
  const child = spawn(
    program,
    [
      '--handler=sqlite',
      `--sqlite-url=file:${folder}/`,
      `--listen-addr=127.0.0.1:${port}`,
      '--debug-addr=-',
      '--telemetry=disable',
      `--state-dir=${folder}`,
      '--log-level=error',
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    name: 'mongodb (FerretDB)',
    url: `mongodb://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
