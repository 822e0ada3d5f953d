import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ServerProcess } from '../support/server-process.js';
import { TestServer } from './server.js';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-roles-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Address, method, and the answer of any process without the role `api`. */
const ASKED = [
  ['/health/live', 'GET', 200],
  ['/health/ready', 'GET', 200],
  ['/metrics', 'GET', 403],
  ['/health/live', 'POST', 405],
  ['/api/v1/projects', 'GET', 404],
  ['/api/v1/projects', 'POST', 404],
  ['/api/v1/tokens', 'POST', 404],
  ['/api/v1/me', 'GET', 404],
  ['/api/docs', 'GET', 404],
  ['/api/docs-json', 'GET', 404],
  ['/', 'GET', 404],
] as const;

describe.each(['projector', 'clock', 'projector,clock'])('a process with ROLES=%s', (roles) => {
  let server: TestServer;
  beforeAll(async () => {
    const seeded = await TestServer.start({ directory });
    await seeded.stop();
    server = await TestServer.start({ directory, env: { ROLES: roles } });
  });
  afterAll(() => server.stop());

  test('serves health and metrics, and nothing else', async () => {
    const token = await server.token('demo-applicant');
    const answered = await Promise.all(
      ASKED.map(async ([path, method]) => {
        const asked = method === 'GET' ? server.http.get(path) : server.http.post(path);
        const { status } = await asked.set('authorization', `Bearer ${token}`);
        return [path, method, status];
      }),
    );
    expect(answered).toEqual(ASKED);
  });

  test('other requests get a problem, and are counted', async () => {
    const answer = await server.http.get('/api/v1/projects');
    expect([answer.headers['content-type'], answer.body]).toEqual([
      'application/problem+json; charset=utf-8',
      expect.objectContaining({ status: 404, code: 'http.not-found' }),
    ]);
    const metrics = await server.metrics();
    expect(metrics).toMatch(/^zhitong_refusals_total\{code="http\.not-found"\} [1-9]/m);
  });

  test('it keeps read models exactly when it has the role projector', async () => {
    const kept = async () => (await server.get('/health/ready')).body['projections'].length as number;
    // By leases, on engines of their own, it takes them when those of the server before are over.
    while (roles.includes('projector') && (await kept()) === 0) await delay(100);
    expect((await kept()) > 0).toBe(roles.includes('projector'));
  });
});

describe('separate processes on one data directory', () => {
  test('api, projector and clock become ready together, and none of them opens a demo account', async () => {
    const data = mkdtempSync(join(tmpdir(), 'zhitong-split-'));
    const started = await Promise.allSettled(
      ['api', 'projector', 'clock'].map((role) =>
        ServerProcess.start(data, { ROLES: role, SEED: 'catalogue' }),
      ),
    );
    const servers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    try {
      expect(started.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
      const [api, projector] = servers;
      const signedIn = await api?.post('/tokens', '', { name: 'demo-admin', password: 'any password' });
      expect(signedIn?.status).toBe(401);
      expect((await projector?.post('/tokens', '', {}))?.status).toBe(404);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
      rmSync(data, { recursive: true });
    }
    const left = await TestServer.start({
      directory: mkdtempSync(join(tmpdir(), 'zhitong-catalogue-')),
      env: { SEED: 'catalogue' },
    });
    try {
      const types = new Set<string>();
      for await (const event of left.system.eventStore.readAll(null)) types.add(event.type);
      expect([...types].sort()).toEqual([
        'DepartmentEstablished',
        'MatterPublished',
        'MatterRevised',
        'TemplatePublished',
      ]);
    } finally {
      await left.remove();
    }
  });
});
