import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DeciderRunner, type EventStore, type ReadModels, RuleViolation } from '#libs/engine/event-sourcing';
import { openLmdbEventStore } from '#libs/engine/store-lmdb';
import { UniqueValues } from '#libs/engine/unique-values';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloseAccount, OpenAccount } from './account.commands.js';
import { accountDecider } from './account.decider.js';
import { accountRunner } from './account-runner.js';
import { OpenAdmins } from './open-admins.js';

const NOW = '2026-11-24T02:00:00.000Z';
const OPS = { person: 'ops', post: null, department: null, role: 'admin' };
const ADMINS = ['one', 'two', 'three'];

let directory: string;
let store: EventStore;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zhitong-admins-'));
  store = await openLmdbEventStore(directory);
  for (const id of ADMINS) {
    const opening = { id, displayName: id, role: 'admin' as const };
    await process().runner.run(
      `account-${id}`,
      Object.assign(new OpenAccount(), opening, { meta: meta(id) }),
      { hashed: null, departmentKnown: false },
    );
  }
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

const meta = (commandId: string) => ({
  ...{ commandId, actor: OPS, onBehalfOf: null, occurredAt: NOW, now: NOW, correlationId: commandId },
  ...{ causationId: null, traceparent: null, expectedRevision: null },
});

/** What a process has of its own: memory of streams. The list of administrators lags: it has all of them to the end. */
function process() {
  const items = ADMINS.map((id) => ({ id, role: 'admin', status: 'open' }));
  const models = { find: () => Promise.resolve({ items, nextCursor: null }) } as Pick<ReadModels, 'find'>;
  const accounts = new DeciderRunner(store, accountDecider);
  const admins = new OpenAdmins(new UniqueValues(store), accounts, models);
  const take = () => Promise.resolve();
  return { runner: accountRunner(store, { codes: { take }, identities: { take }, admins }), admins };
}

async function close({ runner, admins }: ReturnType<typeof process>, id: string, key: string) {
  try {
    const closing = Object.assign(new CloseAccount(), { id, reason: '退休', meta: meta(key) });
    await runner.run(`account-${id}`, closing, { otherAdmins: await admins.hasOthers(id) });
    return 'closed';
  } catch (error) {
    if (error instanceof RuleViolation) return error.code;
    throw error;
  }
}

test('D14 three processes that close three administrators at once leave one, however often they try', async () => {
  const processes = ADMINS.map((id) => ({ id, process: process() }));
  const closed: string[] = [];
  for (let round = 0; round < 4; round++) {
    const answers = await Promise.all(
      processes.map(async (each) => ({
        id: each.id,
        answer: await close(each.process, each.id, `close-${each.id}-${round}`),
      })),
    );
    closed.push(...answers.filter(({ answer }) => answer === 'closed').map(({ id }) => id));
  }
  expect(new Set(closed).size).toBe(2);
  const left = await Promise.all(
    ADMINS.map(async (id) => (await process().runner.load(`account-${id}`)).state.at),
  );
  expect(left.filter((at) => at === 'open')).toEqual(['open']);
});
