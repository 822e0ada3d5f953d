import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { TEST_WAIT_MS, recorded } from '#libs/engine/event-sourcing-testing';
import { type ProjectionFault } from '#libs/engine/event-sourcing';
import { allProjections } from './all-projections.js';
import { readConfig } from './config.js';
import { openStores } from './open-stores.js';
import { ProjectorThreads } from './projector-threads.js';
import { readTables } from './tables.js';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'projector-threads-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('every projection is kept by one of the threads, and a waiting caller is notified when it has arrived', async () => {
  const config = readConfig({ DATA_DIR: directory, PROJECTOR_THREADS: '3' });
  const tables = await readTables(config);
  const definitions = allProjections(tables);
  const stores = await openStores(directory, config.engines);
  const live: string[] = [];
  const threads = new ProjectorThreads({ config, tables }, definitions, {
    onLive: (name) => live.push(name),
  });
  await threads.start();
  const names = definitions.map(({ name }) => name).sort();
  expect([...live].sort()).toEqual(names);

  const { id, type, version, data, metadata } = recorded({ type: 'NoteTaken', version: 1, data: {} });
  await stores.eventStore.append('note-1', null, [{ id, type, version, data, metadata }]);
  expect(await threads.waitFor(0n, { timeoutMs: TEST_WAIT_MS })).toBe(true);
  expect(await threads.waitFor(1n, { timeoutMs: 20 })).toBe(false);
  expect(
    threads
      .status()
      .map(({ name, state, checkpoint, fault }) => ({ name, state, position: checkpoint?.position, fault }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  ).toEqual(names.map((name) => ({ name, state: 'caught-up', position: 0n, fault: null })));

  await threads.stop();
  await stores.readStore.close();
  await stores.eventStore.close();
});

test('a thread that cannot go on leaves its projections standing still, and says why', async () => {
  const config = readConfig({ DATA_DIR: directory, PROJECTOR_THREADS: '1', EVENTSTORE_URL: 'esdb://' });
  const tables = await readTables();
  const definitions = allProjections(tables);
  const faults: ProjectionFault[] = [];
  const threads = new ProjectorThreads({ config, tables }, definitions, {
    onFault: (fault) => faults.push(fault),
  });
  await threads.start();
  expect(await threads.waitFor(0n, { timeoutMs: TEST_WAIT_MS })).toBe(false);
  const message = expect.stringContaining('EVENTSTORE_URL is no connection string');
  const expected = threads
    .status()
    .map(({ name }) => ({ projection: name, position: null, type: null, message }));
  expect(expected).toHaveLength(definitions.length);
  expect(faults).toEqual(expected);
  expect(threads.status().map(({ state, fault }) => ({ state, fault }))).toEqual(
    expected.map((fault) => ({ state: 'faulted', fault })),
  );
  await threads.stop();
});
