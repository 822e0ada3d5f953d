import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  checkpointKey,
  physicalModels,
  type StoredEvent,
  verifyProjections,
} from '#libs/engine/event-sourcing';
import { sameAsRebuilt, until } from '#libs/engine/event-sourcing-testing';
import { openStores, readConfig, readTables, allProjections, allUpcasters } from '#libs/shell/system';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { ferretDbProgram, startFerretDb } from '../engines/ferretdb.js';
import { skipUnlessRequired } from '../engines/required.js';
import { TcpProxy } from '../engines/tcp-proxy.js';
import { opsWith, ServerProcess } from '../support/server-process.js';
import { FaultWriters } from './fault-writers.js';

const WRITERS = 4;
const CUTS = 5;
const LOST_ANSWERS = 5;
const SLOW_MS = 100;
/** The whole server comes back by itself within this; it is a limit for a hung test and no promise. */

const program = ferretDbProgram();
if (program === null) {
  const reason = 'no ferretdb program is here (.ci/ferretdb.sh builds one)';
  skipUnlessRequired('mongodb', 'a server whose engines fail', reason);
} else faults(program);

function faults(ferretDb: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'zhitong-faults-'));
  const counts = { faults: { eventstoredb: 0, mongodb: 0 }, acknowledged: 0, lost: NaN, doubled: NaN };
  let eventStore: EventStoreDbServer;
  let mongo: Awaited<ReturnType<typeof startFerretDb>>;
  let toEvents: TcpProxy;
  let toDocuments: TcpProxy;
  let server: ServerProcess;
  let writers: FaultWriters;
  let leader: string;

  /** Variables of a process that reaches the engines at these ports. */
  const variables = (events: number, documents: number) => ({
    DATA_DIR: directory,
    EVENTSTORE_URL: `esdb://127.0.0.1:${events}?tls=false`,
    MONGODB_URL: `mongodb://127.0.0.1:${documents}/faults`,
    ENGINE_TIME_LIMIT_MS: '1500',
    // Without the clock, so that at the end nothing is added to the log that was read.
    ROLES: 'api,projector',
  });

  beforeAll(async () => {
    eventStore = await EventStoreDbServer.start();
    mongo = await startFerretDb(ferretDb);
    toEvents = await TcpProxy.start('127.0.0.1', eventStore.port);
    toDocuments = await TcpProxy.start('127.0.0.1', Number(new URL(mongo.url).port));
    const env = variables(toEvents.port, toDocuments.port);
    server = await ServerProcess.start(directory, { ...env, LOG_LEVEL: 'fatal' });
    const token = (user: string) => opsWith(env, 'token', '--user', user);
    leader = await token('demo-leader');
    writers = await FaultWriters.start(server, WRITERS, {
      applicant: await token('demo-applicant'),
      window: await token('demo-window'),
      reviewer: await token('demo-reviewer'),
    });
  });

  afterAll(async () => {
    await writers?.stop();
    await server?.stop();
    await toEvents?.close();
    await toDocuments?.close();
    eventStore?.stop();
    await mongo?.stop();
    rmSync(directory, { recursive: true, force: true });
    const { faults, acknowledged, lost, doubled } = counts;
    process.stderr.write(
      `engine faults: ${faults.eventstoredb} of eventstoredb and ${faults.mongodb} of mongodb injected, ${acknowledged} commands acknowledged, lost ${lost}, doubled ${doubled}\n`,
    );
  });

  const health = async (): Promise<{ status: number; missing: readonly string[] }> => {
    const answer = await fetch(`${server.opsUrl}/health/ready`);
    const { missing } = (await answer.json()) as { missing: readonly string[] };
    return { status: answer.status, missing };
  };
  const query = async (): Promise<{ status: number; retryAfter: string | null }> => {
    const answer = await fetch(`${server.url}/api/v1/reports/overview`, {
      headers: { authorization: `Bearer ${leader}` },
    });
    await answer.arrayBuffer();
    return { status: answer.status, retryAfter: answer.headers.get('retry-after') };
  };
  const recovered = async () => {
    await until('ready again', async () => (await health()).status === 200);
    await writers.everyoneAcknowledged();
    expect(await query()).toEqual({ status: 200, retryAfter: null });
  };

  describe('a server whose engines fail under commands and projections', () => {
    const ways = [['eventstoredb', () => toEvents] as const, ['mongodb', () => toDocuments] as const];

    test.each(ways)('%s: connections cut, one after another', async (engine, proxy) => {
      for (let cut = 0; cut < CUTS; cut++) {
        await writers.someoneAcknowledged();
        proxy().cut();
        counts.faults[engine]++;
      }
      await recovered();
    });

    test.each(ways)('%s: every byte late', async (engine, proxy) => {
      proxy().delayMs = SLOW_MS;
      counts.faults[engine]++;
      await writers.everyoneAcknowledged();
      proxy().delayMs = 0;
      await recovered();
    });

    const outages = [
      ['half-open', (proxy: TcpProxy) => proxy.hold(), (proxy: TcpProxy) => proxy.resume()] as const,
      ['away', (proxy: TcpProxy) => proxy.close(), (proxy: TcpProxy) => proxy.open()] as const,
    ];

    test.each(outages)(
      'eventstoredb %s: commands get 503 with Retry-After, health names it, and it comes back by itself',
      async (_, begin, end) => {
        await begin(toEvents);
        counts.faults.eventstoredb++;
        await writers.someoneRefused();
        expect(await health()).toEqual({
          status: 503,
          missing: expect.arrayContaining(['engine eventstoredb']),
        });
        expect((await health()).missing).not.toContain('engine mongodb');
        await end(toEvents);
        await recovered();
      },
    );

    test.each(outages)(
      'mongodb %s: queries get 503 with Retry-After, commands go on, health names it, and it comes back by itself',
      async (_, begin, end) => {
        await begin(toDocuments);
        counts.faults.mongodb++;
        expect(await query()).toEqual({ status: 503, retryAfter: '2' });
        await writers.everyoneAcknowledged();
        expect(await health()).toEqual({ status: 503, missing: expect.arrayContaining(['engine mongodb']) });
        expect((await health()).missing).not.toContain('engine eventstoredb');
        await end(toDocuments);
        await recovered();
      },
    );

    test('eventstoredb stores an append and its answer is lost', async () => {
      for (let lost = 0; lost < LOST_ANSWERS; lost++) {
        eventStore.faults.lostAnswers = 1;
        counts.faults.eventstoredb++;
        await until('the answer is lost', async () => eventStore.faults.lostAnswers === 0);
      }
      await recovered();
    });

    test('nothing acknowledged is lost, nothing is stored or projected twice, the process is the same', async () => {
      await writers.stop();
      expect(server.hasEnded).toBe(false);
      await until('the read models have caught up', async () => (await health()).status === 200);
      const { acknowledged, sent } = writers;
      counts.acknowledged = acknowledged.length;

      const { dataDirectory, engines } = readConfig(
        variables(eventStore.port, Number(new URL(mongo.url).port)),
      );
      const stores = await openStores(dataDirectory, engines);
      const steps: StoredEvent[] = [];
      for await (const event of stores.eventStore.readAll(null, { types: ['StepRecorded'] }))
        steps.push(event);
      const stored = steps.map(({ stream, data, revision, position }) => ({
        stream,
        step: (data as { step: string }).step,
        revision: `${revision}`,
        position: `${position}`,
      }));
      const byStep = new Map(stored.map((entry) => [entry.step, entry]));
      counts.doubled = stored.length - byStep.size;
      counts.lost = acknowledged.filter(({ step }) => !byStep.has(step)).length;
      expect({ lost: counts.lost, doubled: counts.doubled }).toEqual({ lost: 0, doubled: 0 });
      expect(acknowledged.map(({ step }) => byStep.get(step))).toEqual(acknowledged);
      expect(stored.filter(({ step }) => !sent.has(step))).toEqual([]);

      const end = await stores.eventStore.lastPosition();
      const definitions = allProjections(await readTables(), stores.positionsAnEvent);
      for (const projection of definitions) {
        await stores.readStore.define(physicalModels(projection, projection.version));
        const key = checkpointKey(projection.name, projection.version);
        await until(
          `${projection.name} has caught up`,
          async () => (await stores.readStore.checkpoint(key))?.position === end,
        );
      }
      const verifications = await verifyProjections(stores.eventStore, stores.readStore, definitions, {
        upcasters: allUpcasters(),
      });
      for (const { differences } of verifications) counts.doubled += differences.length;
      expect(verifications).toEqual(definitions.map((definition) => sameAsRebuilt(definition, end)));
      await stores.eventStore.close();
      await stores.readStore.close();
    });
  });
}
