import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from './config.js';
import { InvalidConfig } from './invalid-config.js';
import { lockReadModels } from './one-keeper.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-keeper-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const file = () => join(directory, 'projector.json');
const keeper = (): unknown => JSON.parse(readFileSync(file(), 'utf8'));
const SAYS_WHEN = existsSync('/proc/self/stat');
const startedOf = (pid: number) =>
  SAYS_WHEN ? (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? null) : null;
const embeddedIn = (place: string) => readConfig({ DATA_DIR: place });
const own = () => ({ pid: process.pid, started: startedOf(process.pid) });

test('the first process keeps the read models, and may open them again', () => {
  lockReadModels(embeddedIn(join(directory, 'new')));
  lockReadModels(embeddedIn(directory));
  const release = lockReadModels(embeddedIn(directory));
  expect(keeper()).toEqual(own());
  release();
  expect(existsSync(file())).toBe(false);
});

test('while that process runs, another is refused with the first one’s id', () => {
  const running = { pid: process.ppid, started: startedOf(process.ppid) };
  writeFileSync(file(), JSON.stringify(running));
  const refused = () => lockReadModels(embeddedIn(directory));
  expect(refused).toThrow(InvalidConfig);
  expect(refused).toThrow(
    `DATA_DIR ${directory} has its read models kept by process ${process.ppid} already`,
  );
  expect(keeper()).toEqual(running);
});

test.each([
  ['a process that has ended', () => JSON.stringify({ pid: spawnSync('true').pid, started: null })],
  ['a file that was cut off', () => '{"pid":'],
])('%s keeps nothing', (_, content) => {
  writeFileSync(file(), content());
  lockReadModels(embeddedIn(directory));
  expect(keeper()).toEqual(own());
});

(SAYS_WHEN ? test : test.skip)('a process whose number another has now keeps nothing', () => {
  writeFileSync(file(), JSON.stringify({ pid: process.ppid, started: '1' }));
  lockReadModels(embeddedIn(directory));
  expect(keeper()).toEqual(own());
});

test('read models in MongoDB have no keeper', () => {
  lockReadModels(readConfig({ DATA_DIR: directory, MONGODB_URL: 'mongodb://db.example' }))();
  expect(existsSync(file())).toBe(false);
});
