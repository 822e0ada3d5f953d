import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { opsEnd, opsWith } from '../support/ops.js';
import { opsWith as opsProcessWith, ServerProcess } from '../support/server-process.js';

let directory: string;
/** A data directory with demo accounts, and a backup of it. */
let data: string;
let backup: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'backup-e2e-'));
  data = join(directory, 'data');
  backup = join(directory, 'backup');
  await opsWith({ DATA_DIR: data }, 'seed', '--mode', 'none');
  await opsWith({ DATA_DIR: data }, 'backup', backup);
});
afterAll(() => rm(directory, { recursive: true }));

const exported = (place: string) => opsWith({ DATA_DIR: place }, 'export');
const copyOfBackup = async (name: string): Promise<string> => {
  const copy = join(directory, name);
  await cp(backup, copy, { recursive: true });
  return copy;
};
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  await writeFile(path, bytes);
}

describe('K9 backup and restore', () => {
  test('K9 a backup made while a server takes commands is restored, checked, and goes on', async () => {
    const source = join(directory, 'serving');
    const target = join(directory, 'restored');
    const place = join(directory, 'backup-under-load');
    const server = await ServerProcess.start(source);
    const token = await opsWith({ DATA_DIR: source }, 'token', '--user', 'demo-applicant');
    const acknowledged: string[] = [];
    let isOver = false;
    let haveEnough = (): void => undefined;
    const enough = new Promise<void>((resolve) => (haveEnough = resolve));
    let [before, during]: [readonly string[], number] = [[], 0];
    try {
      const write = async (writer: number) => {
        for (let count = 0; !isOver; count += 1) {
          const id = `p-${writer}-${count}`;
          const { status } = await server.post('/projects', token, { id, name: id, template: 'small' });
          if (status !== 201) throw new Error(`${id}: ${status}`);
          acknowledged.push(id);
          if (acknowledged.length === 100) haveEnough();
        }
      };
      const writing = Promise.all([0, 1, 2, 3].map(write));
      await Promise.race([enough, writing]);
      before = [...acknowledged];
      const backedUp = opsProcessWith({ DATA_DIR: source }, 'backup', place).finally(() => {
        isOver = true;
        during = acknowledged.length - before.length;
      });
      const [said] = await Promise.all([backedUp, writing]);
      const manifest = JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8'));
      expect(said).toBe(
        `${manifest.events} events up to position ${manifest.position}, log ${manifest.logId}, chain ${manifest.chain}\n` +
          'read models are not in it: the server fills them anew from the log\n' +
          `backed up to ${place}, SHA-256 ${manifest.digest}`,
      );
    } finally {
      await server.stop();
    }
    expect(during).toBeGreaterThan(0);
    expect((await readdir(place)).sort()).toEqual(['events', 'jwt-secret', 'keys.jsonl', 'manifest.json']);
    expect(await readdir(join(place, 'events'))).toEqual(['data.mdb']);
    const modes = ['', 'events', 'events/data.mdb', 'jwt-secret', 'keys.jsonl', 'manifest.json'];
    expect(await Promise.all(modes.map((name) => modeOf(join(place, name))))).toEqual([
      0o700, 0o700, 0o600, 0o600, 0o600, 0o600,
    ]);

    expect((await opsEnd({ DATA_DIR: target }, 'restore', place)).code).toBe(0);
    expect(await modeOf(target)).toBe(0o700);
    const restored = (await exported(target)).split('\n');
    expect(restored).toEqual((await exported(source)).split('\n').slice(0, restored.length));
    const streams = new Set(restored.map((line) => JSON.parse(line).stream));
    expect(before.filter((id) => !streams.has(`project-${id}`))).toEqual([]);
    expect(await opsWith({ DATA_DIR: target }, 'verify')).toMatch(
      new RegExp(`^log: ${restored.length} events in \\d+ streams, 0 problems\\n`),
    );

    const again = await ServerProcess.start(target);
    try {
      // The key of the tokens came along.
      const more = await again.post('/projects', token, { id: 'more', name: 'more', template: 'small' });
      expect(more.status).toBe(201);
      const { position } = (await more.json()) as { position: string };
      const shown = async (id: string) =>
        (
          await fetch(`${again.url}/api/v1/projects/${id}?after=${position}`, {
            headers: { authorization: `Bearer ${token}` },
          })
        ).status;
      expect(await Promise.all(['more', before[0] ?? '', before.at(-1) ?? ''].map(shown))).toEqual([
        200, 200, 200,
      ]);
    } finally {
      await again.stop();
    }
    expect((await opsEnd({ DATA_DIR: target }, 'verify')).code).toBe(0);
  });

  test('K9 a manifest with one wrong byte is refused and nothing is left', async () => {
    const copy = await copyOfBackup('wrong-manifest');
    const path = join(copy, 'manifest.json');
    const whole = await readFile(path);
    const target = join(directory, 'from-wrong-manifest');
    const places = ['"events": ', '"digest": "', '{\n'];
    for (const place of places) {
      const at = whole.indexOf(place) + place.length;
      await flip(path, at);
      expect(await opsEnd({ DATA_DIR: target }, 'restore', copy)).toEqual({
        code: 1,
        stdout: '',
        stderr: `ops: ${path} was changed after it was written\n`,
      });
      await writeFile(path, whole);
      expect(existsSync(target)).toBe(false);
    }
  });

  test('K9 a folder without a manifest is not a backup', async () => {
    const copy = await copyOfBackup('no-manifest');
    await rm(join(copy, 'manifest.json'));
    const target = join(directory, 'from-no-manifest');
    const { code, stderr } = await opsEnd({ DATA_DIR: target }, 'restore', copy);
    expect([code, stderr.startsWith(`ops: ${copy} is not a backup: `)]).toEqual([1, true]);
    expect(existsSync(target)).toBe(false);
  });

  test.each(['events/data.mdb', 'jwt-secret', 'keys.jsonl'])(
    'K9 a backup with one flipped byte in %s is refused and nothing is left',
    async (name) => {
      const copy = await copyOfBackup(`flipped-${name.replace('/', '-')}`);
      const path = join(copy, name);
      await flip(path, (await stat(path)).size >> 1);
      const target = join(directory, `from-flipped-${name.replace('/', '-')}`);
      const sha256 = async (file: string) =>
        createHash('sha256')
          .update(await readFile(file))
          .digest('hex');
      const refused = {
        code: 1,
        stdout: '',
        stderr: `ops: ${path} is not what was backed up: SHA-256 ${await sha256(path)} instead of ${await sha256(join(backup, name))}\n`,
      };
      expect(await opsEnd({ DATA_DIR: target }, 'restore', copy)).toEqual(refused);
      expect(existsSync(target)).toBe(false);
      await mkdir(target);
      expect(await opsEnd({ DATA_DIR: target }, 'restore', copy)).toEqual(refused);
      expect(await readdir(target)).toEqual([]);
    },
  );

  test('K9 a log that is not the one its manifest names is refused and nothing is left', async () => {
    const copy = await copyOfBackup('other-log');
    const path = join(copy, 'manifest.json');
    const { digest: _, ...manifest } = JSON.parse(await readFile(path, 'utf8'));
    const other = { ...manifest, logId: '0'.repeat(32) };
    const digest = createHash('sha256').update(JSON.stringify(other)).digest('hex');
    await writeFile(path, `${JSON.stringify({ ...other, digest }, null, 2)}\n`);
    const target = join(directory, 'from-other-log');
    expect(await opsEnd({ DATA_DIR: target }, 'restore', copy)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'ops: the restored log is not the one that the manifest names\n',
    });
    expect(existsSync(target)).toBe(false);
  });

  test('K9 neither a backup nor a restore goes into a folder that is not empty', async () => {
    const full = join(directory, 'full');
    await mkdir(full);
    await writeFile(join(full, 'notes.txt'), 'mine');
    const refused = {
      code: 1,
      stdout: '',
      stderr: `ops: ${full} is not empty: choose a directory that is empty or does not exist\n`,
    };
    expect(await opsEnd({ DATA_DIR: full }, 'restore', backup)).toEqual(refused);
    expect(await opsEnd({ DATA_DIR: data }, 'backup', full)).toEqual(refused);
    expect(await readdir(full)).toEqual(['notes.txt']);
    expect(await readFile(join(full, 'notes.txt'), 'utf8')).toBe('mine');
  });

  test('K9 a log in EventStoreDB is left to its own backup', async () => {
    const env = { DATA_DIR: join(directory, 'none'), EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false' };
    const refused = {
      code: 1,
      stdout: '',
      stderr:
        'ops: the log is in EventStoreDB (EVENTSTORE_URL): back it up and restore it by the means of EventStoreDB itself\n',
    };
    expect(await opsEnd(env, 'backup', join(directory, 'not-made'))).toEqual(refused);
    expect(await opsEnd(env, 'restore', backup)).toEqual(refused);
    expect(existsSync(join(directory, 'not-made'))).toBe(false);
  });
});

