import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openEventStore, EMBEDDED } from '#libs/shell/system';
import { opsOn } from '../support/ops-process.js';
import { ops, ServerProcess } from '../support/server-process.js';

let place: string;
let data: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'zhitong-data-gone-'));
  data = join(place, 'data');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const GONE = 'the data are not those that were opened: ';

/** Registers projects one after the other until one is not taken; the ids that were. */
async function writeUntilRefused(server: ServerProcess, token: string): Promise<readonly string[]> {
  const taken: string[] = [];
  for (let n = 0; ; n += 1) {
    const id = `gone-${n}`;
    const status = await server
      .post('/projects', token, { id, name: 'Cold store', template: 'small' })
      .then((answer) => answer.status)
      .catch(() => null);
    if (status !== 201) return taken;
    taken.push(id);
  }
}

test('K2 the data directory is removed while commands come: nothing is acknowledged after that, and the server stops with 66', async () => {
  const server = await ServerProcess.start(data);
  const token = await ops(data, 'token', '--user', 'demo-applicant');
  const project = { id: 'gone-before', name: 'Cold store', template: 'small' };
  expect((await server.post('/projects', token, project)).status).toBe(201);
  rmSync(data, { recursive: true });
  expect(await writeUntilRefused(server, token)).toEqual([]);
  const { code, signal, said } = await server.ending();
  expect({ code, signal }).toEqual({ code: 66, signal: null });
  expect(said).toContain(GONE);
  expect(said).toContain('was removed while it was in use');
});

test.each(['api,projector,clock', 'projector', 'clock'])(
  'K2 with ROLES=%s and no command at all, another directory in its place is noticed',
  async (roles) => {
    await (await ServerProcess.start(data)).stop();
    const server = await ServerProcess.launch(data, { ROLES: roles });
    renameSync(data, `${data}-away`);
    await (await openEventStore(data, EMBEDDED)).store.close();
    const { code, said } = await server.ending();
    expect(code).toBe(66);
    expect(said).toContain(GONE);
  },
);

test('K5 lock.mdb is deleted under a running server: a second process is refused, the server stops, and then starts again', async () => {
  const server = await ServerProcess.start(data);
  const token = await ops(data, 'token', '--user', 'demo-applicant');
  // Not even time to notice: the process stands still.
  server.sleep();
  rmSync(join(data, 'events', 'lock.mdb'));
  const second = await opsOn(data, 'user', 'add', 'late', '--role', 'applicant', '--display-name', 'Late');
  expect({ code: second.code, stdout: second.stdout }).toEqual({ code: 66, stdout: '' });
  expect(second.stderr).toContain('lock.mdb is not the file that process');
  server.wake();
  expect((await server.ending()).code).toBe(66);
  const again = await ServerProcess.start(data);
  const project = { id: 'gone-after', name: 'Cold store', template: 'small' };
  expect((await again.post('/projects', token, project)).status).toBe(201);
  await again.stop();
});

test('K5 a lock file that was replaced is noticed as well', async () => {
  const server = await ServerProcess.start(data);
  const lock = join(data, 'read-models', 'lock.mdb');
  writeFileSync(`${lock}.new`, '');
  renameSync(`${lock}.new`, lock);
  const { code, said } = await server.ending();
  expect(code).toBe(66);
  expect(said).toContain(`${lock} was replaced by another while it was in use`);
});
