import { existsSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { allProjections } from '../../dist/libs/shell/system/index.js';
import { openLmdbEventStore } from '../../dist/libs/engine/store-lmdb/index.js';
import {
  createApplicationContext,
  openSystem,
  ProjectorThreads,
  readConfig,
  readTables,
} from '../../dist/libs/shell/system/index.js';
import { ops } from './processes.mjs';

/** Applications that are submitted in a project of the simulated county, over all its templates. */
const APPLICATIONS_A_PROJECT = 8.3;
const SEED = 1;

/** Simulates a county of about `cases` applications into a directory and fills its read models. Returns the directory. */
export async function buildCounty(directory, applications) {
  if (!existsSync(join(directory, 'events'))) {
    const projects = Math.ceil(applications / APPLICATIONS_A_PROJECT);
    await ops(directory, 'simulate', '--projects', String(projects), '--seed', String(SEED));
  }
  const eventStore = await openLmdbEventStore(directory);
  const last = await eventStore.lastPosition();
  await eventStore.close();
  const tables = await readTables();
  const config = readConfig({ DATA_DIR: directory });
  const projector = new ProjectorThreads({ config, tables }, allProjections(tables));
  await projector.ready();
  await projector.start();
  const done = await projector.waitFor(last, { timeoutMs: 3_600_000 });
  await projector.stop();
  if (!done) throw new Error(`the read models of ${directory} stand still`);
  return directory;
}

/** The application without HTTP on a county: its controllers read the same stores as in a server. */
export async function openCounty(directory) {
  const system = await openSystem(readConfig({ DATA_DIR: directory, ROLES: 'api', LOG_LEVEL: 'error' }));
  const app = await createApplicationContext(system);
  return { system, get: (type) => app.get(type, { strict: false }), close: () => app.close() };
}
