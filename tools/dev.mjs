// `npm run dev`: the server as it is written, built and started again at each change.
import { spawn, spawnSync } from 'node:child_process';
import { watch } from 'node:fs';

/** Editors write a file in several steps, and a change of branch writes many: one build for all. */
const TOGETHER_MS = 150;

const build = () => spawnSync('npm', ['run', '-s', 'build'], { stdio: 'inherit' }).status === 0;
const start = () =>
  spawn(process.execPath, ['--enable-source-maps', ...process.argv.slice(2), 'dist/apps/server/main.js'], {
    stdio: 'inherit',
    env: { SEED: 'none', ...process.env },
  });

/** Resolves once the server has finished what it was doing. */
const stopped = (server) =>
  new Promise((resolve) => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) resolve();
    else {
      server.once('exit', resolve);
      server.kill('SIGTERM');
    }
  });

let server = build() ? start() : null;
let isWorking = false;
let isStale = false;

async function renew() {
  isStale = true;
  if (isWorking) return;
  isWorking = true;
  while (isStale) {
    isStale = false;
    await new Promise((resolve) => setTimeout(resolve, TOGETHER_MS));
    // The mistake has been printed; the running server is kept.
    if (!build()) continue;
    await stopped(server);
    server = start();
  }
  isWorking = false;
}

for (const folder of ['apps', 'libs', 'data'])
  watch(folder, { recursive: true }, (_, file) => {
    if (file !== null && !file.endsWith('.spec.ts')) void renew();
  });

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void stopped(server).then(() => process.exit()));
