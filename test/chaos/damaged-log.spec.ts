import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openLmdbEventStore } from '#libs/engine/store-lmdb';
import { event } from '#libs/engine/event-sourcing-testing';
import { flipped, oldEntry, putRaw, rawEntries } from '../../libs/engine/store-lmdb/testing/raw-log.js';
import { opsProcess } from '../support/server-process.js';

let home: string;
/** Five events in three entries: 0 and 1 of the streams a and b, 2 and 3 of a, 4 of b. */
let whole: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'zhitong-damaged-log-'));
  whole = join(home, 'whole');
  const store = await openLmdbEventStore(whole);
  await Promise.all([store.append('a', null, [event('a0')]), store.append('b', null, [event('b0')])]);
  await store.append('a', 0n, [event('a1'), event('a2')]);
  await store.append('b', 0n, [event('b1')]);
  await store.close();
  expect([...(await rawEntries(whole)).keys()]).toEqual([0, 2, 4]);
});
afterAll(() => rm(home, { recursive: true }));

const ops = (place: string, ...args: string[]) =>
  opsProcess({ DATA_DIR: place }, args).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, stdout, stderr };
    },
  );

/** The log with one entry changed; what is written of it, and the last line of `verify` about the log. */
async function changed(name: string, position: number, change: (bytes: Buffer) => Buffer | null) {
  const place = join(home, name);
  await cp(whole, place, { recursive: true });
  const bytes = (await rawEntries(place)).get(position);
  if (!bytes) throw new Error(`there is an entry at ${position}`);
  await putRaw(place, position, change(bytes));
  const verify = await ops(place, 'verify');
  const exported = await ops(place, 'export', '--skip-broken');
  const positions = exported.stdout
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line).position]));
  return {
    verify: { ...verify, stdout: verify.stdout.split('\n').slice(1) },
    exported: { ...exported, stdout: positions },
  };
}

const told = (problem: string, sentence: string) => ({
  code: 65,
  stdout: [`  ${problem}`, ''],
  stderr: `ops: the log is damaged at ${sentence}\n`,
});

test('K4 ops verify says which log it is and where its chain ends, and finds nothing wrong with a whole one', async () => {
  const last = (await rawEntries(whole)).get(4);
  const { code, stdout } = await ops(whole, 'verify');
  expect(code).toBe(0);
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    'log: 5 events in 2 streams, 0 problems',
    `log ${last?.toString('hex', 40, 56)}: 3 entries, chain ${last?.toString('hex', 8, 40)}`,
  ]);
});

test('K4 ops verify names position and stream of a damaged event, and export leaves out that one alone', async () => {
  const wrong = 'the checksum of the event is wrong';
  expect(await changed('event', 2, (bytes) => flipped(bytes, bytes.lastIndexOf('a2')))).toEqual({
    verify: told(`position 3, stream a: ${wrong}`, `position 3, stream a: ${wrong}`),
    exported: {
      code: 0,
      stdout: ['0', '1', '2', '4'],
      stderr: `left out: position 3, stream a: ${wrong}\n`,
    },
  });
});

test('K4 of a damaged entry all positions are named; of one that is gone too', async () => {
  const wrong = 'the checksum of its entry is wrong';
  expect(await changed('entry', 2, (bytes) => flipped(bytes, 10))).toEqual({
    verify: told(`positions 2 to 3, stream a: ${wrong}`, `position 2, stream a: ${wrong}`),
    exported: {
      code: 0,
      stdout: ['0', '1', '4'],
      stderr: `left out: positions 2 to 3, stream a: ${wrong}\n`,
    },
  });
  const gone = 'there is no entry that holds it';
  expect(await changed('gone', 2, () => null)).toEqual({
    verify: told(`positions 2 to 3: ${gone}`, `position 2: ${gone}`),
    exported: { code: 0, stdout: ['0', '1', '4'], stderr: `left out: positions 2 to 3: ${gone}\n` },
  });
});

test('K4 an entry that was rewritten with new checksums is found by the chain; the first format does not evade it', async () => {
  const other = join(home, 'other');
  const store = await openLmdbEventStore(other);
  await store.append('x', null, [event('x0'), event('x1')]);
  await store.append('a', null, [event('A0'), event('A1'), event('A2')]);
  await store.close();
  const foreign = (await rawEntries(other)).get(2);
  if (!foreign) throw new Error('there is an entry');
  const another = 'its entry is one of another log';
  expect((await changed('foreign', 2, () => foreign)).verify).toEqual({
    ...told(`position 2, stream a: ${another}`, `position 2, stream a: ${another}`),
    stdout: expect.arrayContaining([`  position 2, stream a: ${another}`]),
  });
  const unchecked = 'its entry has no checksums, and those before it have';
  const old = oldEntry([{ stream: 'a', firstRevision: 1, events: [event('a1'), event('A2')] }]);
  expect((await changed('old', 2, () => old)).verify).toEqual({
    code: 65,
    stdout: [
      '1 entries are of the first format, without checksums',
      `  position 2, stream a: ${unchecked}`,
      expect.stringMatching(/^ {2}position 4, stream b: its chain does not go on from the entries before it/),
      '',
    ],
    stderr: `ops: the log is damaged at position 2, stream a: ${unchecked}\n`,
  });
});
