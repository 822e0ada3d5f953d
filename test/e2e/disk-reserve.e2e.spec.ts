import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ops, opsProcess, ServerProcess } from '../support/server-process.js';

/** A reserve larger than any disk, so that the disk counts as full: this needs no root. */
const FULL = { DISK_RESERVE: '8000TB' };
/** On a busy machine an import says how far it is before it stops. */
const SENTENCE =
  /^(?:reading \d+%\n)*(?:ops: )?stopped, for the disk is full: [\d.]+ MB are needed, [\d.]+ MB are free on the disk, and 8388608000\.0 MB are kept in reserve \(DISK_RESERVE\); what was recorded stays, so make room and run it again\n$/;
const IMPORT = ['import', 'data/receipt.csv.gz', '--mapping', 'data/mappings/receipt.yaml'];

let place: string;
let token: string;
let server: ServerProcess | null = null;
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'zhitong-reserve-'));
  await (await ServerProcess.start(place)).stop();
  token = await ops(place, 'token', '--user', 'demo-applicant');
  // One event that no read model has seen.
  await ops(place, 'user', 'add', 'zhang', '--role', 'admin', '--display-name', '张三');
});
afterAll(async () => {
  if (server?.hasEnded === false) await server.kill();
  rmSync(place, { recursive: true });
});

interface Health {
  readonly status: string;
  readonly missing: readonly string[];
  readonly engines: readonly { readonly keeps: string; readonly away: string | null }[];
  readonly projections: readonly {
    readonly name: string;
    readonly state: string;
    readonly position: string;
    readonly waitingFor: string | null;
  }[];
}

const events = async () => (await ops(place, 'export')).split('\n').length;

/** Health in detail, once the accounts wait. */
async function whileWaiting(server: ServerProcess): Promise<{ status: number; body: Health }> {
  for (;;) {
    const response = await fetch(`${server.opsUrl}/health/ready`);
    const body = (await response.json()) as Health;
    if (body.projections.some(({ name, state }) => name === 'accounts' && state === 'waiting'))
      return { status: response.status, body };
    await delay(50);
  }
}

async function stopped(env: Record<string, string>, ...args: string[]) {
  const failed = (await opsProcess({ ...FULL, ...env }, args).catch((error: unknown) => error)) as {
    readonly code?: number;
    readonly stderr: string;
  };
  return { code: failed.code ?? 0, said: failed.stderr };
}

test('K1 below the reserve commands are refused over HTTP, health names the disk, the projector waits, and all goes on with room', async () => {
  const before = await events();
  server = await ServerProcess.launch(place, FULL);
  const refused = await server.post('/projects', token, { id: 'full', name: '冷库', template: 'small' });
  expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
    503,
    '30',
    {
      type: 'urn:zhitong:problem:store.space',
      title: 'Service Unavailable',
      status: 503,
      detail:
        'The disk is nearly full, so nothing was written; commands are accepted again as soon as there is space',
      instance: '/api/v1/projects',
      code: 'store.space',
      messages: {
        zh: '存储空间不足，未写入任何内容；腾出空间后即可恢复办理',
        en: 'The disk is nearly full, so nothing was written; commands are accepted again as soon as there is space',
      },
    },
  ]);
  const { status, body } = await whileWaiting(server);
  expect([status, body.status, body.missing]).toEqual([
    503,
    'unready',
    expect.arrayContaining(['engine lmdb']),
  ]);
  expect(body.engines.find(({ keeps }) => keeps === 'events')?.away).toMatch(
    /^[\d.]+ MB are free on the disk, and 8388608000\.0 MB are kept in reserve \(DISK_RESERVE\)$/,
  );
  const accounts = body.projections.find(({ name }) => name === 'accounts');
  expect([accounts?.position, accounts?.waitingFor]).toEqual([
    // Positions count from 0, and the last event is that of the account opened in the meantime.
    `${before - 2}`,
    expect.stringContaining('DISK_RESERVE'),
  ]);
  expect(await (await fetch(`${server.opsUrl}/metrics`)).text()).toContain('zhitong_disk_refuses 1\n');
  const publicly = await fetch(`${server.url}/health/ready`);
  expect([publicly.status, await publicly.json()]).toEqual([503, { status: 'unready' }]);
  // Queries are still answered, and so is the liveness probe.
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${server.url}/api/v1/me`, { headers })).status).toBe(200);
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  await server.stop();
  expect(await events()).toBe(before);

  server = await ServerProcess.start(place);
  expect(
    (await server.post('/projects', token, { id: 'full', name: '冷库', template: 'small' })).status,
  ).toBe(201);
  await server.stop();
});

test('K1 import, simulation, accounts and rebuild stop with 74 and one sentence', async () => {
  const before = await events();
  for (const args of [
    IMPORT,
    ['simulate'],
    ['user', 'add', 'li', '--role', 'admin', '--display-name', '李四'],
    ['rebuild'],
  ])
    expect([args[0], await stopped({ DATA_DIR: place }, ...args)]).toEqual([
      args[0],
      { code: 74, said: expect.stringMatching(SENTENCE) },
    ]);
  expect(await events()).toBe(before);
});

test('K1 a log that is to be made on a full disk is not begun: seed, import and server stop with 74 and one sentence', async () => {
  const fresh = (name: string) => join(place, 'fresh', name);
  for (const [name, args] of [
    ['seed', ['seed']],
    ['import', IMPORT],
  ] as const)
    expect([name, await stopped({ DATA_DIR: fresh(name) }, ...args)]).toEqual([
      name,
      { code: 74, said: expect.stringMatching(SENTENCE) },
    ]);
  const { code, said } = await ServerProcess.ended(fresh('server'), FULL);
  expect({ code, said }).toEqual({ code: 74, said: expect.stringMatching(SENTENCE) });
  // With room the same directory is a new one.
  expect(readdirSync(fresh('server'))).not.toContain('projector.json');
  await (await ServerProcess.start(fresh('server'))).stop();
});
