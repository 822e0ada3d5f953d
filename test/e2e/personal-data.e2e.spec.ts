import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesWith } from '../support/files-with.js';
import { opsEnd, opsWith } from '../support/ops.js';
import { type Body, TestServer } from './server.js';

/** Names that are nowhere else in the world. */
const NAMES = { applicant: '欧阳明月祺', agent: '司徒远山岚', official: '上官清和砚' };
const PASSWORD = 'heron-bridge-0815-slate';

/** Whatever engines the run is for: these tests look at files. */
const EMBEDDED = { EVENTSTORE_URL: '', MONGODB_URL: '' };

let place: string;
let data: string;
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'zhitong-personal-'));
  data = join(place, 'data');
  const server = await TestServer.start({ directory: data, env: EMBEDDED });
  try {
    const account = (id: string, displayName: string, role: string, more: object = {}) =>
      server.post('/accounts', 'demo-admin', { id, displayName, role, password: PASSWORD, ...more });
    const post = { department: 'natural-resources', post: '审查' };
    const answers = [
      await account('a-1', NAMES.applicant, 'applicant'),
      await account('g-1', NAMES.agent, 'agent'),
      await account('o-1', NAMES.official, 'reviewer', post),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    await server.caughtUp();
  } finally {
    await server.stop();
  }
});
afterAll(() => rmSync(place, { recursive: true }));

let copies = 0;
/** A server on a copy of the data. */
async function onCopy<T>(work: (server: TestServer, directory: string) => Promise<T>): Promise<T> {
  const directory = join(place, `copy-${(copies += 1)}`);
  for (const part of readdirSync(data)) cpSync(join(data, part), join(directory, part), { recursive: true });
  const server = await TestServer.open(directory, { env: EMBEDDED }, new Map());
  try {
    await server.caughtUp();
    return await work(server, directory);
  } finally {
    await server.stop();
  }
}

const nameOf = async (server: TestServer, account: string): Promise<Body> =>
  (await server.get('/me', account)).body.displayName;

async function namesAt(server: TestServer): Promise<Body> {
  return {
    applicant: await nameOf(server, 'a-1'),
    agent: await nameOf(server, 'g-1'),
    official: await nameOf(server, 'o-1'),
  };
}

async function displayNamesInLog({ system }: TestServer): Promise<readonly Body[]> {
  const names: Body[] = [];
  for await (const { type, data } of system.eventStore.readAll(null))
    if (type === 'AccountOpened') names.push([(data as Body).account, (data as Body).displayName]);
  return names;
}

