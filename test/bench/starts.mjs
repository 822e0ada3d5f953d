import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { residentBytes, settled } from './http.mjs';
import { startProcess } from './processes.mjs';
import { now, seconds } from './statistics.mjs';

/** Starts the server of a data directory as `npm start` does; resolves once it is ready. */
const start = (dataDir, env = {}) =>
  startProcess(
    'dist/apps/server/main.js',
    { DATA_DIR: dataDir, LOG_LEVEL: 'error', ...env },
    '/health/ready',
  );

/** How long memory has to stay as it is before it counts as idle memory. */
const IDLE_MS = 5_000;
const SAME_BYTES = 1_000_000;

/** Memory in bytes of an idle server after its first start: all, as `ps` shows it, and its own. */
export async function idleMemory(dataDir) {
  const server = await start(dataDir, { SEED: 'sample' });
  await settled(server);
  let before = Infinity;
  let all = allBytes(server.pid);
  while (before - all > SAME_BYTES) {
    await delay(IDLE_MS);
    [before, all] = [all, allBytes(server.pid)];
  }
  const own = residentBytes(server.pid);
  await server.stop();
  return { all, own };
}

/** With the pages of mapped files. */
function allBytes(pid) {
  const [, kilobytes] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB$/m);
  return Number(kilobytes) * 1024;
}

/** Seconds from the start of a process until it is ready, on a log from which its read models were filled before. */
export async function secondsToReady(dataDir) {
  const filling = await start(dataDir, { SEED: 'none' });
  await settled(filling);
  await filling.stop();
  const before = now();
  const server = await start(dataDir, { SEED: 'none' });
  const taken = seconds(before);
  await server.stop();
  return taken;
}
