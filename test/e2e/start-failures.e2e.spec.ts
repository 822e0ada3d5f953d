import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { fork, spawnSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = new URL('../..', import.meta.url).pathname;
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-failures-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** A process that cannot start: its exit code and what it says on standard error. */
async function start(
  env: Record<string, string>,
  main = 'server',
  args: readonly string[] = [],
  uid?: number,
): Promise<{ code: number | null; said: string }> {
  const child = fork(join(root, `dist/apps/${main}/main.js`), args, {
    cwd: root,
    env: { PATH: process.env['PATH'], SEED: 'none', PORT: '0', OPS_PORT: 'off', LOG_LEVEL: 'silent', ...env },
    execArgv: [],
    ...(uid !== undefined && { uid, gid: uid }),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}

test('K10 a server that cannot start says in one line why, and ends with 78', async () => {
  const file = join(directory, 'file');
  writeFileSync(file, 'not a directory');
  const policies = join(directory, 'policies');
  mkdirSync(policies);
  writeFileSync(join(policies, 'escalation.yaml'), 'steps: [\n  1,\n');
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  try {
    const [underFile, badPolicies, portTaken] = await Promise.all([
      start({ DATA_DIR: join(file, 'data') }),
      start({ DATA_DIR: join(directory, 'one'), POLICIES_DIR: policies }),
      start({ DATA_DIR: join(directory, 'two'), PORT: `${port}` }),
    ]);
    expect([underFile, portTaken]).toEqual([
      {
        code: 78,
        said: `cannot mkdir ${join(file, 'data')}: a part of the path is a file and no directory (ENOTDIR); DATA_DIR says where the data are\n`,
      },
      {
        code: 78,
        said: `cannot listen at 127.0.0.1:${port}: another process listens there (EADDRINUSE); HOST, PORT, OPS_HOST and OPS_PORT say where to listen\n`,
      },
    ]);
    expect([badPolicies.code, badPolicies.said.trimEnd().split('\n').length]).toEqual([78, 1]);
    expect(badPolicies.said).toContain(join(policies, 'escalation.yaml'));
  } finally {
    holder.close();
  }
});

test('K10 a data directory that cannot be made is reported in one sentence, by the server and by ops', async () => {
  const file = join(directory, 'plain');
  writeFileSync(file, '');
  const link = join(directory, 'link');
  symlinkSync(join(directory, 'nowhere'), link);
  const circle = join(directory, 'circle');
  symlinkSync(circle, circle);
  const other = 'there is something else of that name (EEXIST)';
  const reasons: readonly (readonly [path: string, reason: string])[] = [
    // Node's recursive mkdir never returns here.
    ['/proc/data', 'there is no such file or directory (ENOENT)'],
    ['/proc/data/below', 'there is no such file or directory (ENOENT)'],
    ['/dev/null/x', 'a part of the path is a file and no directory (ENOTDIR)'],
    ['/dev/null', other],
    [file, other],
    [link, other],
  ];
  await Promise.all(
    reasons.map(async ([path, reason]) => {
      const made = path === '/proc/data/below' ? '/proc/data' : path;
      const text = `cannot mkdir ${made}: ${reason}; DATA_DIR says where the data are\n`;
      expect([path, await start({ DATA_DIR: path })]).toEqual([path, { code: 78, said: text }]);
    }),
  );
  expect(await start({ DATA_DIR: circle })).toEqual({
    code: 78,
    said: `cannot stat ${circle}: its links lead in a circle (ELOOP); DATA_DIR says where the data are\n`,
  });
  const ops = (...args: string[]) => start({ DATA_DIR: '/proc/data' }, 'ops', args);
  expect(await ops('seed')).toEqual({
    code: 78,
    said: 'ops: cannot mkdir /proc/data: there is no such file or directory (ENOENT); DATA_DIR says where the data are\n',
  });
});

/** The user that runs the tests; root may do everything, so it becomes another user if that one can read the program. */
const NOBODY = process.getuid?.() === 0 ? 65_534 : undefined;
const canRun =
  NOBODY === undefined ||
  spawnSync(process.execPath, ['--check', join(root, 'dist/apps/server/main.js')], { uid: NOBODY }).status ===
    0;
(canRun ? test : test.skip)(
  'K10 a data directory without rights is told in one sentence (skipped where root alone can read the program)',
  async () => {
    const closed = join(directory, 'closed');
    mkdirSync(closed);
    chmodSync(directory, 0o755);
    chmodSync(closed, 0o000);
    const said = (doing: string) =>
      `cannot ${doing}: this user may not do that (EACCES); DATA_DIR says where the data are\n`;
    const open = (path: string) => start({ DATA_DIR: path }, 'server', [], NOBODY);
    expect([await open(closed), await open(join(closed, 'data'))]).toEqual([
      { code: 78, said: said(`scandir ${closed}`) },
      { code: 78, said: said(`mkdir ${join(closed, 'data')}`) },
    ]);
    chmodSync(closed, 0o700);
  },
);
