import { execFile, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** The bench acts for hundreds of persons under the names of a few. */
const NO_RATES = { RATE_COMMANDS: '0', RATE_READS: '0', RATE_EXPORTS: '0', RATE_UNKNOWN: '0' };

/** A port that is free at the moment. */
export async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Starts a script and waits until `url` answers 200; `stop` ends it and waits for its end. */
export async function startProcess(script, env, readyPath, seconds = 600) {
  const port = await freePort();
  const opsPort = await freePort();
  const child = fork(`${root}${script}`, [], {
    cwd: root,
    env: {
      ...process.env,
      ...NO_RATES,
      ...env,
      HOST: '127.0.0.1',
      PORT: String(port),
      OPS_PORT: String(opsPort),
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = `http://127.0.0.1:${port}`;
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`${script} ended with ${child.exitCode} before it was ready`);
    const ready = await fetch(url + readyPath).then(
      (response) => response.status < 500,
      () => false,
    );
    if (ready) break;
    if (Date.now() > end) throw new Error(`${script} was not ready after ${seconds} s`);
    await delay(100);
  }
  return {
    url,
    opsUrl: `http://127.0.0.1:${opsPort}`,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Output of the command line of the product, on one data directory. */
export async function ops(dataDir, ...args) {
  const { stdout } = await run(process.execPath, [`${root}dist/apps/ops/main.js`, ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trim();
}
