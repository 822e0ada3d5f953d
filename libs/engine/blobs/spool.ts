import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest } from './blob-store.js';
import { isMissing, storeErrorOf } from './disk-errors.js';

/** A content that has come in whole, in a file of its own that nobody else knows. */
export interface Received {
  readonly file: string;
  readonly sha256: Digest;
  readonly bytes: number;
  /** The file is not needed any more. */
  discard(): Promise<void>;
}

export interface SpoolOptions {
  /** Sets room for so many bytes aside. @throws StoreFull */
  readonly mustHaveRoom?: (bytes: number) => void;
}

/** How often the disk is asked for room while a content comes in. */
const ROOM_EVERY_BYTES = 8 << 20;

/** Where contents come in, piece by piece: a file for each, so that none is ever in memory as a whole. */
export class Spool {
  constructor(
    private readonly folder: string,
    private readonly options: SpoolOptions = {},
  ) {}

  /** What came in is on disk when it resolves; where it is cut off or fails nothing is left. @throws StoreFull, StoreUnavailable */
  async receive(content: AsyncIterable<Buffer>): Promise<Received> {
    const file = join(this.folder, randomUUID());
    const discard = () => rm(file, { force: true });
    const hash = createHash('sha256');
    let bytes = 0;
    let room = 0;
    try {
      this.options.mustHaveRoom?.(ROOM_EVERY_BYTES);
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const handle = await open(file, 'wx', 0o600);
      try {
        for await (const piece of content) {
          if (bytes + piece.length > room) {
            this.options.mustHaveRoom?.(ROOM_EVERY_BYTES);
            room += ROOM_EVERY_BYTES;
          }
          hash.update(piece);
          bytes += piece.length;
          await handle.write(piece);
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
    } catch (error) {
      await discard();
      throw isOfTheFile(error, file) ? storeErrorOf(error) : error;
    }
    return { file, sha256: hash.digest('hex'), bytes, discard };
  }

  /** Removes what a process that was killed has left. */
  async removeOlder(before: number): Promise<number> {
    let removed = 0;
    for (const name of await this.names()) {
      const path = join(this.folder, name);
      try {
        if ((await stat(path)).mtimeMs >= before) continue;
        await rm(path);
        removed += 1;
      } catch (error) {
        if (!isMissing(error)) throw storeErrorOf(error);
      }
    }
    return removed;
  }

  private async names(): Promise<readonly string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if (isMissing(error)) return [];
      throw storeErrorOf(error);
    }
  }
}

/** True for an error of the file system; what the sender's stream throws is the sender's. */
function isOfTheFile(error: unknown, file: string): boolean {
  if (!(error instanceof Error) || !('syscall' in error)) return false;
  return !('path' in error) || error.path === file || error.syscall === 'mkdir';
}
