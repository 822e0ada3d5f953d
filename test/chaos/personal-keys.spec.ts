import { afterAll, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersonalData } from '#libs/engine/event-sourcing';
import { until } from '#libs/engine/event-sourcing-testing';
import { openPersonalKeys, openStores, EMBEDDED } from '#libs/shell/system';
import { ops, opsProcess, ServerProcess } from '../support/server-process.js';

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

test('4 a key that one process erases is gone for a running server at once, and from the file', async () => {
  const place = join(data, 'erased-elsewhere');
  const server = await ServerProcess.start(place);
  const keys = await openPersonalKeys(place, EMBEDDED);
  try {
    const authorization = `Bearer ${await ops(place, 'token', '--user', 'demo-applicant')}`;
    const name = async () => {
      const answer = await fetch(`${server.url}/api/v1/me`, { headers: { authorization } });
      return ((await answer.json()) as { displayName: string }).displayName;
    };
    const key = (await keys.find(['demo-applicant'])).get('demo-applicant')?.keys.at(-1)?.key ?? '';
    const isInFile = () =>
      readFileSync(join(place, 'keys', 'data.mdb')).includes(Buffer.from(key, 'base64url'));
    expect([await name(), isInFile()]).toEqual(['演示申请人', true]);
    expect(await keys.erase('demo-applicant')).toBe(true);
    expect([await name(), isInFile()]).toEqual(['已删除', false]);
  } finally {
    await keys.close();
    await server.stop();
  }
});

/** The seeded system with other keys: the demo's applicant has one. */
async function withKeys(name: string, change: (keys: string) => void): Promise<string> {
  const place = join(data, name);
  await opsProcess({ DATA_DIR: join(data, 'seeded') }, ['seed', '--mode', 'none']);
  cpSync(join(data, 'seeded'), place, { recursive: true });
  change(join(place, 'keys'));
  return place;
}

test.each(['api,projector,clock', 'projector'])(
  '4 a server (%s) whose log has sealed data and whose keys are gone ends with 66 and says so',
  async (roles) => {
    const place = await withKeys(`gone-${roles}`, (keys) => rmSync(keys, { recursive: true }));
    const { code, said } = await ServerProcess.ended(place, { LOG_LEVEL: 'silent', ROLES: roles });
    expect([code, said]).toEqual([
      66,
      expect.stringMatching(
        /^the keys of personal data are missing: the event at position \d+ needs one\. Bring back the keys that belong to this log; .*\n$/,
      ),
    ]);
  },
);

test('4 a server whose keys are damaged ends with 65, names the file, and changes nothing', async () => {
  const place = await withKeys('damaged', (keys) => {
    const file = join(keys, 'data.mdb');
    const bytes = readFileSync(file);
    for (let at = bytes.indexOf('demo-applicant'); at >= 0; at = bytes.indexOf('demo-applicant', at + 1))
      bytes.writeUInt8(bytes.readUInt8(at + 30) ^ 1, at + 30);
    writeFileSync(file, bytes);
  });
  const file = join(place, 'keys', 'data.mdb');
  const before = readFileSync(file);
  const { code, said } = await ServerProcess.ended(place, { LOG_LEVEL: 'silent' });
  expect([code, said.startsWith(`the keys of personal data are damaged: ${file}: page `)]).toEqual([
    65,
    true,
  ]);
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(
    (await opsProcess({ DATA_DIR: place }, ['verify']).catch((error: unknown) => error)) as object,
  ).toMatchObject({
    code: 65,
  });
});
