import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type RootDatabase } from 'lmdb';
import { DeadReaders } from './dead-readers.js';
import { openEnvironment } from './environment.js';

let directory: string;
let root: RootDatabase;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dead-readers-'));
  root = openEnvironment(directory, 'read-models', { durable: false, readOnly: false });
});
afterEach(async () => {
  await root.close();
  rmSync(directory, { recursive: true });
});

/** Opens the environment, reads, says so, and holds what it reads until it is killed. */
const READER = `
  import { open } from 'lmdb';
  const root = open({ path: process.argv[1], readOnly: true });
  root.useReadTransaction();
  root.get('a');
  process.stdout.write('reading');
  setInterval(() => undefined, 1_000);
`;

async function killedReader(): Promise<number> {
  const args = ['--input-type=module', '--eval', READER, join(directory, 'read-models')];
  const reader = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(reader.stdout, 'data');
  reader.kill('SIGKILL');
  await once(reader, 'exit');
  return reader.pid ?? 0;
}

const readers = (): readonly number[] =>
  root
    .readerList()
    .split('\n')
    .slice(1)
    .flatMap((line) => (line.trim() === '' ? [] : [Number.parseInt(line, 10)]));

test('a killed reader is forgotten by the next look, and not before its time', async () => {
  await root.put('a', Buffer.from('1'));
  const [slow, quick] = [new DeadReaders(root), new DeadReaders(root, 0)];
  const pid = await killedReader();
  expect(readers()).toContain(pid);
  slow.forget();
  expect(readers()).toContain(pid);
  quick.forget();
  expect(readers()).not.toContain(pid);
});
