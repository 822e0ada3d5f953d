import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { ferretDbProgram, startFerretDb } from '../engines/ferretdb.js';
import { skipUnlessRequired } from '../engines/required.js';
import { TcpProxy } from '../engines/tcp-proxy.js';
import { opsWith, ServerProcess } from '../support/server-process.js';

const program = ferretDbProgram();
if (program === null) {
  const reason = 'no ferretdb program is here (.ci/ferretdb.sh builds one)';
  skipUnlessRequired('mongodb', 'a start while an engine is away', reason);
} else starts(program);

function starts(ferretDb: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'zhitong-start-'));
  let eventStore: EventStoreDbServer;
  let mongo: Awaited<ReturnType<typeof startFerretDb>>;
  let toEvents: TcpProxy;
  let toDocuments: TcpProxy;
  let env: Record<string, string>;
  let tokens: { readonly applicant: string; readonly leader: string };

  beforeAll(async () => {
    eventStore = await EventStoreDbServer.start();
    mongo = await startFerretDb(ferretDb);
    toEvents = await TcpProxy.start('127.0.0.1', eventStore.port);
    toDocuments = await TcpProxy.start('127.0.0.1', Number(new URL(mongo.url).port));
    env = {
      DATA_DIR: directory,
      EVENTSTORE_URL: `esdb://127.0.0.1:${toEvents.port}?tls=false`,
      MONGODB_URL: `mongodb://127.0.0.1:${toDocuments.port}/start`,
      ENGINE_TIME_LIMIT_MS: '1500',
      LOG_LEVEL: 'fatal',
    };
    const before = await ServerProcess.start(directory, env);
    await before.stop();
    const token = (user: string) => opsWith({ ...env, ...patient }, 'token', '--user', user);
    tokens = { applicant: await token('demo-applicant'), leader: await token('demo-leader') };
  });

  afterAll(async () => {
    await toEvents?.close();
    await toDocuments?.close();
    eventStore?.stop();
    await mongo?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** For the command line, of whose time limits nothing is tested. */
  const patient = { ENGINE_TIME_LIMIT_MS: '30000' };

  let server: ServerProcess | null = null;
  let registered = 0;
  beforeEach(() => {
    server = null;
    registered += 1;
  });
  afterEach(async () => {
    for (const way of [toEvents, toDocuments]) {
      way.resume();
      await way.open();
    }
    await server?.stop();
  });

  const started = async (variables: Record<string, string> = {}): Promise<ServerProcess> => {
    server = await ServerProcess.launch(directory, { ...env, ...variables });
    return server;
  };
  /** Waits until it lives, is not ready, and misses exactly this: a slow answer of the other engine is not what is tested. */
  const misses = async (one: ServerProcess, ...expected: readonly string[]): Promise<void> => {
    for (;;) {
      const live = await fetch(`${one.url}/health/live`);
      const ready = await fetch(`${one.opsUrl}/health/ready`);
      expect({ live: live.status, ready: ready.status }).toEqual({ live: 200, ready: 503 });
      const { missing } = (await ready.json()) as { missing: readonly string[] };
      if (missing.join() === expected.join()) return;
      await delay(100);
    }
  };
  const outcome = async (answer: Response) => {
    const { code } = (await answer.json()) as { code?: string };
    return { status: answer.status, code: code ?? null, retryAfter: answer.headers.get('retry-after') };
  };
  const register = async (to: ServerProcess) => {
    const id = `start-${registered}`;
    return outcome(await to.post('/projects', tokens.applicant, { id, name: id, template: 'small' }));
  };
  const query = async ({ url }: ServerProcess) =>
    outcome(
      await fetch(`${url}/api/v1/reports/overview`, {
        headers: { authorization: `Bearer ${tokens.leader}` },
      }),
    );

  const refused = { status: 503, code: 'store.unavailable', retryAfter: '2' };
  const taken = { status: 201, code: null, retryAfter: null };
  const answered = { status: 200, code: null, retryAfter: null };

  const outages = [
    ['refuses connections', (way: TcpProxy) => way.close(), (way: TcpProxy) => way.open()] as const,
    ['answers nothing', (way: TcpProxy) => way.hold(), (way: TcpProxy) => way.resume()] as const,
  ];

  describe('a start while an engine is away', () => {
    test.each(outages)(
      'eventstoredb %s: the process lives, commands get 503, and it is ready once the engine comes',
      async (_, begin, end) => {
        await begin(toEvents);
        const starting = await started();
        await misses(starting, 'seed', 'projections', 'engine eventstoredb');
        expect(await register(starting)).toEqual(refused);
        await end(toEvents);
        await starting.answers('/health/ready');
        expect(await register(starting)).toEqual(taken);
        expect(await query(starting)).toEqual(answered);
      },
    );

    test.each(outages)(
      'mongodb %s: the process lives, commands are taken, queries get 503, and it is ready once the engine comes',
      async (_, begin, end) => {
        await begin(toDocuments);
        const starting = await started();
        await misses(starting, 'projections', 'engine mongodb');
        expect(await query(starting)).toEqual(refused);
        expect(await register(starting)).toEqual(taken);
        await end(toDocuments);
        await starting.answers('/health/ready');
        expect(await query(starting)).toEqual(answered);
      },
    );

    test('both, before anything was ever stored: the first start is made up for, one engine after the other', async () => {
      await toEvents.close();
      await toDocuments.close();
      const data = mkdtempSync(join(tmpdir(), 'zhitong-first-start-'));
      const variables = {
        DATA_DIR: data,
        EVENTSTORE_STREAM_PREFIX: 'first-',
        MONGODB_URL: `mongodb://127.0.0.1:${toDocuments.port}/first`,
      };
      const starting = await started(variables);
      await misses(starting, 'seed', 'projections', 'engine eventstoredb', 'engine mongodb');
      await toEvents.open();
      // An empty log may be the wrong one: it is filled once the read models can say so.
      await misses(starting, 'seed', 'projections', 'engine mongodb');
      await toDocuments.open();
      await starting.answers('/health/ready');
      const token = await opsWith({ ...env, ...variables, ...patient }, 'token', '--user', 'demo-applicant');
      const answer = await starting.post('/projects', token, {
        id: 'first',
        name: 'First',
        template: 'small',
      });
      expect(await outcome(answer)).toEqual(taken);
      rmSync(data, { recursive: true, force: true });
    });
  });
}
