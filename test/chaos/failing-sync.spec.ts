import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { ops, ServerProcess } from '../support/server-process.js';

const SOURCE = fileURLToPath(new URL('failing-sync.c', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'zhitong-failing-sync-'));
const shim = join(place, 'failing-sync.so');
const isBuilt = built();
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** False if there is no compiler, or no LD_PRELOAD. */
function built(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync('gcc', ['-shared', '-fPIC', '-o', shim, SOURCE, '-ldl'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

let data: string;
let failing: string;
beforeEach(() => {
  const own = mkdtempSync(join(place, 'case-'));
  data = join(own, 'data');
  failing = join(own, 'failing');
});

const start = () => ServerProcess.start(data, { LD_PRELOAD: shim, FAIL_SYNC_WHILE: failing });
const project = (id: string) => ({ id, name: 'Cold store', template: 'small' });
const SAID = 'the disk under the data fails: ';
const withCompiler = isBuilt ? test : test.skip;

withCompiler(
  'K6 a flush that fails acknowledges nothing and ends the process with 74; what was acknowledged before is there at the next start (skipped without gcc)',
  async () => {
    const server = await start();
    const token = await ops(data, 'token', '--user', 'demo-applicant');
    expect((await server.post('/projects', token, project('sync-before'))).status).toBe(201);
    writeFileSync(failing, '');
    const status = await server.post('/projects', token, project('sync-after')).then(
      (answer) => answer.status,
      () => null,
    );
    expect(status === null || status === 503).toBe(true);
    const { code, signal, said } = await server.ending();
    expect({ code, signal }).toEqual({ code: 74, signal: null });
    expect(said).toContain(SAID);
    rmSync(failing);
    const again = await start();
    expect((await again.post('/projects', token, project('sync-before'))).status).toBe(409);
    await again.stop();
  },
);

withCompiler('K6 a stop while no flush succeeds ends, by itself (skipped without gcc)', async () => {
  const server = await start();
  writeFileSync(failing, '');
  await server.stop();
  const { code, signal } = await server.ending();
  expect(signal).toBeNull();
  expect([0, 74]).toContain(code);
});
