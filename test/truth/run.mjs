// Starts a server on the sample log, then one on a simulated county, asks for reports, and lets recompute.py compute their
// figures anew from the exported events alone: `npm run test:truth`. Needs python3; ends with 3 if it is missing.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROJECTS = 40;

if (spawnSync('python3', ['--version']).status !== 0) {
  console.error('test:truth: no python3, so no figure is computed anew');
  process.exit(3);
}

const node = (args, options = {}) =>
  spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30, ...options });

function ops(env, ...args) {
  const { status, stdout, stderr } = node(['dist/apps/ops/main.js', ...args], { env });
  if (status !== 0) throw new Error(`ops ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** A server, once it listens: its process and its address. */
function serve(env) {
  const child = spawn(process.execPath, ['dist/apps/server/main.js'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const { msg, url, ops: health } = JSON.parse(line);
      if (msg === 'listening') resolve({ child, url, health });
    });
  });
}

async function until(condition) {
  for (;;) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function check(name, env, prepare) {
  const directory = mkdtempSync(join(tmpdir(), 'zhitong-truth-'));
  try {
    const own = {
      ...process.env,
      ...env,
      DATA_DIR: directory,
      PORT: '0',
      OPS_PORT: '0',
      LOG_LEVEL: 'info',
      ROLES: 'api,projector',
    };
    prepare(own);
    const { child, url, health } = await serve(own);
    await until(async () => (await fetch(`${health}/health/ready`)).ok);
    const headers = { authorization: `Bearer ${ops(own, 'token', '--user', 'demo-supervisor')}` };
    const get = async (path) => {
      let answer = null;
      // A past that is being folded is asked for again.
      await until(async () => {
        answer = await fetch(`${url}/api/v1${path}`, { headers });
        return answer.status !== 503;
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    };
    // As of one position: the clock of the server goes on writing what time brings about.
    const { position, recordedAt: now } = (await get('/reports/overview')).asOf;
    const answers = { position, now };
    const { items } = await get(`/projects?limit=${PROJECTS}`);
    const paths = items.flatMap(({ id }) => [
      `/reports/accountability?project=${id}`,
      `/projects/${id}/timeline?limit=1000`,
    ]);
    for (const path of ['/reports/overview', '/reports/workload', ...paths])
      answers[path] = await get(`${path}${path.includes('?') ? '&' : '?'}asOf=${position}`);
    child.removeAllListeners('exit');
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    const [events, told] = [join(directory, 'events.jsonl'), join(directory, 'answers.json')];
    const file = openSync(events, 'w');
    node(['dist/apps/ops/main.js', 'export'], { env: own, stdio: ['ignore', file, 'inherit'] });
    closeSync(file);
    writeFileSync(told, JSON.stringify(answers));
    const { status, stdout, stderr } = spawnSync('python3', ['test/truth/recompute.py', events, told], {
      encoding: 'utf8',
    });
    console.log(`${name}: ${stdout}${stderr}`.trim());
    return status === 0;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const sample = await check('sample log', {}, () => undefined);
const county = await check('simulated county', { SEED: 'none' }, (env) => {
  ops(env, 'seed');
  ops(env, 'simulate', '--seed', '4', '--projects', '60');
});
process.exit(sample && county ? 0 : 1);
