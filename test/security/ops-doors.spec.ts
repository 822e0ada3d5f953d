import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OpsListener } from '#libs/shell/system';
import request from 'supertest';
import { TestServer } from '../e2e/server.js';
import { ServerProcess } from '../support/server-process.js';

const OPS_TOKEN = 'a-token-of-the-operators';
const API_POLICY = "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'";
const BY_A_PROXY = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.7' };

let directory: string;
let server: TestServer;
/** Authorization headers by who sends them. */
let as: Record<'nobody' | 'applicant' | 'leader' | 'admin' | 'operator' | 'stranger', Record<string, string>>;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-doors-'));
  const env = { OPS_TOKEN, DOCS: 'signed-in', TRUSTED_PROXIES: '127.0.0.1' };
  server = await TestServer.start({ directory, env });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  as = {
    nobody: {},
    applicant: bearer(await server.token('demo-applicant')),
    leader: bearer(await server.token('demo-leader')),
    admin: bearer(await server.token('demo-admin')),
    operator: bearer(OPS_TOKEN),
    stranger: bearer('another-token-of-nobody'),
  };
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

const ask = async (path: string, headers: Record<string, string> = {}, base = server.url) => {
  const answer = await request(base).get(path).set(headers).buffer(true);
  return { status: answer.status, headers: new Headers(answer.headers), text: answer.text };
};

describe('D16 what is shown of the process, and to whom', () => {
  test('D16 on the public port liveness and readiness are a status and one word', async () => {
    const [live, ready] = [await ask('/health/live'), await ask('/health/ready')];
    expect([live.status, live.text]).toEqual([200, '{"status":"live"}']);
    expect([ready.status, ready.text]).toEqual([200, '{"status":"ready"}']);
  });

  test('D16 a process that is not ready says so in a word, and why to operators only', async () => {
    const starting = await TestServer.start({ env: { SEED: 'catalogue' }, ready: false });
    try {
      const [word, details] = [
        await ask('/health/ready', {}, starting.url),
        await ask('/health/ready', {}, starting.opsUrl),
      ];
      expect([word.status, word.text]).toEqual([503, '{"status":"unready"}']);
      expect([details.status, JSON.parse(details.text)]).toMatchObject([
        503,
        { status: 'unready', missing: ['seed', 'projections'] },
      ]);
    } finally {
      await starting.remove();
    }
  });

  test('D16 details and metrics are shown with the operators’ token and to administrators only', async () => {
    const seen = async (headers: Record<string, string>) => {
      const [ready, metrics] = [await ask('/health/ready', headers), await ask('/metrics', headers)];
      return [ready.status, Object.keys(JSON.parse(ready.text)).length > 1, metrics.status];
    };
    expect({
      nobody: await seen(as.nobody),
      applicant: await seen(as.applicant),
      leader: await seen(as.leader),
      stranger: await seen(as.stranger),
      admin: await seen(as.admin),
      operator: await seen(as.operator),
    }).toEqual({
      nobody: [200, false, 401],
      applicant: [200, false, 403],
      leader: [200, false, 403],
      stranger: [200, false, 401],
      admin: [200, true, 200],
      operator: [200, true, 200],
    });
  });

  test('D16 the address of operators shows details and metrics without a token, and nothing else', async () => {
    const at = async (path: string, headers = {}) => (await ask(path, headers, server.opsUrl)).status;
    expect((await ask('/metrics', {}, server.opsUrl)).text).toContain(
      '# TYPE zhitong_commands_total counter',
    );
    expect(JSON.parse((await ask('/health/ready', {}, server.opsUrl)).text)).toMatchObject({
      status: 'ready',
      missing: [],
      engines: expect.any(Array),
      projections: expect.any(Array),
    });
    expect([
      await at('/health/live'),
      await at('/api/v1/me', as.applicant),
      await at('/api/docs-json', as.applicant),
      await at('/'),
    ]).toEqual([200, 404, 404, 404]);
  });

  test('D16 the operators’ token opens nothing of the county', async () => {
    expect([
      (await ask('/api/v1/me', as.operator)).status,
      (await ask('/api/v1/reports/overview', as.operator)).status,
      (await ask('/api/docs-json', as.operator)).status,
    ]).toEqual([401, 401, 401]);
  });

  test('D16 OPS_PORT=off leaves only the public port, where a caller with a token still sees details', async () => {
    const other = await TestServer.start({ env: { OPS_PORT: 'off', OPS_TOKEN, SEED: 'catalogue' } });
    try {
      expect(other.app.get(OpsListener).url).toBeNull();
      expect((await ask('/metrics', as.operator, other.url)).status).toBe(200);
    } finally {
      await other.remove();
    }
  });

  test('D16 an address of operators that is taken ends the start only when it was asked for', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const standard = createServer().on('error', () => undefined);
    standard.listen(3001, '127.0.0.1');
    try {
      const asked = ServerProcess.launch(join(directory, 'asked'), { OPS_PORT: `${port}` });
      await expect(asked).rejects.toThrow(
        `cannot listen at 127.0.0.1:${port}: another process listens there (EADDRINUSE)`,
      );
      // Port 3001 was not configured: the server starts even if it is taken.
      const unasked = await TestServer.start({ env: { OPS_PORT: '', SEED: 'catalogue' } });
      await unasked.remove();
    } finally {
      standard.close();
      holder.close();
    }
  });
});

