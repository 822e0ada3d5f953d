import 'reflect-metadata';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdbEventStore } from '#libs/engine/store-lmdb';
import { InvalidConfig } from '#libs/shell/system';
import { rebuildCommand, type RebuildCommandOptions } from './rebuild.command.js';

let directory: string;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rebuild-command-'));
  await (await openLmdbEventStore(directory)).close();
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

const rebuild = (options: RebuildCommandOptions = {}) =>
  rebuildCommand('departments', { dataDir: directory, ...options }, new AbortController().signal);

test('while a server keeps the read models, they may be compared with a rebuild and not replaced by it', async () => {
  await rebuild();
  const file = join(directory, 'projector.json');
  const server = JSON.stringify({ pid: process.ppid, started: null });
  writeFileSync(file, server);
  await expect(rebuild()).rejects.toThrow(InvalidConfig);
  await expect(rebuild()).rejects.toThrow(`kept by process ${process.ppid} already`);
  await rebuild({ dryRun: true });
  expect(readFileSync(file, 'utf8')).toBe(server);
});
