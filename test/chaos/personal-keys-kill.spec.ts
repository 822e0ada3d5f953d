import { afterAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersonalData } from '#libs/engine/event-sourcing';
import { until } from '#libs/engine/event-sourcing-testing';
import { openPersonalKeys, openStores, EMBEDDED } from '#libs/shell/system';
import { ops, ServerProcess } from '../support/server-process.js';

const KILLS = 8;
const WRITERS = 16;

const data = mkdtempSync(join(tmpdir(), 'zhitong-keys-kill-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** By account: the name that was acknowledged. */
const acknowledged = new Map<string, string>();

/** One writer: opens accounts, each of which needs a key of its own, until the server is gone. */
async function write(server: ServerProcess, token: string, round: number, writer: number): Promise<void> {
  for (let n = 0; ; n++) {
    const [id, displayName] = [`a-${round}-${writer}-${n}`, `欧阳${round}之${writer}之${n}`];
    const status = await server
      .post('/accounts', token, { id, displayName, role: 'applicant' })
      .then((answer) => answer.status)
      // The connection broke: the server is gone, and whether the account is stored is not known.
      .catch(() => null);
    if (status === null) return;
    expect(status).toBe(201);
    acknowledged.set(id, displayName);
  }
}

test(`4 a server killed ${KILLS} times between key and event loses no name, and leaves no event without its key`, async () => {
  for (let round = 0; round < KILLS; round++) {
    const server = await ServerProcess.start(data);
    const token = await ops(data, 'token', '--user', 'demo-admin');
    const writers = Array.from({ length: WRITERS }, (_, writer) => write(server, token, round, writer));
    const enough = acknowledged.size + 1 + Math.floor(Math.random() * 2 * WRITERS);
    await until(`${enough} accounts`, () => acknowledged.size >= enough);
    await server.kill();
    await Promise.all(writers);
  }
  const { eventStore, readStore } = await openStores(data);
  const keys = await openPersonalKeys(data, EMBEDDED);
  try {
    const personal = new PersonalData(keys, new Map());
    const names = new Map<string, unknown>();
    for await (const { type, data: opened } of eventStore.readAll(null)) {
      if (type !== 'AccountOpened') continue;
      const { account, displayName } = (await personal.open(opened)) as Record<string, unknown>;
      names.set(String(account), displayName);
    }
    expect([...names.values()]).not.toContain('密钥缺失');
    expect([...acknowledged].filter(([account, name]) => names.get(account) !== name)).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(KILLS);
  } finally {
    await keys.close();
    await readStore.close();
    await eventStore.close();
  }
});
