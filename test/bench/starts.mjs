import { readFileSync } from 'node:fs';
import { settled } from './http.mjs';
import { startProcess } from './processes.mjs';
import { now, seconds } from './statistics.mjs';

/** Starts the server of a data directory as `npm start` does; resolves once it is ready. */
const start = (dataDir, env = {}) =>
  startProcess(
    'dist/apps/server/main.js',
    { DATA_DIR: dataDir, LOG_LEVEL: 'error', ...env },
    '/health/ready',
  );

/** Bytes of memory that a server holds, as `ps` shows it, when its first start is over and nobody asks for anything. */
export async function idleMemory(dataDir) {
  const server = await start(dataDir, { SEED: 'sample' });
  await settled(server);
  const [, kilobytes] = readFileSync(`/proc/${server.pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB$/m);
  await server.stop();
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
