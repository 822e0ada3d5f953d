import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Projector, type StoredEvent, verifyProjections } from '#libs/engine/event-sourcing';
import { TEST_WAIT_MS, sameAsRebuilt, until } from '#libs/engine/event-sourcing-testing';
import { openStores, readTables, allProjections, allUpcasters } from '#libs/shell/system';
import { ops, ServerProcess } from '../support/server-process.js';

const KILLS = 20;
const WRITERS = 64;

interface Acknowledged {
  readonly application: string;
  readonly step: string;
  readonly revision: string;
  readonly position: string;
}

const data = mkdtempSync(join(tmpdir(), 'zhitong-kill-'));
const acknowledged: Acknowledged[] = [];
const sent = new Set<string>();

beforeAll(async () => {
  const server = await ServerProcess.start(data);
  const applicant = await ops(data, 'token', '--user', 'demo-applicant');
  const window = await ops(data, 'token', '--user', 'demo-window');
  for (let writer = 0; writer < WRITERS; writer++) {
    const project = { id: `kill-${writer}`, name: `Project ${writer}`, template: 'small' };
    const registered = await server.post('/projects', applicant, project);
    expect(registered.status).toBe(201);
    const submitted = await server.post(`/applications/kill-${writer}-LX-06/submission`, applicant, {});
    expect(submitted.status).toBe(202);
    const accepted = await server.post(`/applications/kill-${writer}-LX-06/acceptance`, window, {});
    expect(accepted.status).toBe(202);
  }
  await server.stop();
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** One writer: records steps one after the other, keeping what was acknowledged, until the server is gone. */
async function write(server: ServerProcess, token: string, round: number, writer: number): Promise<void> {
  const application = `kill-${writer}-LX-06`;
  for (let n = 0; ; n++) {
    const step = `round ${round} writer ${writer} step ${n}`;
    sent.add(step);
    const answer = await server
      .post(`/applications/${application}/steps`, token, { step })
      .then(async (response) => ({ status: response.status, body: (await response.json()) as Acknowledged }))
      // The connection broke: the server is gone, and whether the step is stored is not known.
      .catch(() => null);
    if (answer === null) return;
    expect(answer.status).toBe(202);
    acknowledged.push({ application, step, revision: answer.body.revision, position: answer.body.position });
  }
}

describe(`a server killed ${KILLS} times under ${WRITERS} writers`, () => {
  test('keeps every acknowledged event once and nothing half written', async () => {
    for (let round = 0; round < KILLS; round++) {
      const server = await ServerProcess.start(data);
      const token = await ops(data, 'token', '--user', 'demo-reviewer');
      const writers = Array.from({ length: WRITERS }, (_, writer) => write(server, token, round, writer));
      // Killed after a number of answers and not after a time, so that a busy machine is tested as hard as an idle one.
      const enough = acknowledged.length + Math.floor(Math.random() * 4 * WRITERS);
      await until(`${enough} acknowledgements`, () => acknowledged.length >= enough);
      await server.kill();
      await Promise.all(writers);
    }
    expect(acknowledged.length).toBeGreaterThan(WRITERS);

    const stores = await openStores(data);
    const steps: StoredEvent[] = [];
    const revisions = new Map<string, bigint>();
    let last = -1n;
    for await (const event of stores.eventStore.readAll(null)) {
      expect(event.position > last).toBe(true);
      last = event.position;
      expect(event.revision).toBe((revisions.get(event.stream) ?? -1n) + 1n);
      revisions.set(event.stream, event.revision);
      if (event.type === 'StepRecorded') steps.push(event);
    }
    const stored = steps.map((event) => ({
      application: (event.data as { application: string }).application,
      step: (event.data as { step: string }).step,
      revision: String(event.revision),
      position: String(event.position),
    }));
    const byStep = new Map(stored.map((entry) => [entry.step, entry]));
    expect(byStep.size).toBe(stored.length);
    expect(acknowledged.map(({ step }) => byStep.get(step))).toEqual(acknowledged);
    expect(stored.filter(({ step }) => !sent.has(step))).toEqual([]);
    await stores.eventStore.close();
    await stores.readStore.close();
  });

  test('has live read models that equal a rebuild from zero, document by document', async () => {
    const { eventStore, readStore } = await openStores(data);
    const upcasters = allUpcasters();
    const definitions = allProjections(await readTables());
    const projector = new Projector(eventStore, readStore, definitions, { upcasters });
    await projector.start();
    const end = await eventStore.lastPosition();
    expect(await projector.waitFor(end ?? 0n, { timeoutMs: TEST_WAIT_MS })).toBe(true);
    await projector.stop();
    expect(await verifyProjections(eventStore, readStore, definitions, { upcasters })).toEqual(
      definitions.map((definition) => sameAsRebuilt(definition, end)),
    );
    await eventStore.close();
    await readStore.close();
  });
});
