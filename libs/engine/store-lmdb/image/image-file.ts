import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Damage, pageDamage } from './damage.js';
import { HEADER_BYTES, META, META_BYTES, META_PAGES, type Meta, metaAt } from './layout.js';

const LEAST_PAGE_BYTES = 512;
const MOST_PAGE_BYTES = 65_536;

/** The two meta pages, and the third meta, which a file has whose commits are not flushed one by one. */
export interface Metas {
  readonly pair: readonly [Meta, Meta];
  /** What was flushed last; null where the file has none. */
  readonly flushed: Meta | null;
}

/** A data file, read with plain reads: what is behind a map breaks a process, what is behind a read is an error. */
export class ImageFile {
  private readonly file: number;
  readonly bytes: number;
  readonly pageBytes: number;

  /** @throws Damage when it does not begin as such a file does */
  constructor(path: string) {
    this.file = openSync(path, 'r');
    try {
      this.bytes = fstatSync(this.file).size;
      this.pageBytes = this.sizeOfPages();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Whole pages that the file has. */
  get pages(): number {
    return Math.floor(this.bytes / this.pageBytes);
  }

  close(): void {
    closeSync(this.file);
  }

  /** Reads from the beginning of a page on into `into`. @throws Damage beyond the file's end */
  read(page: number, into: Buffer, length = into.length): void {
    const read = readSync(this.file, into, 0, length, page * this.pageBytes);
    if (read < length)
      throw pageDamage(page, `lies beyond the end of the file, which has ${this.bytes} bytes`);
  }

  /** @throws Damage */
  metas(): Metas {
    const first = this.meta(0);
    const pair = [first, this.meta(1)] as const;
    for (const [page, { pageBytes }] of pair.entries()) {
      if (pageBytes !== this.pageBytes) throw pageDamage(page, `says that pages have ${pageBytes} bytes`);
    }
    return { pair, flushed: this.third() };
  }

  private sizeOfPages(): number {
    const { pageBytes } = this.metaIn(0, this.start(0));
    const isPower = (pageBytes & (pageBytes - 1)) === 0;
    if (!isPower || pageBytes < LEAST_PAGE_BYTES || pageBytes > MOST_PAGE_BYTES)
      throw pageDamage(0, `says that pages have ${pageBytes} bytes`);
    if (this.bytes < META_PAGES * pageBytes)
      throw new Damage(`the file has ${this.bytes} bytes, fewer than its two meta pages`);
    return pageBytes;
  }

  private meta(page: number): Meta {
    return this.metaIn(page, this.start(page * this.pageBytes));
  }

  private metaIn(page: number, start: Buffer): Meta {
    const kind = start.readUInt16LE(18);
    if (kind !== META) throw pageDamage(page, `is not a meta page but of kind ${kind}`);
    const meta = metaAt(start);
    if (typeof meta === 'string') throw pageDamage(page, meta);
    return meta;
  }

  /** It is in the middle of page 0, without a magic number of its own, and is all zeros where it was never written. */
  private third(): Meta | null {
    const start = this.start(this.pageBytes / 2);
    const meta = metaAt(
      Buffer.concat([start.subarray(0, HEADER_BYTES), this.magic(), start.subarray(HEADER_BYTES + 8)]),
    );
    return typeof meta === 'string' || meta.transaction === 0 ? null : meta;
  }

  private magic(): Buffer {
    return this.start(0).subarray(HEADER_BYTES, HEADER_BYTES + 8);
  }

  private start(offset: number): Buffer {
    const start = Buffer.alloc(META_BYTES);
    if (readSync(this.file, start, 0, META_BYTES, offset) < META_BYTES)
      throw new Damage(`the file has ${this.bytes} bytes, fewer than its two meta pages`);
    return start;
  }
}
