import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, jwtVerify } from 'jose';
import { creditCodeOf } from '../support/credit-codes.js';
import { embedded } from '../support/engines.js';
import { opsOn } from '../support/ops.js';

let directory: string;
let data: string;

const ops = (...args: readonly string[]) => opsOn(data, ...args);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ops-e2e-'));
  data = join(directory, 'data');
});
afterAll(() => rm(directory, { recursive: true }));

const RECEIPT = 'data/mappings/receipt.yaml';

describe('ops', () => {
  test('has nothing to show of a directory that holds no data, and does not make one', async () => {
    const refused = {
      code: 1,
      stdout: '',
      stderr: embedded.events
        ? `ops: ${data} holds no data (set --data-dir or DATA_DIR)\n`
        : 'ops: the log at EVENTSTORE_URL holds no data\n',
    };
    expect(await ops('token', '--user', 'demo-head')).toEqual(refused);
    expect(await ops('verify')).toEqual(refused);
    expect(await ops('export')).toEqual(refused);
    if (embedded.events)
      await expect(readFile(join(data, 'jwt-secret'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('imports the sample into a fresh directory; twice adds nothing', async () => {
    const first = await ops('import', 'data/receipt.csv.gz', '--mapping', RECEIPT);
    expect(first).toMatchObject({
      code: 0,
      stdout:
        'receipt: 8577 rows, 1434 cases, 12774 commands; 12774 events recorded, 0 were on record; 0 differences from the record, 0 of them corrected; 0 bad rows, 0 left out by the mapping\n',
    });
    const lines = async () => (await ops('export')).stdout.trimEnd().split('\n');
    const before = await lines();
    expect((await ops('import', 'data/receipt.csv.gz', '--mapping', RECEIPT)).stdout).toBe(
      'receipt: 8577 rows, 1434 cases, 12774 commands; 0 events recorded, 12774 were on record; 0 differences from the record, 0 of them corrected; 0 bad rows, 0 left out by the mapping\n',
    );
    expect(await lines()).toEqual(before);
  });

  test('exports one stream, or the log after a position', async () => {
    const { stdout } = await ops('export', '--stream', 'project-case-10011');
    const [event, ...more] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(more).toEqual([]);
    expect(event).toMatchObject({ stream: 'project-case-10011', revision: '0', type: 'ProjectRegistered' });
    const after = (await ops('export', '--after', event.position)).stdout;
    expect(BigInt(JSON.parse(after.slice(0, after.indexOf('\n'))).position)).toBeGreaterThan(
      BigInt(event.position),
    );
    expect(await ops('export', '--stream', 'project-none')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'ops: there is no stream project-none\n',
    });
  });

  test('verifies the log and the read models', async () => {
    const { code, stdout, stderr } = await ops('verify');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toMatch(/^log: \d+ events in \d+ streams, 0 problems$/);
    expect(stdout).toMatch(/^timers v\d+, not projected yet: 0 differences from a rebuild$/m);
  });

  test('prints a bearer token of an account and nothing else', async () => {
    const seeded = await ops('seed', '--mode', 'none');
    expect(seeded).toMatchObject({ code: 0, stderr: '' });
    expect(seeded.stdout.split('\n').map((line) => line.trim().split(/\s+/)[0])).toEqual([
      'Demo',
      'demo-applicant',
      'demo-window',
      'demo-reviewer',
      'demo-head',
      'demo-supervisor',
      'demo-leader',
      'demo-campaign',
      'demo-admin',
      '',
    ]);
    expect(await ops('seed', '--mode', 'none')).toEqual({ code: 0, stdout: '', stderr: '' });

    const { code, stdout, stderr } = await ops('token', '--user', 'demo-head');
    expect({ code, stderr, lines: stdout.split('\n').length }).toEqual({ code: 0, stderr: '', lines: 2 });
    const secret = Buffer.from((await readFile(join(data, 'jwt-secret'), 'utf8')).trim(), 'base64url');
    const { payload } = await jwtVerify(stdout.trim(), secret);
    expect(payload.sub).toBe('demo-head');
    expect(await ops('token', '--user', 'nobody')).toEqual({
      code: 1,
      stdout: '',
      stderr: `ops: there is no account nobody\n`,
    });
  });

  test('opens an account, sets its password, closes it', async () => {
    const add = ['user', 'add', 'li.wei', '--role', 'window', '--display-name', '李伟'];
    const opened = await ops(...add, '--department', 'water', '--post', '窗口');
    expect(opened).toEqual({ code: 0, stdout: expect.stringMatching(/^[\w-]{16}\n$/), stderr: '' });
    expect(await ops(...add)).toMatchObject({ code: 1, stdout: '' });
    const generation = async () => decodeJwt((await ops('token', '--user', 'li.wei')).stdout.trim())['gen'];
    expect(await generation()).toBe(0);
    expect((await ops('user', 'password', 'li.wei')).stdout).toMatch(/^[\w-]{16}\n$/);
    expect(await generation()).toBe(1);
    expect(await ops('user', 'close', 'li.wei', '--reason', '调离')).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(await ops('token', '--user', 'li.wei')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'ops: the account li.wei is closed\n',
    });
    expect((await ops('export')).stdout).not.toContain(opened.stdout.trim());
  });

  test('T3 opens an account with a unified social credit code, and registers one of an account that is there', async () => {
    const [first, second] = [creditCodeOf(1), creditCodeOf(2)];
    const applicant = ['--role', 'applicant', '--display-name', '企业'];
    expect(await ops('user', 'add', 'with-code', ...applicant, '--credit-code', first)).toMatchObject({
      code: 0,
    });
    expect(await ops('user', 'add', 'without', ...applicant)).toMatchObject({ code: 0 });
    expect(await ops('user', 'credit-code', 'without', '--code', first)).toEqual({
      code: 1,
      stdout: '',
      stderr: `ops: The unified social credit code ${first} is already used by account with-code\n`,
    });
    expect(await ops('user', 'credit-code', 'without', '--code', second)).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    const exported = (await ops('export')).stdout
      .split('\n')
      .filter((line) => line.includes('creditCode') && !line.includes('demo-applicant'));
    expect(exported.map((line) => (JSON.parse(line) as { data: object }).data)).toEqual([
      expect.objectContaining({ account: 'with-code', creditCode: first }),
      { account: 'without', creditCode: second },
    ]);
  });

  test('prints a user’s mistakes without a stack', async () => {
    const bad = join(directory, 'bad.yaml');
    await writeFile(bad, 'log: x\n');
    const log = join(directory, 'log.csv');
    await writeFile(log, 'a,b\n1,2\n');
    for (const [args, message] of [
      [['import', 'none.csv', '--mapping', RECEIPT], 'ops: none.csv cannot be opened: ENOENT'],
      [['import', log, '--mapping', RECEIPT], 'ops: line 1: no column "case:concept:name", '],
      [
        ['import', log, '--mapping', bad],
        `ops: ${bad}:1: columns.activity: is required\n${bad}:1: columns.time: is required\n`,
      ],
      [['import', log, '--mapping', 'none.yaml'], 'ops: none.yaml:1: (file): ENOENT'],
      [['export', '--after', 'x'], 'ops: --after must be a position, a whole number\n'],
      [
        ['user', 'add', 'li wei', '--role', 'admin', '--display-name', 'x'],
        'ops: li wei cannot be the name of an account: letters, digits, . _ and -, at most 100\n',
      ],
    ] as const) {
      const { code, stdout, stderr } = await ops(...args);
      expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: '' });
      expect(stderr).toContain(message);
      expect(stderr).not.toContain('    at ');
    }
  });
});
