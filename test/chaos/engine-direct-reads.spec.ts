import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { TcpProxy } from '../engines/tcp-proxy.js';
import { opsWith, ServerProcess } from '../support/server-process.js';

const PROJECT = 'direct-reads';
const APPLICATION = `${PROJECT}-LX-06`;

/** Routes that read a stream and not a read model: guards, registers, histories, and every command. */
const READERS: readonly (readonly [who: string, method: string, path: string, body?: object])[] = [
  ['demo-campaign', 'GET', '/reports/overview'],
  ['demo-campaign', 'GET', '/campaign-office'],
  ['demo-campaign', 'GET', '/worklist'],
  ['demo-leader', 'GET', '/campaign-office'],
  ['demo-leader', 'GET', '/plans/plan-1'],
  ['demo-leader', 'GET', '/matters/LX-06/responsible'],
  ['demo-leader', 'GET', '/matters/LX-06/versions'],
  ['demo-supervisor', 'GET', `/audit?stream=application-${APPLICATION}`],
  ['demo-supervisor', 'GET', `/applications/${APPLICATION}/clock`],
  ['demo-applicant', 'POST', '/projects', { id: 'another', name: 'another', template: 'small' }],
  ['demo-window', 'POST', `/applications/${APPLICATION}/acceptance`, {}],
  ['nobody', 'POST', '/tokens', { name: 'an-account-not-read-before', password: 'of no use here' }],
];

describe('a request that reads the log while EventStoreDB is away', () => {
  const directory = mkdtempSync(join(tmpdir(), 'zhitong-direct-reads-'));
  const tokens: Record<string, string> = {};
  let eventStore: EventStoreDbServer;
  let proxy: TcpProxy;
  let server: ServerProcess;

  const ask = (who: string, method: string, path: string, body?: object, more: object = {}) =>
    fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        ...(tokens[who] === undefined ? {} : { authorization: `Bearer ${tokens[who]}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  /** Each reader's status and when to retry. */
  const answers = () =>
    Promise.all(
      READERS.map(async ([who, method, path, body]) => {
        const answer = await ask(who, method, path, body);
        const { code } = (await answer.json()) as { code?: string };
        const type = answer.headers.get('content-type')?.split(';')[0];
        return [who, method, path, answer.status, code, type, answer.headers.get('retry-after')];
      }),
    );
  const refusedForNow = READERS.map(([who, method, path]) => [
    ...[who, method, path],
    ...[503, 'store.unavailable', 'application/problem+json', '2'],
  ]);

  beforeAll(async () => {
    eventStore = await EventStoreDbServer.start();
    proxy = await TcpProxy.start('127.0.0.1', eventStore.port);
    const env = {
      DATA_DIR: directory,
      EVENTSTORE_URL: `esdb://127.0.0.1:${proxy.port}?tls=false`,
      ENGINE_TIME_LIMIT_MS: '1500',
      ROLES: 'api,projector',
    };
    server = await ServerProcess.start(directory, { ...env, LOG_LEVEL: 'fatal' });
    const people = new Set(READERS.map(([who]) => who).filter((who) => who !== 'nobody'));
    for (const who of people) tokens[who] = await opsWith(env, 'token', '--user', who);
    const acts = [
      ['/projects', { id: PROJECT, name: PROJECT, template: 'small' }],
      [`/applications/${APPLICATION}/submission`, {}],
    ] as const;
    for (const [path, body] of acts) {
      const answer = await ask('demo-applicant', 'POST', path, body);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      // So that each person's account is known, as it is while people work.
      for (const who of people) await (await ask(who, 'GET', '/me')).arrayBuffer();
    }
    await server.answers('/health/ready');
  });

  afterAll(async () => {
    await server?.stop();
    await proxy?.close();
    eventStore?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test.each([
    ['half-open', () => proxy.hold(), () => proxy.resume()] as const,
    ['away', () => proxy.close(), () => proxy.open()] as const,
  ])(
    'gets 503 problem details with Retry-After, never 500, while it is %s, and is answered again after it',
    async (_, begin, end) => {
      await begin();
      const given = await answers().finally(end);
      expect(given).toEqual(refusedForNow);
      await server.answers('/health/ready');
      const answer = await ask('demo-leader', 'GET', '/matters/LX-06/versions');
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
    },
  );
});
