import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { jwtSecretOf } from '#libs/county/identity';
import { openStores } from './open-stores.js';
import { makePrivate } from './private-directory.js';

let place: string;
let umask: number;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'zhitong-private-'));
  umask = process.umask();
});
afterEach(() => {
  process.umask(umask);
  rmSync(place, { recursive: true });
});

const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);

/** The modes of everything below a directory, and its own. */
function modesIn(directory: string): ReadonlySet<string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const paths = [directory, ...names.map((name) => join(directory, name))];
  return new Set(
    paths.map((path) => `${statSync(path).isDirectory() ? 'directory' : 'file'} ${modeOf(path)}`),
  );
}

test.each([0o000, 0o022, 0o077])('D15 with the umask %i all data are their owner’s alone', async (mask) => {
  process.umask(mask);
  const data = join(place, 'data');
  const stores = await openStores(data);
  await jwtSecretOf(data);
  expect(modesIn(data)).toEqual(new Set(['directory 700', 'file 600']));
  await stores.readStore.close();
  await stores.eventStore.close();
});

test('D15 a directory that was open to others is closed to them, with all that is this program’s in it', async () => {
  const data = join(place, 'data');
  const stores = await openStores(data);
  await stores.readStore.close();
  await stores.eventStore.close();
  writeFileSync(join(data, 'projector.json'), '{}');
  const names = readdirSync(data, { recursive: true, encoding: 'utf8' });
  for (const path of [data, ...names.map((name) => join(data, name))])
    chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644);
  makePrivate(data);
  expect(modesIn(data)).toEqual(new Set(['directory 700', 'file 600']));
});

test('D15 files that are not this program’s, or are elsewhere behind a link, keep their mode', () => {
  const data = join(place, 'data');
  const elsewhere = join(place, 'elsewhere');
  mkdirSync(data);
  for (const file of [elsewhere, join(data, 'notes.txt')]) {
    writeFileSync(file, '');
    chmodSync(file, 0o644);
  }
  symlinkSync(elsewhere, join(data, 'jwt-secret'));
  makePrivate(data);
  expect([elsewhere, join(data, 'notes.txt'), data].map(modeOf)).toEqual(['644', '644', '700']);
});

test('D15 a directory that is shared is refused with one sentence', () => {
  chmodSync(place, 0o1777);
  expect(() => makePrivate(place)).toThrow(
    `DATA_DIR ${place} is shared with others: choose a directory of its own`,
  );
  expect(modeOf(place)).toBe('1777');
});