describe('D16 the headers of every answer for browsers and caches', () => {
  test('D16 nothing is stored, sniffed, framed or run', async () => {
    const answers = {
      live: await ask('/health/live'),
      query: await ask('/api/v1/me', as.applicant),
      unknown: await ask('/nowhere'),
      refused: await ask('/api/v1/me'),
      malformed: await ask('/api/v1/%zz'),
      metrics: await ask('/metrics', {}, server.opsUrl),
    };
    const told = Object.entries(answers).map(([name, { headers }]) => [
      name,
      headers.get('cache-control'),
      headers.get('x-content-type-options'),
      headers.get('content-security-policy'),
      headers.get('x-frame-options'),
      headers.get('referrer-policy'),
      headers.get('strict-transport-security'),
    ]);
    expect(told).toEqual(
      Object.keys(answers).map((name) => [
        name,
        'no-store',
        'nosniff',
        API_POLICY,
        'DENY',
        'no-referrer',
        null,
      ]),
    );
  });

  test('D16 behind a proxy that ends TLS, a header makes browsers stay with TLS', async () => {
    const { headers } = await ask('/api/v1/me', { ...as.applicant, ...BY_A_PROXY });
    expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
  });

  test('D16 a proxy that is not trusted cannot say that there was TLS', async () => {
    const other = await TestServer.start({ env: { SEED: 'catalogue' } });
    try {
      const { headers } = await ask('/health/live', BY_A_PROXY, other.url);
      expect(headers.get('strict-transport-security')).toBeNull();
    } finally {
      await other.remove();
    }
  });
});

describe('D16 the OpenAPI document', () => {
  const PATHS = ['/api/docs', '/api/docs/', '/api/docs/swagger-ui.css', '/api/docs-json', '/api/docs-yaml'];
  const statuses = (headers: Record<string, string>, base?: string) =>
    Promise.all(PATHS.map(async (path) => (await ask(path, headers, base)).status));

  test('D16 is closed to who is not signed in, and open to everybody who is', async () => {
    expect(await statuses(as.nobody)).toEqual([401, 401, 401, 401, 401]);
    expect(await statuses(as.stranger)).toEqual([401, 401, 401, 401, 401]);
    expect(await statuses(as.applicant)).toEqual([200, 200, 200, 200, 200]);
    const refused = await ask('/api/docs');
    expect([refused.headers.get('content-type'), JSON.parse(refused.text)]).toEqual([
      'application/problem+json; charset=utf-8',
      expect.objectContaining({ status: 401, code: 'http.unauthenticated', instance: '/api/docs' }),
    ]);
  });

  test('D16 is open on a machine that runs the demo; its page runs its own scripts only', async () => {
    const demo = await TestServer.start();
    try {
      expect(await statuses(as.nobody, demo.url)).toEqual([200, 200, 200, 200, 200]);
      const page = await ask('/api/docs', {}, demo.url);
      expect(page.headers.get('content-security-policy')).toBe(
        `${API_POLICY};script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;font-src 'self';connect-src 'self'`,
      );
      // So the page must not hold a script of its own text.
      expect([...page.text.matchAll(/<script(?![^>]*\bsrc=)[^>]*>/g)]).toEqual([]);
    } finally {
      await demo.remove();
    }
  });
});
