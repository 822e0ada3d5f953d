import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openLmdbEventStore } from '#libs/engine/store-lmdb';
import { flipped, putRaw, rawEntries } from '../../libs/engine/store-lmdb/testing/raw-log.js';
import { opsProcess, ServerProcess } from '../support/server-process.js';

const root = new URL('../..', import.meta.url).pathname;
const ROLES = ['api', 'projector', 'clock', 'api,projector,clock'];

let home: string;
/** A system whose read models have seen all of its log. */
let whole: string;
/** Its log as it was some events before. */
let older: string;
/** A system of its own, which began with the same commands. */
let other: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'zhitong-other-log-'));
  [whole, older, other] = [join(home, 'whole'), join(home, 'older'), join(home, 'other')];
  for (const place of [whole, other]) await ops(place, 'seed', '--mode', 'catalogue');
  await cp(whole, older, { recursive: true });
  await ops(whole, 'user', 'add', 'late', '--role', 'leader', '--display-name', 'Late');
  await ops(whole, 'rebuild');
});
afterAll(() => rm(home, { recursive: true }));

/** What the command line says, and how it ends. */
const ops = (place: string, ...args: string[]) =>
  opsProcess({ DATA_DIR: place }, args).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  );

/** A server that ends by itself: with which code, and what it said. */
const ended = (place: string, roles: string) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'dist/apps/server/main.js')],
      {
        cwd: root,
        env: {
          PATH: process.env['PATH'],
          DATA_DIR: place,
          SEED: 'catalogue',
          PORT: '0',
          OPS_PORT: '0',
          LOG_LEVEL: 'warn',
          ROLES: roles,
        },
      },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });

async function lastPosition(place: string): Promise<bigint | null> {
  const store = await openLmdbEventStore(place);
  try {
    return await store.lastPosition();
  } finally {
    await store.close();
  }
}

/** The whole system with another log in the place of its own; null = none at all. */
async function withLog(name: string, from: string | null): Promise<string> {
  const place = join(home, name);
  await cp(whole, place, { recursive: true });
  await rm(join(place, 'events'), { recursive: true });
  if (from !== null) await cp(join(from, 'events'), join(place, 'events'), { recursive: true });
  return place;
}

const MODELS = [
  'the read models were not filled from this log',
  'Restore the log that belongs to them',
] as const;
const NOTE = ['this log lacks what was acknowledged', 'Restore its newest copy'] as const;

const sentence = ([found, advice]: typeof MODELS | typeof NOTE, reason: string) =>
  new RegExp(
    `^${found}: ${reason}. ${advice}; ` +
      'if this log is the right one, stop every server and run: npm run ops -- rebuild --accept-log\\n$',
  );

/** The note of what was acknowledged is gone: what is left to compare with are the read models. */
async function withoutNote(place: string): Promise<string> {
  await rm(join(place, 'log-end'));
  return place;
}

/** Every role, and a command of `ops`, refuse to start, and the log stays as it was. */
async function expectRefused(
  place: string,
  foundBy: typeof MODELS | typeof NOTE,
  reason: string,
): Promise<void> {
  const before = await lastPosition(place);
  for (const roles of ROLES) {
    const { code, stdout, stderr } = await ended(place, roles);
    expect({ roles, code, stdout, stderr }).toEqual({
      roles,
      code: 66,
      stdout: '',
      stderr: expect.stringMatching(sentence(foundBy, reason)),
    });
  }
  const added = await ops(place, 'user', 'add', 'new', '--role', 'leader', '--display-name', 'New');
  expect(added).toMatchObject({
    code: 66,
    stdout: '',
    stderr: expect.stringMatching(new RegExp(`^ops: ${foundBy[0]}: `)),
  });
  expect(await lastPosition(place)).toBe(before);
}

test.each([
  ['missing', () => withLog('missing', null), 'it is empty'],
  ['emptied', async () => emptied(await withLog('emptied', null)), 'it is empty'],
  [
    'an older copy',
    () => withLog('restored', older),
    'it ends at position \\d+, they have seen position \\d+',
  ],
  [
    'another system’s',
    () => withLog('replaced', other),
    'it is [0-9a-f]{32}, they were filled from [0-9a-f]{32}',
  ],
])(
  'K3 where the log is %s, no role starts: nothing is seeded, and one sentence says what to do',
  async (_, prepare, reason) => {
    await expectRefused(await withoutNote(await prepare()), MODELS, reason);
  },
);

test('K3 where the log lacks what was acknowledged after the last checkpoint, no role starts', async () => {
  // No projector runs: the read models have seen nothing of it.
  const place = join(home, 'unseen');
  await cp(whole, place, { recursive: true });
  await ops(place, 'user', 'add', 'unseen', '--role', 'leader', '--display-name', 'Unseen');
  await rm(join(place, 'events'), { recursive: true });
  await cp(join(whole, 'events'), join(place, 'events'), { recursive: true });
  await expectRefused(place, NOTE, 'it ends at position \\d+, position \\d+ was acknowledged');
});

test.each([
  ['missing', null, 'it is empty'],
  ['another system’s', 'other', 'it is [0-9a-f]{32}, that was in [0-9a-f]{32}'],
])(
  'K3 where the log is %s and there are no read models, the note of what was acknowledged ends the start',
  async (_, from, reason) => {
    const place = await withLog(`note-${from}`, from === null ? null : other);
    await rm(join(place, 'read-models'), { recursive: true });
    await expectRefused(place, NOTE, reason);
  },
);

async function emptied(place: string): Promise<string> {
  expect(await lastPosition(place)).toBeNull();
  return place;
}

test('K4 where the event at a checkpoint is damaged, no role starts: it cannot be said whether the log is the right one', async () => {
  const place = join(home, 'damaged');
  await cp(whole, place, { recursive: true });
  const [first, bytes] = [...(await rawEntries(place))].at(-1) ?? [];
  if (first === undefined || bytes === undefined) throw new Error('the log is empty');
  await putRaw(place, first, flipped(bytes, bytes.lastIndexOf('Late')));
  for (const roles of ROLES) {
    const { code, stdout, stderr } = await ended(place, roles);
    expect({ roles, code, stdout, stderr }).toEqual({
      roles,
      code: 65,
      stdout: '',
      stderr: `the log is damaged at position ${first}, stream account-late: the checksum of the event is wrong\n`,
    });
  }
});

test('K3 the log is the right one when an operator says so: the read models are thrown away and made anew', async () => {
  const place = await withLog('accepted', other);
  expect(await ops(place, 'rebuild')).toMatchObject({ code: 66, stdout: '' });
  expect(await ops(place, 'rebuild', 'timeline', '--accept-log')).toMatchObject({
    code: 1,
    stderr:
      'ops: --accept-log discards all read models: it cannot be combined with a name or with --dry-run\n',
  });
  expect(await ops(place, 'rebuild', '--accept-log')).toMatchObject({ code: 0 });
  const server = await ServerProcess.start(place, { SEED: 'catalogue' });
  await server.stop();
  expect(await ops(place, 'verify')).toMatchObject({ code: 0 });
});
