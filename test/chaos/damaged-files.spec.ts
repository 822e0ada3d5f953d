import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { opsOn } from '../support/ops-process.js';
import { ops, ServerProcess } from '../support/server-process.js';

const READER = fileURLToPath(new URL('image-reader.mjs', import.meta.url));
/** Half of the places are the same in every run, half are not; a run that fails is repeated by the seed it prints. */
const SEEDS = [19, Number(process.env['IMAGE_SEED'] ?? Date.now() % 1_000_000)];
const FLIPS = 200;
const CUTS = 20;
const ZEROED = 20;

const folder = mkdtempSync(join(tmpdir(), 'zhitong-images-'));
const base = join(folder, 'base');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const server = await ServerProcess.start(base, { ROLES: 'api,projector' });
  const applicant = await ops(base, 'token', '--user', 'demo-applicant');
  for (let n = 0; n < 5; n += 1) {
    const project = { id: `image-${n}`, name: `Project ${n}`, template: 'small' };
    expect((await server.post('/projects', applicant, project)).status).toBe(201);
  }
  await server.stop();
});

interface Image {
  readonly file: string;
  readonly change: 'flip' | 'cut' | 'zeros';
  readonly offset: number;
  readonly byte?: number;
  readonly length?: number;
}

/** A sequence that depends on its seed only (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

function imagesOf(file: string, seed: number): Image[] {
  const random = randomOf(seed);
  const { size } = statSync(join(base, file));
  const page = file.startsWith('events') ? 4096 : 8192;
  const some = (count: number, make: () => Image) => Array.from({ length: count / SEEDS.length }, make);
  return [
    ...some(FLIPS, () => ({ file, change: 'flip', offset: random(size), byte: 1 + random(255) })),
    ...some(CUTS, () => ({ file, change: 'cut', offset: random(size) })),
    ...some(ZEROED, () => {
      const offset = random(Math.ceil(size / page)) * page;
      return { file, change: 'zeros', offset, length: Math.min(page, size - offset) };
    }),
  ];
}

/** The process that reads the images; it must live through all of them. */
class Reader {
  private readonly child = spawn(process.execPath, [READER, base, join(folder, 'scratch')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  private readonly ended = once(this.child, 'exit');
  private readonly lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();

  /** How much there is to be read. */
  async counts(): Promise<{ events: number; documents: number }> {
    return JSON.parse(await this.line()) as { events: number; documents: number };
  }

  /** What came of an image. */
  async outcome(image: Image): Promise<string> {
    this.child.stdin.write(`${JSON.stringify(image)}\n`);
    return JSON.parse(await this.line()) as string;
  }

  async stop(): Promise<void> {
    this.child.stdin.end();
    await this.ended;
  }

  private async line(): Promise<string> {
    const { value, done } = await this.lines.next();
    if (!done) return value;
    const [code, signal] = (await this.ended) as [number | null, string | null];
    throw new Error(`the process that reads ended with ${signal ?? code}`);
  }
}

const FILES = ['events/data.mdb', 'read-models/data.mdb', 'events/lock.mdb', 'read-models/lock.mdb'];
/** A test takes a part of a file's images: none of them has long to run, however busy the machine is. */
const PARTS = 8;
const parts = FILES.flatMap((file) => Array.from({ length: PARTS }, (_, part) => ({ file, part: part + 1 })));

describe(`K4 damaged files, seeds ${SEEDS.join(' and ')}`, () => {
  let reader: Reader;
  const outcomes = new Map<string, string[]>(FILES.map((file) => [file, []]));
  beforeAll(async () => {
    reader = new Reader();
    const { events, documents } = await reader.counts();
    expect(Math.min(events, documents)).toBeGreaterThan(100);
  });
  afterAll(() => reader.stop());

  test.each(parts)(
    `K4 ${FLIPS} flipped bytes, ${CUTS} cuts and ${ZEROED} zeroed pages of $file, part $part of ${PARTS}: nothing wrong is served, nothing is lost silently, no signal`,
    async ({ file, part }) => {
      const images = SEEDS.flatMap((seed) => imagesOf(file, seed)).filter((_, at) => at % PARTS === part - 1);
      const wrong: object[] = [];
      for (const image of images) {
        const outcome = await reader.outcome(image);
        outcomes.get(file)?.push(outcome);
        if (outcome.startsWith('WRONG')) wrong.push({ image, outcome });
      }
      expect(wrong).toEqual([]);
    },
  );

  test('K4 an unused lock file is made anew, and damage of a data file is found', () => {
    for (const file of FILES) {
      const of = outcomes.get(file) ?? [];
      expect(of).toHaveLength(FLIPS + CUTS + ZEROED);
      const met = of.filter((outcome) => outcome !== 'equal').length;
      if (file.endsWith('lock.mdb')) expect(met).toBe(0);
      else expect(met).toBeGreaterThan(CUTS / 2);
      if (process.env['SHOW_IMAGES']) process.stderr.write(`${file}: ${JSON.stringify(tally(of))}\n`);
    }
  });
});

function tally(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) {
    const kind = outcome.split(':')[0] ?? '';
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** A copy of the base for a server of its own. */
function copyOfBase(name: string): string {
  const place = join(folder, name);
  cpSync(base, place, { recursive: true });
  return place;
}

describe('K4 a server on damaged files', () => {
  test('K4 ends with 65 and one sentence where the log is damaged', async () => {
    const place = copyOfBase('log');
    const path = join(place, 'events', 'data.mdb');
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0, 4096, 8192));
    const said = `the log is damaged: ${path}: page 1 is not a meta page but of kind 0`;
    await expect(ServerProcess.launch(place)).rejects.toThrow(`the server ended with 65:\n${said}\n`);
    expect(await opsOn(place, 'verify')).toEqual({ code: 65, stdout: '', stderr: `ops: ${said}\n` });
  });

  test('K4 builds damaged read models anew, as a rebuild confirms', async () => {
    const place = copyOfBase('models');
    const path = join(place, 'read-models', 'data.mdb');
    truncateSync(path, 5 * 8192);
    expect(await opsOn(place, 'verify')).toMatchObject({
      code: 65,
      stderr: expect.stringMatching(
        /^ops: the read models are damaged: .*; the server builds them anew when it is started\n$/,
      ),
    });
    const server = await ServerProcess.start(place, { ROLES: 'api,projector' });
    await server.stop();
    expect(existsSync(join(place, 'read-models.damaged', 'data.mdb'))).toBe(true);
    expect(await opsOn(place, 'verify')).toMatchObject({ code: 0 });
  });

  test('K4 what breaks under a running server is named by the next start', async () => {
    const place = copyOfBase('running');
    const path = join(place, 'events', 'data.mdb');
    const server = await ServerProcess.start(place, { ROLES: 'api,projector' });
    truncateSync(path, 4096);
    await server.kill();
    await expect(ServerProcess.launch(place)).rejects.toThrow(
      `the server ended with 65:\nthe log is damaged: ${path}: the file has 4096 bytes, fewer than its two meta pages\n`,
    );
  });
});
