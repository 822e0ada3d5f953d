import { statfsSync } from 'node:fs';

const MEGABYTE = 1 << 20;
/** How long what the file system last said is believed, less what was written since. */
const BELIEVED_MS = 100;

/** What is never used of a file system: bytes, or a part of its size. */
export type DiskReserve = { readonly bytes: number } | { readonly part: number };

/** No reserve is smaller, whatever is asked for: one commit has to fit. */
export const LEAST_RESERVE_BYTES = 4 * MEGABYTE;

const DEFAULT_BYTES = 64 * MEGABYTE;
const DEFAULT_PART = 0.02;

export interface DiskRoom {
  readonly freeBytes: number;
  readonly reserveBytes: number;
}

/** How much room a file system has, asked seldom enough not to be felt and anew whenever it becomes tight. */
export class DiskSpace {
  private free = 0;
  private reserve = 0;
  private asked = -Infinity;

  constructor(
    private readonly directory: string,
    private readonly wanted: DiskReserve | null,
  ) {}

  /**
   * Reserves bytes for a write that is about to begin; false when they are not available in addition to a part of the reserve.
   * @throws when the file system cannot be asked
   */
  take(bytes: number, partOfReserve = 1): boolean {
    const isOld = performance.now() - this.asked > BELIEVED_MS;
    if (isOld || this.left(bytes, partOfReserve) < this.reserve) this.ask();
    if (this.left(bytes, partOfReserve) < 0) return false;
    this.free -= bytes;
    return true;
  }

  /** Less than `bytes` are left above the reserve, as far as is known. */
  isScarce(bytes: number): boolean {
    return this.left(bytes, 1) < 0;
  }

  /** @throws when the file system cannot be asked */
  space(): DiskRoom {
    this.ask();
    return { freeBytes: this.free, reserveBytes: this.reserve };
  }

  private left(bytes: number, partOfReserve: number): number {
    return this.free - bytes - this.reserve * partOfReserve;
  }

  private ask(): void {
    const { bavail, blocks, bsize } = statfsSync(this.directory);
    this.free = bavail * bsize;
    this.reserve = Math.max(LEAST_RESERVE_BYTES, this.reserveOf(blocks * bsize));
    this.asked = performance.now();
  }

  private reserveOf(size: number): number {
    if (this.wanted === null) return Math.min(DEFAULT_BYTES, size * DEFAULT_PART);
    return 'bytes' in this.wanted ? this.wanted.bytes : size * this.wanted.part;
  }
}

export function inMegabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}