describe('K9 ops import-events', () => {
  const SAID =
    /^(\d+) events, SHA-256 [0-9a-f]{64}, log [0-9a-f-]+\npositions belong to the log and may differ from those in the file\n$/;

  /** Writes what was exported, compressed or not; returns the file's path. */
  async function fileOf(name: string, content: string | Buffer): Promise<string> {
    const file = join(directory, name);
    await writeFile(file, content);
    return file;
  }

  test('K9 what was exported is imported, from a file, packed or from standard input, and exported the same', async () => {
    const lines = await exported(data);
    const count = String(lines.split('\n').length);
    const plain = await fileOf('events.jsonl', `${lines}\n`);
    const packed = await fileOf('events.jsonl.gz', gzipSync(`${lines}\n`));
    for (const [name, file] of [
      ['of-plain', plain],
      ['of-packed', packed],
    ] as const) {
      const target = join(directory, name);
      const { stdout } = await opsEnd({ DATA_DIR: target }, 'import-events', file);
      expect(SAID.exec(stdout)?.[1]).toBe(count);
      expect(await exported(target)).toBe(lines);
      expect((await opsEnd({ DATA_DIR: target }, 'verify')).code).toBe(0);
    }
    const target = join(directory, 'of-standard-input');
    const child = spawn(process.execPath, ['dist/apps/ops/main.js', 'import-events', '-'], {
      env: { PATH: process.env['PATH'], DATA_DIR: target },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.end(`${lines}\n`);
    expect(SAID.exec(await text(child.stdout))?.[1]).toBe(count);
    expect(await exported(target)).toBe(lines);
  });

  test('K9 a log in EventStoreDB takes them too, with positions of its own', async () => {
    const server = await EventStoreDbServer.start();
    try {
      const lines = await exported(data);
      const file = await fileOf('for-eventstoredb.jsonl', `${lines}\n`);
      const env = { DATA_DIR: join(directory, 'beside'), EVENTSTORE_URL: server.url };
      expect(SAID.exec((await opsEnd(env, 'import-events', file)).stdout)?.[1]).toBe(
        String(lines.split('\n').length),
      );
      const withoutPositions = (all: string) =>
        all.split('\n').map((line) => JSON.stringify({ ...JSON.parse(line), position: null }));
      expect(withoutPositions(await opsWith(env, 'export'))).toEqual(withoutPositions(lines));
    } finally {
      server.stop();
    }
  });

  test('K9 an import that was cut off goes on, and a log that holds anything else is refused', async () => {
    const lines = (await exported(data)).split('\n');
    const whole = await fileOf('whole.jsonl', `${lines.join('\n')}\n`);
    const beginning = await fileOf('beginning.jsonl', `${lines.slice(0, 7).join('\n')}\n`);
    const target = join(directory, 'cut-off');
    await opsWith({ DATA_DIR: target }, 'import-events', beginning);
    expect(SAID.test((await opsEnd({ DATA_DIR: target }, 'import-events', whole)).stdout)).toBe(true);
    expect((await exported(target)).split('\n')).toEqual(lines);
    expect(await opsEnd({ DATA_DIR: target }, 'import-events', whole)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'ops: the log is not empty: it already holds these events\n',
    });

    const other = join(directory, 'other');
    await opsWith({ DATA_DIR: other }, 'seed', '--mode', 'none');
    const before = await exported(other);
    const { code, stderr } = await opsEnd({ DATA_DIR: other }, 'import-events', whole);
    expect([code, stderr.startsWith('ops: the log is not empty: ')]).toEqual([1, true]);
    expect(await exported(other)).toBe(before);
  });

  test('K9 a file with a line that is not an event is refused by its number, before anything is stored', async () => {
    const lines = (await exported(data)).split('\n');
    const last = lines.length;
    const file = await fileOf('cut.jsonl', lines.join('\n').slice(0, -1));
    const target = join(directory, 'of-cut');
    const { code, stderr } = await opsEnd({ DATA_DIR: target }, 'import-events', file);
    expect([code, stderr.startsWith(`ops: line ${last} is not an event: `)]).toEqual([1, true]);
    expect(existsSync(target)).toBe(false);
  });
});
