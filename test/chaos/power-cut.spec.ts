import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const IMAGES = 150;
const APPENDS = 400;
const SEED = Number(process.env['IMAGE_SEED'] ?? Date.now() % 1_000_000);

const folder = mkdtempSync(join(tmpdir(), 'zhitong-power-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const shim = built();

/** The recorder as a library; null if there is no C compiler, or the system cannot load it. */
function built(): string | null {
  if (process.platform !== 'linux') return null;
  const library = join(folder, 'power-cut-shim.so');
  try {
    const from = path('power-cut-shim.c');
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, from, '-ldl', '-lpthread'], {
      stdio: 'pipe',
    });
    return library;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

const withCompiler = shim === null ? test.skip : test;
withCompiler(
  `K11 ${IMAGES} power cuts, seed ${SEED}: all that was acknowledged is there, whole and in order, and nothing half (skipped where there is no C compiler)`,
  async () => {
    const data = join(folder, 'data');
    const log = join(folder, 'log');
    mkdirSync(data);
    const { signal } = spawnSync(process.execPath, [path('power-cut-writer.mjs'), data, `${APPENDS}`], {
      env: { ...process.env, LD_PRELOAD: shim ?? '', POWER_CUT_DIR: data, POWER_CUT_LOG: log },
      stdio: 'inherit',
    });
    expect(signal).toBe('SIGKILL');
    const args = [path('power-cut-reader.mjs'), log, join(folder, 'scratch'), `${IMAGES}`, `${SEED}`];
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 << 20 });
    const images = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { end: number; acknowledged: number; wrong: string[] });
    expect(images.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    expect(images).toHaveLength(IMAGES);
    // The recorder has seen the writing: some image was cut off after hundreds of acknowledgements.
    expect(Math.max(...images.map(({ acknowledged }) => acknowledged))).toBeGreaterThan(APPENDS / 2);
  },
);
