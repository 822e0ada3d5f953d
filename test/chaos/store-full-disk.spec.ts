import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';

const WRITER = fileURLToPath(new URL('store-full-disk.mjs', import.meta.url));
const MEGABYTE = 1 << 20;

const directory = mkdtempSync(join(tmpdir(), 'zhitong-full-disk-'));
const mounted = mountSmallDisk();
afterAll(() => {
  if (mounted) execFileSync('umount', [directory]);
  rmSync(directory, { recursive: true });
});

/** A file system of 12 MB in memory, to be filled. Only root may mount one. */
function mountSmallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', directory], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface Result {
  readonly full: readonly { stream: string; stored: number; error: string }[];
  readonly whileFull: Readonly<Record<string, number>>;
  readonly afterwards: Readonly<Record<string, number>>;
}

const withSmallDisk = mounted ? test : test.skip;
withSmallDisk(
  'K1 a full disk refuses, loses nothing, and is written to again when there is room (skipped where mounting is forbidden)',
  async () => {
    const ballast = join(directory, 'ballast');
    writeFileSync(ballast, Buffer.alloc(6 * MEGABYTE));
    const { stdout } = await promisify(execFile)(process.execPath, [WRITER, directory, ballast]);
    const result = JSON.parse(stdout) as Result;
    const stored = Object.fromEntries(
      result.full.filter((writer) => writer.stored > 0).map((writer) => [writer.stream, writer.stored]),
    );
    expect(result).toEqual({
      full: Array.from({ length: 8 }, (_, writer) => ({
        stream: `writer-${writer}`,
        stored: stored[`writer-${writer}`],
        error: 'StoreFull',
      })),
      whileFull: stored,
      saved: 'StoreFull',
      document: 1,
      checkpoint: 1,
      again: Array.from({ length: 8 }, () => true),
      afterwards: Object.fromEntries(Object.entries(stored).map(([stream, count]) => [stream, count + 1])),
      savedAfterwards: 3,
      unexpected: [],
    });
  },
);
