import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { fork } from 'node:child_process';
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

/** A server that cannot start: its exit code and what it says on standard error. */
async function start(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = fork(join(root, 'dist/apps/server/main.js'), [], {
    cwd: root,
    env: { PATH: process.env['PATH'], SEED: 'none', PORT: '0', OPS_PORT: 'off', LOG_LEVEL: 'silent', ...env },
    execArgv: [],
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
