import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ServerProcess } from '../support/server-process.js';

const run = promisify(execFile);
const root = new URL('../..', import.meta.url).pathname;
const program = readFileSync(join(root, 'libs/client/tour.ts'), 'utf8');

let directory: string;
let server: ServerProcess;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-tour-'));
  server = await ServerProcess.start(directory, { SEED: 'sample' });
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

test('22 the tour is a program of at most 40 lines that casts nothing, and its types are right', async () => {
  expect(program.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  expect(program).not.toMatch(/\bas (?!for )[A-Za-z]|\bany\b|@ts-|<any>|\w!\W/);
  const { stdout } = await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'libs/client'], {
    cwd: root,
  });
  expect(stdout).toBe('');
});

test('22 the tour runs against a server with the sample log, and is refused once, where the law says so', async () => {
  const { stdout } = await run(process.execPath, ['dist/libs/client/tour.js', 'tour-1'], {
    cwd: root,
    env: { PATH: process.env['PATH'], DATA_DIR: directory, ZHITONG_URL: server.url },
  });
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^409 application\.\S+: .*\(行政许可法 Art\. 32/);
  expect(lines.filter((line) => line.startsWith('tour-1-LX-06 '))).toEqual(
    [
      'ApplicationSubmitted',
      'SupplementRequested',
      'SupplementSubmitted',
      'ApplicationAccepted',
      'ReviewerAssigned',
      'StepRecorded',
      'ApplicationEscalated',
      'ApplicationApproved',
      'DecisionDelivered',
    ].map((type) => `tour-1-LX-06 ${type}`),
  );
  // 1,434 cases of the sample log, each a project of its own, and this one.
  expect(lines.at(-1)?.split(' ')[2]).toBe('1435');
});
