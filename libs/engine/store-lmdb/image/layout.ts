/**
 * The file format of the LMDB that the npm package `lmdb` brings along (its own branch of LMDB 1.0), as
 * node_modules/lmdb/dependencies/lmdb/libraries/liblmdb/mdb.c defines it on a little-endian machine with 64 bits.
 */

/** Bytes before the content of a page; offsets of nodes are counted from here (`PAGEBASE`). */
export const HEADER_BYTES = 24;
export const NODE_BYTES = 8;
/** A record of a database: `MDB_db`. */
export const DATABASE_BYTES = 48;
/** What a leaf holds instead of a value that lies on pages of its own: `MDB_ovpage`. */
export const RUN_BYTES = 24;
/** Meta pages; the others begin after them. */
export const META_PAGES = 2;

const MAGIC = 0xbeefc0de;
const VERSION = 2;

/** Kinds of pages (`mp_flags`); a page on disk has exactly one. */
export const BRANCH = 1;
export const LEAF = 2;
export const OVERFLOW = 4;
export const META = 8;

/** Flags of a leaf's nodes. */
export const ON_PAGES = 1;
export const IS_DATABASE = 2;

/** Flags of the free list's database, which are those of the file: keys are numbers; not yet on disk. */
const INTEGER_KEYS = 8;
const NOT_FLUSHED = 0x1000;

/** The page number of an empty tree. */
const NOWHERE = 0xffff_ffff_ffff_ffffn;

/** One database: its tree and what is in it. Null as root: it is empty. */
export interface DatabaseRecord {
  readonly flags: number;
  readonly depth: number;
  readonly branchPages: number;
  readonly leafPages: number;
  readonly overflowPages: number;
  readonly entries: number;
  readonly root: number | null;
}

/** Where a snapshot begins. */
export interface Meta {
  readonly pageBytes: number;
  readonly free: DatabaseRecord;
  readonly main: DatabaseRecord;
  readonly lastPage: number;
  readonly transaction: number;
  /** Of the boot of the machine in which it was written. */
  readonly boot: bigint;
  readonly isFlushed: boolean;
}

/** Bytes of a meta page that are read before the size of a page is known. */
export const META_BYTES = HEADER_BYTES + 24 + 2 * DATABASE_BYTES + 24;

export interface PageHeader {
  readonly number: number;
  readonly transaction: number;
  readonly kind: number;
  /** Bytes of offsets of nodes, after the header. */
  readonly lower: number;
  /** Where the nodes begin, after the header. */
  readonly upper: number;
  /** Of an overflow page: pages of its run. */
  readonly pages: number;
}

/** A number of 64 bits; one beyond what JavaScript counts exactly becomes larger than any page number there can be. */
export function wholeAt(bytes: Buffer, offset: number): number {
  return bytes.readUInt32LE(offset) + bytes.readUInt32LE(offset + 4) * 0x1_0000_0000;
}

export function pageHeader(bytes: Buffer): PageHeader {
  return {
    number: wholeAt(bytes, 0),
    transaction: wholeAt(bytes, 8),
    kind: bytes.readUInt16LE(18),
    lower: bytes.readUInt16LE(20),
    upper: bytes.readUInt16LE(22),
    pages: bytes.readUInt32LE(20),
  };
}

export function databaseRecord(bytes: Buffer, offset: number): DatabaseRecord {
  return {
    flags: bytes.readUInt16LE(offset + 4),
    depth: bytes.readUInt16LE(offset + 6),
    branchPages: wholeAt(bytes, offset + 8),
    leafPages: wholeAt(bytes, offset + 16),
    overflowPages: wholeAt(bytes, offset + 24),
    entries: wholeAt(bytes, offset + 32),
    root: bytes.readBigUInt64LE(offset + 40) === NOWHERE ? null : wholeAt(bytes, offset + 40),
  };
}

/** Reads the meta that follows a page's header; the end of a sentence that says why, when it is not one. */
export function metaAt(bytes: Buffer): Meta | string {
  const at = HEADER_BYTES;
  if (bytes.readUInt32LE(at) !== MAGIC) return 'does not begin a file of LMDB: its magic number is another';
  if ((bytes.readUInt32LE(at + 4) & 0xffff) !== VERSION) return 'is of another version of LMDB';
  const free = databaseRecord(bytes, at + 24);
  const pageBytes = bytes.readUInt32LE(at + 24);
  if ((free.flags & ~NOT_FLUSHED) !== INTEGER_KEYS) return `has the flags ${free.flags}`;
  const end = at + 24 + 2 * DATABASE_BYTES;
  return {
    pageBytes,
    free,
    main: databaseRecord(bytes, at + 24 + DATABASE_BYTES),
    lastPage: wholeAt(bytes, end),
    transaction: wholeAt(bytes, end + 8),
    boot: bytes.readBigInt64LE(end + 16),
    isFlushed: (free.flags & NOT_FLUSHED) === 0,
  };
}
