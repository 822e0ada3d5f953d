import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestServer } from '../e2e/server.js';
import { ServerProcess } from '../support/server-process.js';

/** Waiting for read models takes a minute here, so a query that ends sooner was refused without waiting. */
const ENV = { PROJECTOR_LEASE_MS: '1000', AFTER_TIMEOUT_MS: '60000' };

interface Details {
  readonly status: string;
  readonly alarms: readonly string[];
  readonly roles: { readonly [role: string]: string };
}

describe('K7 processes that are killed', () => {
  let directory: string;
  let token: string;
  const running = new Set<ServerProcess>();
  const start = async (role: string): Promise<ServerProcess> => {
    const server = await ServerProcess.launch(directory, { ...ENV, ROLES: role });
    running.add(server);
    return server;
  };
  const end = async (server: ServerProcess, how: 'kill' | 'stop'): Promise<void> => {
    running.delete(server);
    await server[how]();
  };
  const details = async ({ opsUrl }: ServerProcess): Promise<Details> =>
    (await (await fetch(`${opsUrl}/health/ready`)).json()) as Details;
  const until = async (server: ServerProcess, role: string, state: string): Promise<Details> => {
    for (;;) {
      const now = await details(server);
      if (now.roles[role] === state) return now;
      await delay(50);
    }
  };
  const silent = (role: string) =>
    `role ${role} is silent: the process that had it ended without saying so, or hangs`;

  let api: ServerProcess;
  let projector: ServerProcess;
  let clock: ServerProcess;
  const read = (position: string) =>
    fetch(`${api.url}/api/v1/projects?after=${position}`, { headers: { authorization: `Bearer ${token}` } });
  const register = async (id: string): Promise<string> => {
    const answer = await api.post('/projects', token, { id, name: id, template: 'small' });
    return ((await answer.json()) as { position: string }).position;
  };

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'zhitong-silent-'));
    const seeding = await TestServer.start({ directory });
    token = await seeding.token('demo-applicant');
    await seeding.stop();
  });
  afterAll(async () => {
    await Promise.all([...running].map((server) => server.kill()));
    rmSync(directory, { recursive: true });
  });

  test('K7 an api without any projector says so; others that start are heard', async () => {
    api = await start('api');
    expect((await until(api, 'projector', 'none')).alarms).toContain('role projector: no process has it');
    [projector, clock] = await Promise.all([start('projector'), start('clock')]);
    await until(api, 'projector', 'heard');
    const all = await until(api, 'clock', 'heard');
    expect([all.roles, all.alarms]).toEqual([{ api: 'here', projector: 'heard', clock: 'heard' }, []]);
  });

  test('K7 a projector that was killed is named, and a query for what it would have folded is refused with that reason at once', async () => {
    const first = await register('before');
    expect((await read(first)).status).toBe(200);
    await end(projector, 'kill');
    expect((await until(api, 'projector', 'silent')).alarms).toEqual([silent('projector')]);
    const second = await register('after');
    const refused = await read(second);
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      503,
      '10',
      expect.objectContaining({ code: 'http.projector-silent', params: { after: second } }),
    ]);
    // What was folded before can be read still, and the process can take commands.
    expect((await read(first)).status).toBe(200);
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
    const metrics = await (await fetch(`${api.opsUrl}/metrics`)).text();
    expect(metrics.match(/^zhitong_role_silent.*$/gm)).toEqual([
      'zhitong_role_silent{role="api"} 0',
      'zhitong_role_silent{role="projector"} 1',
      'zhitong_role_silent{role="clock"} 0',
    ]);

    projector = await start('projector');
    await until(api, 'projector', 'heard');
    expect((await read(second)).status).toBe(200);
  });

  test('K7 a clock that was killed is named by all others; one that was stopped in order by none', async () => {
    await end(clock, 'kill');
    expect((await until(api, 'clock', 'silent')).alarms).toEqual([silent('clock')]);
    expect((await until(projector, 'clock', 'silent')).alarms).toEqual([silent('clock')]);
    clock = await start('clock');
    await until(api, 'clock', 'heard');
    await end(clock, 'stop');
    expect((await until(api, 'clock', 'none')).alarms).toEqual([]);
  });
});
