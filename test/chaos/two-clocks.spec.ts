import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type StoredEvent } from '#libs/engine/event-sourcing';
import { until } from '#libs/engine/event-sourcing-testing';
import { Clock } from '#libs/shell/nest';
import { openStores } from '#libs/shell/system';
import { TestServer } from '../e2e/server.js';
import { ServerProcess } from '../support/server-process.js';

/** Days ago that the applications were received: long enough for the whole ladder, whatever holidays are between. */
const AGO_MS = 120 * 86_400_000;
const CASES = 60;

class LongAgo extends Clock {
  override now(): number {
    return Date.now() - AGO_MS;
  }
}

let data: string;
const running = new Set<ServerProcess>();
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'zhitong-clocks-'));
});
afterAll(async () => {
  await Promise.all([...running].map((server) => server.kill()));
  rmSync(data, { recursive: true });
});

async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const server = await ServerProcess.start(data, env);
  running.add(server);
  return server;
}

async function caughtUp(server: ServerProcess): Promise<void> {
  await until('the policies have caught up', async () => {
    const { policies } = (await (await fetch(`${server.opsUrl}/health/ready`)).json()) as {
      policies: { caughtUpAt: string | null; faults: object[]; waitingFor: string | null }[];
    };
    expect(policies.flatMap(({ faults }) => faults)).toEqual([]);
    return policies.every(({ caughtUpAt, waitingFor }) => caughtUpAt !== null && waitingFor === null);
  });
}

test('two processes with the role clock, one of them killed again and again: every timer fires once', async () => {
  const before = await TestServer.start({ directory: data, clock: new LongAgo() });
  for (let number = 1; number <= CASES; number++) {
    const id = `mill-${number}`;
    await before.post('/projects', 'demo-applicant', { id, name: id, template: 'small' });
    const { status } = await before.post(`/applications/${id}-LX-06/submission`, 'demo-applicant');
    expect(status).toBe(202);
  }
  await before.stop();

  // Both begin at once, so that they meet at the same timers; the second is killed while it works.
  const startOther = () => startServer({ ROLES: 'clock' });
  const [steady, first] = await Promise.all([startServer({ ROLES: 'api,projector,clock' }), startOther()]);
  await delay(Math.random() * 300);
  await first.kill();
  const second = await startOther();
  await delay(Math.random() * 300);
  await second.kill();
  const last = await startServer({ ROLES: 'clock' });
  await caughtUp(steady);
  await caughtUp(last);
  // A process with the role `clock` serves its health only.
  const [metrics, matters] = await Promise.all([
    fetch(`${last.opsUrl}/metrics`),
    fetch(`${last.url}/api/v1/matters`),
  ]);
  expect([metrics.status, matters.status]).toEqual([200, 404]);
  expect(await metrics.text()).toContain('zhitong_policy_faults{policy="timers"} 0\n');
  await Promise.all([steady.stop(), last.stop()]);

  const stores = await openStores(data);
  const byTime: StoredEvent[] = [];
  for await (const event of stores.eventStore.readAll(null)) {
    if (event.metadata.actor.role === 'system' && event.stream.startsWith('application-')) byTime.push(event);
  }
  await stores.eventStore.close();
  await stores.readStore.close();
  expect(new Set(byTime.map(({ metadata }) => metadata.commandId)).size).toBe(byTime.length);
  // Idle applications are found by a policy of their own, at its own pace: once each, whatever the ladder has reached by then.
  const isFlag = ({ type }: StoredEvent) => type === 'IdleHolderFlagged';
  const streams = Array.from({ length: CASES }, (_, index) => `application-mill-${index + 1}-LX-06`);
  const flagged = byTime.filter(isFlag).map(({ stream }) => stream);
  expect(flagged.sort()).toEqual([...streams].sort());
  const told = new Map<string, unknown[]>();
  for (const { stream, type, data: given } of byTime.filter((event) => !isFlag(event))) {
    const { step = null, level = null } = given as { step?: string; level?: string };
    told.set(stream, [...(told.get(stream) ?? []), [type, step ?? level]]);
  }
  const everything = [
    ['ApplicationWarned', 'acceptance'],
    ['ApplicationDeemedAccepted', null],
    ['ApplicationWarned', null],
    ['ApplicationEscalated', 'department-head'],
    ['ApplicationEscalated', 'supervision'],
    ['ApplicationEscalated', 'deputy-county-head'],
    ['ApplicationEscalated', 'leading-group'],
  ];
  const expected = streams.map((stream) => [stream, everything]);
  expect([...told].sort()).toEqual(expected.sort());
});
