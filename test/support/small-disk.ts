import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of a few megabytes in memory, which can be filled. Only root may mount one. */
export class SmallDisk {
  private constructor(readonly directory: string) {}

  /** Null where mounting is forbidden. */
  static mount(megabytes: number): SmallDisk | null {
    const directory = mkdtempSync(join(tmpdir(), 'zhitong-small-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory], {
        stdio: 'ignore',
      });
      return new SmallDisk(directory);
    } catch {
      rmSync(directory, { recursive: true });
      return null;
    }
  }

  /** Fills the disk to the last byte. The returned function makes room again. */
  fill(): () => void {
    const ballast = join(this.directory, 'ballast');
    const file = openSync(ballast, 'w');
    const block = Buffer.alloc(4096);
    try {
      for (;;) writeSync(file, block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
    return () => rmSync(ballast);
  }

  unmount(): void {
    execFileSync('umount', [this.directory]);
    rmSync(this.directory, { recursive: true });
  }
}

export const mayMount = ((): boolean => {
  const disk = SmallDisk.mount(1);
  disk?.unmount();
  return disk !== null;
})();