describe('4 personal data apart', () => {
  test('4 the name of an applicant and of an agent is in no byte of the data, that of an official is', () => {
    expect([NAMES.applicant, NAMES.agent].map((name) => filesWith(name, data))).toEqual([[], []]);
    expect(filesWith(NAMES.official, data)).toContain(join(data, 'events', 'data.mdb'));
  });

  test('4 those who may see it see it, after a restart too', async () => {
    expect(await onCopy(namesAt)).toEqual(NAMES);
  });

  test('4 the event holds whose key it is, and a text that is sealed', async () => {
    const names = await onCopy(displayNamesInLog);
    const sealed = {
      key: expect.stringMatching(/^[\w-]{11}$/),
      sealed: expect.stringMatching(/^[\w-]{40,}$/),
    };
    expect(names.filter(([account]) => ['a-1', 'g-1', 'o-1'].includes(account))).toEqual([
      ['a-1', { person: 'a-1', ...sealed }],
      ['g-1', { person: 'g-1', ...sealed }],
      ['o-1', NAMES.official],
    ]);
  });

  test('4 the audit trail shows it in clear, to those who may read it', async () => {
    const { body } = await onCopy((server) => server.get('/audit?stream=account-a-1', 'demo-supervisor'));
    expect(body.items.map(({ type, data }: Body) => [type, data.displayName])).toEqual([
      ['AccountOpened', NAMES.applicant],
    ]);
  });

  test('4 a retry gets the first answer although what was stored is another at each attempt', async () => {
    await onCopy(async (server) => {
      const body = { id: 'a-2', displayName: '令狐', role: 'applicant' };
      const key = { 'idempotency-key': 'once' };
      const first = await server.post('/accounts', 'demo-admin', body, key);
      const again = await server.post('/accounts', 'demo-admin', body, key);
      expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
      const other = await server.post('/accounts', 'demo-admin', { ...body, displayName: '令狐二' }, key);
      expect([other.status, other.body.code]).toEqual([422, 'command.id-reused']);
    });
  });

  test('4 a password that is the name of its holder is refused as before', async () => {
    await onCopy(async (server) => {
      const body = { current: PASSWORD, password: `${NAMES.applicant}${NAMES.applicant}` };
      const { status, body: problem } = await server.post('/accounts/a-1/password', 'a-1', body);
      expect([status, problem.code]).toEqual([422, 'account.password-is-name']);
    });
  });

  test('4 once a key is erased, answers say 已删除, and log, digest and read models are what they were', async () => {
    await onCopy(async (server, directory) => {
      const log = () => opsWith({ DATA_DIR: directory }, 'export');
      const before = await log();
      expect(await server.system.personalKeys.erase('a-1')).toBe(true);
      expect(await namesAt(server)).toEqual({ ...NAMES, applicant: '已删除' });
      expect(await log()).toBe(before);
      const verified = await opsEnd({ DATA_DIR: directory }, 'verify');
      expect([verified.code, verified.stdout]).toEqual([
        0,
        expect.not.stringMatching(/ [1-9]\d* differences/),
      ]);
    });
  });

  test('4 after erasure, read models that are built anew equal the old ones, and a new start says 已删除', async () => {
    const directory = await onCopy(async (server, at) => {
      await server.system.personalKeys.erase('g-1');
      return at;
    });
    const rebuilt = await opsEnd({ DATA_DIR: directory }, 'rebuild');
    expect([rebuilt.code, rebuilt.stdout]).toEqual([
      0,
      expect.not.stringMatching(/ [1-9]\d* documents differ/),
    ]);
    const server = await TestServer.open(directory, { env: EMBEDDED }, new Map());
    expect(await namesAt(server)).toEqual({ ...NAMES, agent: '已删除' });
    await server.remove();
  });

  test('4 an export has neither keys nor names; read elsewhere it opens no text', async () => {
    const target = join(place, 'elsewhere');
    const file = join(place, 'events.jsonl');
    const text = await opsWith({ DATA_DIR: data }, 'export');
    expect([NAMES.applicant, NAMES.agent].filter((name) => text.includes(name))).toEqual([]);
    writeFileSync(file, `${text}\n`);
    expect((await opsEnd({ DATA_DIR: target }, 'import-events', file)).code).toBe(0);
    const server = await TestServer.open(target, { env: EMBEDDED }, new Map());
    await server.system.comparison.mustBeRight();
    expect(await namesAt(server)).toEqual({
      applicant: '密钥缺失',
      agent: '密钥缺失',
      official: NAMES.official,
    });
    await server.remove();
  });

  test('4 without the keys that the log needs nothing starts, until the operator accepts the loss', async () => {
    const directory = join(place, 'without-keys');
    for (const part of readdirSync(data).filter((name) => name !== 'keys'))
      cpSync(join(data, part), join(directory, part), { recursive: true });
    const refused = await opsEnd({ DATA_DIR: directory }, 'rebuild');
    expect(refused.code).toBe(66);
    expect(refused.stderr).toMatch(
      /^ops: the keys of personal data are missing: the event at position \d+ needs one\. Bring back the keys that belong to this log; /,
    );
    expect((await opsEnd({ DATA_DIR: directory }, 'rebuild', '--accept-log')).code).toBe(0);
    const server = await TestServer.open(directory, { env: EMBEDDED }, new Map());
    expect(await nameOf(server, 'a-1')).toBe('密钥缺失');
    await server.remove();
  });

  test('4 saved keys are loaded elsewhere, and open there what an export has sealed', async () => {
    const [target, file, keys] = ['beside', 'beside.jsonl', 'beside.keys'].map((name) => join(place, name));
    writeFileSync(file ?? '', `${await opsWith({ DATA_DIR: data }, 'export')}\n`);
    await opsWith({ DATA_DIR: data }, 'keys', 'save', keys ?? '');
    const DATA_DIR = target ?? '';
    expect((await opsEnd({ DATA_DIR }, 'import-events', file ?? '')).code).toBe(0);
    await opsWith({ DATA_DIR }, 'keys', 'load', keys ?? '');
    const server = await TestServer.open(DATA_DIR, { env: EMBEDDED }, new Map());
    expect(await namesAt(server)).toEqual(NAMES);
    await server.remove();
  });

  test('4 a backup has the keys, and what is restored tells the names', async () => {
    const [backup, target] = [join(place, 'backup'), join(place, 'restored')];
    await opsWith({ DATA_DIR: data }, 'backup', backup);
    expect(readdirSync(backup).sort()).toEqual(['events', 'jwt-secret', 'keys.jsonl', 'manifest.json']);
    expect([NAMES.applicant, NAMES.agent].map((name) => filesWith(name, backup))).toEqual([[], []]);
    expect((await opsEnd({ DATA_DIR: target }, 'restore', backup)).code).toBe(0);
    const server = await TestServer.open(target, { env: EMBEDDED }, new Map());
    expect(await namesAt(server)).toEqual(NAMES);
    await server.remove();
  });
});

test('4 on any engine a name is read until its key is erased, and never again', async () => {
  const directory = join(place, 'any-engine');
  const names: Body[] = [];
  const server = await TestServer.start({ directory });
  try {
    const account = { id: 'a-1', displayName: NAMES.applicant, role: 'applicant' };
    expect((await server.post('/accounts', 'demo-admin', account)).status).toBe(201);
    names.push(await nameOf(server, 'a-1'));
    await server.system.personalKeys.erase('a-1');
    names.push(await nameOf(server, 'a-1'));
  } finally {
    await server.stop();
  }
  const again = await TestServer.open(directory, {}, new Map());
  names.push(await nameOf(again, 'a-1'));
  await again.stop();
  expect(names).toEqual([NAMES.applicant, '已删除', '已删除']);
});
