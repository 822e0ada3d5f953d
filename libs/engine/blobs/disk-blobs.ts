import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { type BlobStore, type ByteRange, DIGEST, type Digest, type KeptBlob } from './blob-store.js';
import { BlobMissing } from './blob-store.js';
import { isMissing, storeErrorOf } from './disk-errors.js';

/** In a folder of contents: names that are being given or taken away. */
const UNFINISHED = 'unfinished';
const PREFIX = /^[0-9a-f]{2}$/;

/**
 * Contents as files of a folder, in subfolders by the first two digits of their digests. A content gets its name whole: by a link to
 * the file that was received, flushed before, and put into place by a rename. The folder is flushed before it is said to be kept.
 */
export class DiskBlobs implements BlobStore {
  constructor(private readonly folder: string) {}

  async keep(file: string, sha256: Digest): Promise<void> {
    try {
      const place = join(this.folder, sha256.slice(0, 2));
      const isNew = (await mkdir(place, { recursive: true, mode: 0o700 })) !== undefined;
      if (isNew) await flushFolder(this.folder);
      const named = await this.unfinished();
      await link(file, named);
      // A file that was kept before, and is damaged or about to be swept, is replaced: its age begins anew.
      await utimes(named, new Date(), new Date());
      await rename(named, join(place, sha256));
      // Where both are the same file already, rename leaves both names.
      await rm(named, { force: true });
      await flushFolder(place);
    } catch (error) {
      throw storeErrorOf(error);
    }
  }

  async find(sha256: Digest): Promise<KeptBlob | null> {
    try {
      const { size, mtimeMs } = await stat(this.pathOf(sha256));
      return { sha256, bytes: size, keptAt: mtimeMs };
    } catch (error) {
      if (isMissing(error)) return null;
      throw storeErrorOf(error);
    }
  }

  async read(sha256: Digest, range?: ByteRange): Promise<Readable> {
    // Opened before it is answered, so that what is missing is an error and not half an answer.
    const file = await open(this.pathOf(sha256), 'r').catch((error: unknown) => {
      throw isMissing(error) ? new BlobMissing(sha256) : storeErrorOf(error);
    });
    const { first, last } = range ?? { first: 0, last: Infinity };
    return createReadStream('', { fd: file, start: first, end: last });
  }

  async *all(): AsyncIterable<KeptBlob> {
    for (const prefix of await namesIn(this.folder)) {
      if (!PREFIX.test(prefix)) continue;
      for (const name of await namesIn(join(this.folder, prefix))) {
        const found = DIGEST.test(name) ? await this.find(name) : null;
        if (found !== null) yield found;
      }
    }
  }

  async removeOlder(sha256: Digest, before: number): Promise<boolean> {
    const found = await this.find(sha256);
    if (found === null || found.keptAt >= before) return false;
    const taken = await this.unfinished();
    try {
      await rename(this.pathOf(sha256), taken);
      // Kept again in the meantime: put back.
      if ((await stat(taken)).mtimeMs >= before) {
        await link(taken, this.pathOf(sha256)).catch((error: unknown) => {
          if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
        });
        await unlink(taken);
        return false;
      }
      await unlink(taken);
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw storeErrorOf(error);
    }
  }

  private pathOf(sha256: Digest): string {
    return join(this.folder, sha256.slice(0, 2), sha256);
  }

  private async unfinished(): Promise<string> {
    const folder = join(this.folder, UNFINISHED);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return join(folder, randomUUID());
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw storeErrorOf(error);
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
