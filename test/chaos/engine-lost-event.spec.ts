import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '#libs/engine/event-sourcing-testing';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { opsProcess, ServerProcess } from '../support/server-process.js';

const directory = mkdtempSync(join(tmpdir(), 'zhitong-lost-event-'));
let eventStore: EventStoreDbServer;
let env: Record<string, string>;

beforeAll(async () => {
  eventStore = await EventStoreDbServer.start();
  env = { DATA_DIR: directory, EVENTSTORE_URL: eventStore.url, LOG_LEVEL: 'fatal' };
});
afterAll(() => {
  eventStore.stop();
  rmSync(directory, { recursive: true, force: true });
});

interface Health {
  readonly missing: readonly string[];
  readonly projections: readonly { readonly name: string; readonly fault: string | null }[];
}

async function health(server: ServerProcess): Promise<{ status: number; body: Health }> {
  const answer = await fetch(`${server.opsUrl}/health/ready`);
  return { status: answer.status, body: (await answer.json()) as Health };
}

test('K4 when EventStoreDB has lost an event, projections stop before it, health names it, and ops verify ends with 65', async () => {
  const first = await ServerProcess.start(directory, env);
  await first.stop();

  // The seed reads the matters at every start: a server does not start on one that is damaged.
  const isOfSeveral = (name: string) =>
    !name.startsWith('$') && !name.startsWith('matter-') && eventStore.log.stream(name).length > 1;
  const stream = eventStore.log.events.map((event) => event.stream).find(isOfSeveral) ?? '';
  eventStore.log.lose(stream, 0n);
  const next = eventStore.log.stream(stream)[0];
  const sentence = (reason: string) =>
    `the log is damaged at position ${next?.position}, stream ${stream}: ${reason}`;

  // Of the read models nothing is left, so that the whole log is followed.
  rmSync(join(directory, 'read-models'), { recursive: true });
  const second = await ServerProcess.launch(directory, env);
  const allStandStill = async () => {
    const { projections } = (await health(second)).body;
    return projections.length > 0 && projections.every(({ fault }) => fault !== null);
  };
  await until('every projection stands still', allStandStill);
  const { status, body } = await health(second);
  await second.stop();
  const fault = sentence('revision 1 comes where 0 is due: an event is missing');
  expect(status).toBe(503);
  expect([...new Set(body.projections.map((each) => each.fault))]).toEqual([fault]);
  expect(body.missing).toEqual(
    expect.arrayContaining(body.projections.map(({ name }) => `projection ${name}`)),
  );

  const verified = await opsProcess(env, ['verify']).catch((error: unknown) => error);
  const found = sentence('revision 1 comes where 0 is due');
  expect(verified).toMatchObject({
    code: 65,
    stdout: expect.stringContaining(`, 1 problems\n  ${found}\n`),
    stderr: `ops: ${found}\n`,
  });
});
