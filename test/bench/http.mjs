import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import autocannon from 'autocannon';
import { ops, startProcess } from './processes.mjs';

const CONNECTIONS = 64;
const APPLICATIONS = 640;
const body = JSON.stringify({ step: '现场踏勘 On-site check', note: 'Boundary stakes found as drawn.' });

/** A server on a data directory, with accepted applications waiting for steps. `name` keeps its projects apart. */
export async function startServer(dataDir, name) {
  const server = await startProcess(
    'dist/apps/server/main.js',
    { DATA_DIR: dataDir, SEED: 'none', LOG_LEVEL: 'error' },
    '/health/ready',
  );
  const token = async (user) => ops(dataDir, 'token', '--user', user);
  const [applicant, window, reviewer] = [
    await token('demo-applicant'),
    await token('demo-window'),
    await token('demo-reviewer'),
  ];
  const post = async (path, bearer, content) => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body: JSON.stringify(content),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  const paths = [];
  for (let from = 0; from < APPLICATIONS; from += 32) {
    await Promise.all(
      Array.from({ length: 32 }, async (_, offset) => {
        const id = `${name}-${from + offset}`;
        await post('/projects', applicant, { id, name: id, template: 'small' });
        await post(`/applications/${id}-LX-06/submission`, applicant, {});
        await post(`/applications/${id}-LX-06/acceptance`, window, {});
        paths.push(`/api/v1/applications/${id}-LX-06/steps`);
      }),
    );
  }
  return {
    ...server,
    paths,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${reviewer}` },
  };
}

/** The yardstick, or with a directory the one that stores there. */
export async function startBare(paths, dataDir) {
  const server = await (dataDir === undefined
    ? startProcess('test/bench/bare-fastify.mjs', {}, '/')
    : startProcess('test/bench/storing-fastify.mjs', { DATA_DIR: dataDir }, '/'));
  return { ...server, paths, headers: { 'content-type': 'application/json' } };
}

/** Waits until a server has folded all that it took, so that it does nothing while another one is measured. */
export async function settled({ opsUrl }) {
  for (;;) {
    const { projections } = await (await fetch(`${opsUrl}/health/ready`)).json();
    if (projections.every(({ state, position, log }) => state === 'caught-up' && position === log)) return;
    await delay(100);
  }
}

/** What one of the connections sends: each has its own applications, as each case worker has. */
export function commandRequests({ paths, headers }, connection, connections) {
  const own = paths.filter((_, index) => index % connections === connection % connections);
  return own.map((path) => ({ method: 'POST', path, headers, body }));
}

/** Answered commands per second over one round; every answer must be 202. */
export async function round(server, duration) {
  const { url } = server;
  let connection = 0;
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration,
    setupClient: (client) => client.setRequests(commandRequests(server, connection++, CONNECTIONS)),
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} errors`);
  return result['2xx'] / result.duration;
}

/** Bytes of memory that the process itself holds, without pages of mapped files, which the system may drop at will. */
export function residentBytes(pid) {
  const [, kilobytes] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/^RssAnon:\s+(\d+) kB$/m);
  return Number(kilobytes) * 1024;
}
