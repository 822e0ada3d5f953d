import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type NewEvent } from '#libs/engine/event-sourcing';
import { EMBEDDED, openEventStore } from '#libs/shell/system';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { opsEnd, opsWith } from '../support/ops.js';
import { beginningOfSample } from '../support/sample.js';

const root = new URL('../..', import.meta.url).pathname;
const program = join(root, 'dist/apps/ops/main.js');

let directory: string;
let server: EventStoreDbServer;

/** Variables of a data directory with the log in EventStoreDB. */
const variables = (data: string, prefix: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  DATA_DIR: join(directory, data),
  EVENTSTORE_URL: server.url,
  EVENTSTORE_STREAM_PREFIX: prefix,
});

const migrate = (env: Record<string, string>, from: string, to: string) =>
  opsEnd(env, 'migrate', '--from', from, '--to', to);

/** Every event of a log without its position, in order. */
async function content(env: Record<string, string>, embedded: boolean): Promise<object[]> {
  const lines = await opsWith(embedded ? { ...env, EVENTSTORE_URL: '' } : env, 'export');
  return lines.split('\n').map((line) => ({ ...(JSON.parse(line) as object), position: null }));
}

const stored = (prefix: string) => server.log.events.filter(({ stream }) => stream.startsWith(prefix)).length;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'migrate-e2e-'));
  server = await EventStoreDbServer.start();
  const log = await beginningOfSample(directory, 800);
  const env = { ...variables('first', 'none-'), EVENTSTORE_URL: '' };
  await opsWith(env, 'import', log, '--mapping', 'data/mappings/receipt.yaml');
});
afterAll(async () => {
  server.stop();
  await rm(directory, { recursive: true });
});

describe('ops migrate', () => {
  test('copies to EventStoreDB, interrupted on the way, and back into another directory', async () => {
    const env = variables('first', 'a-');
    const child = spawn(
      process.execPath,
      [program, 'migrate', '--from', 'embedded', '--to', 'eventstoredb'],
      {
        cwd: root,
        env,
        stdio: 'ignore',
      },
    );
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    while (stored('a-') < 50) await delay(5);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    const before = stored('a-');
    const events = (await content(env, true)).length;
    expect(before).toBeLessThan(events);

    const resumed = await migrate(env, 'embedded', 'eventstoredb');
    const digest = /SHA-256 ([0-9a-f]{64})/.exec(resumed.stdout)?.[1];
    expect(resumed).toEqual({
      code: 0,
      stdout:
        `${events - before} events copied, ${before} were there\n` +
        `${events} events in embedded and in eventstoredb, SHA-256 ${digest}\n`,
      stderr: '',
    });
    expect(await content(env, false)).toEqual(await content(env, true));

    const back = variables('second', 'a-');
    const first = spawn(
      process.execPath,
      [program, 'migrate', '--from', 'eventstoredb', '--to', 'embedded'],
      {
        cwd: root,
        env: back,
        stdio: 'ignore',
      },
    );
    const killed = new Promise((resolve) => first.once('exit', resolve));
    const { store } = await openEventStore(join(directory, 'second'), EMBEDDED);
    while ((await store.lastPosition()) === null) await delay(5);
    first.kill('SIGKILL');
    await killed;
    const there = Number((await store.lastPosition()) ?? -1n) + 1;
    await store.close();
    expect(await migrate(back, 'eventstoredb', 'embedded')).toEqual({
      code: 0,
      stdout:
        `${events - there} events copied, ${there} were there\n` +
        `${events} events in eventstoredb and in embedded, SHA-256 ${digest}\n`,
      stderr: '',
    });
    expect(await content(back, true)).toEqual(await content(env, true));
  });

  test('does not touch a target that holds something else', async () => {
    const env = variables('first', 'b-');
    const { store } = await openEventStore(env['DATA_DIR'] ?? '', {
      ...EMBEDDED,
      eventStoreUrl: server.url,
      streamPrefix: 'b-',
    });
    const [source] = server.log.events.filter(({ stream }) => stream.startsWith('a-'));
    const event: NewEvent = {
      id: source?.id ?? '',
      type: 'StepRecorded',
      version: 1,
      data: {},
      metadata: JSON.parse(Buffer.from(source?.metadata ?? []).toString()),
    };
    await store.append('application-x', null, [event]);
    await store.close();
    const refused = await migrate(env, 'embedded', 'eventstoredb');
    expect(refused).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^ops: the target holds another event than the source: application-x revision 0, where /,
      ),
    });
    expect(stored('b-')).toBe(1);
  });

  test('says what is missing', async () => {
    const env = variables('first', 'a-');
    expect(await migrate(env, 'embedded', 'embedded')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'ops: --from and --to are both embedded\n',
    });
    expect(await migrate({ ...env, EVENTSTORE_URL: '' }, 'embedded', 'eventstoredb')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'ops: EVENTSTORE_URL must be set\n',
    });
    expect(await migrate(variables('nothing', 'a-'), 'embedded', 'eventstoredb')).toEqual({
      code: 1,
      stdout: '',
      stderr: `ops: ${join(directory, 'nothing')} holds no data (set --data-dir or DATA_DIR)\n`,
    });
  });
});
