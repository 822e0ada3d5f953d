import { pageDamage } from './damage.js';
import { type ImageFile } from './image-file.js';
import {
  BRANCH,
  type DatabaseRecord,
  HEADER_BYTES,
  LEAF,
  NODE_BYTES,
  ON_PAGES,
  OVERFLOW,
  type PageHeader,
  pageHeader,
  RUN_BYTES,
  wholeAt,
} from './layout.js';
import { type PageClaims } from './page-claims.js';

/** No tree is deeper: LMDB's own limit (`CURSOR_STACK`). */
const DEEPEST = 32;

/** An entry of a leaf, where it lies: good until the visitor returns. */
export interface Entry {
  readonly key: Buffer;
  readonly flags: number;
  /** The value, or where it lies on pages of its own. */
  readonly value: Buffer | Run;
  readonly page: number;
}

/** Consecutive pages that hold one value, after one header. */
export interface Run {
  readonly first: number;
  readonly pages: number;
  readonly bytes: number;
}

export interface TreeOptions {
  readonly visit: (entry: Entry) => void;
  /** Default: byte by byte, a shorter key before a longer one that begins with it. */
  readonly compare?: (one: Buffer, other: Buffer) => number;
  /** The free list may have branches with one child while it is changed. Default 2. */
  readonly leastChildren?: 1 | 2;
}

interface Counts {
  branchPages: number;
  leafPages: number;
  overflowPages: number;
  entries: number;
}

/**
 * Walks the pages of one database: each page is what it must be, no page is reached twice, nodes fill their page without gap or
 * overlap, keys ascend over the whole tree, and all is counted as the database's record counts it.
 */
export class TreeWalk {
  private readonly buffers: Buffer[] = [];
  private readonly counts: Counts = { branchPages: 0, leafPages: 0, overflowPages: 0, entries: 0 };
  private readonly start = Buffer.alloc(HEADER_BYTES);
  private readonly room: number;
  private readonly visit: (entry: Entry) => void;
  private readonly compare: (one: Buffer, other: Buffer) => number;
  private readonly leastChildren: number;

  constructor(
    private readonly file: ImageFile,
    private readonly claims: PageClaims,
    private readonly transaction: number,
    { visit, compare = (one, other) => one.compare(other), leastChildren = 2 }: TreeOptions,
  ) {
    this.room = file.pageBytes - HEADER_BYTES;
    this.visit = visit;
    this.compare = compare;
    this.leastChildren = leastChildren;
  }

  /** @throws Damage */
  walk(record: DatabaseRecord, name: string, owner: number): void {
    if (record.depth > DEEPEST) throw pageDamage(owner, `says that ${name} is ${record.depth} pages deep`);
    if (record.root === null) {
      if (record.depth > 0 || record.entries > 0) throw pageDamage(owner, `gives ${name} no root page`);
    } else if (record.depth === 0) {
      throw pageDamage(owner, `says that ${name} is 0 pages deep`);
    } else {
      this.page(record.root, record.depth, null, null);
    }
    for (const what of ['branchPages', 'leafPages', 'overflowPages', 'entries'] as const) {
      if (this.counts[what] !== record[what])
        throw pageDamage(owner, `counts ${record[what]} ${what} of ${name}; there are ${this.counts[what]}`);
    }
  }

  /** `low` and `high`: every key is at least `low` and below `high`; null if there is no bound. */
  private page(number: number, depth: number, low: Buffer | null, high: Buffer | null): void {
    this.claims.use(number);
    const page = (this.buffers[depth] ??= Buffer.alloc(this.file.pageBytes));
    this.file.read(number, page);
    const header = pageHeader(page);
    this.headerMustFit(header, number, depth === 1 ? LEAF : BRANCH);
    this.nodesMustFill(page, header, number);
    const nodes = header.lower / 2;
    if (depth === 1) {
      this.counts.leafPages += 1;
      this.leaf(page, number, nodes, low, high);
    } else {
      this.counts.branchPages += 1;
      this.branch(page, number, nodes, depth, low, high);
    }
  }

  private headerMustFit(
    { number, transaction, kind, lower, upper }: PageHeader,
    page: number,
    as: number,
  ): void {
    if (kind !== as)
      throw pageDamage(page, `is of kind ${kind} where ${as === LEAF ? 'a leaf' : 'a branch'} is due`);
    if (number !== page) throw pageDamage(page, `says that it is page ${number}`);
    if (transaction > this.transaction)
      throw pageDamage(
        page,
        `says that transaction ${transaction} wrote it; ${this.transaction} was the last`,
      );
    const least = as === LEAF ? 1 : this.leastChildren;
    if (lower % 2 !== 0 || lower / 2 < least || lower > upper || upper > this.room)
      throw pageDamage(
        page,
        `has its nodes from ${upper} on and their offsets up to ${lower}, which cannot be`,
      );
  }

  /** From `upper` to the end of the page one node begins where another ends. */
  private nodesMustFill(page: Buffer, { kind, lower, upper }: PageHeader, number: number): void {
    const offsets = new Uint16Array(lower / 2);
    for (let index = 0; index < offsets.length; index += 1)
      offsets[index] = page.readUInt16LE(HEADER_BYTES + 2 * index);
    offsets.sort();
    let due = upper;
    for (const offset of offsets) {
      if (offset !== due || offset + NODE_BYTES > this.room)
        throw pageDamage(number, `has a node at ${offset} where one is due at ${due}`);
      due += nodeBytes(page, HEADER_BYTES + offset, kind);
    }
    if (due !== this.room) throw pageDamage(number, `has nodes up to ${due} in ${this.room} bytes`);
  }

  private leaf(page: Buffer, number: number, nodes: number, low: Buffer | null, high: Buffer | null): void {
    let before: Buffer | null = null;
    for (let index = 0; index < nodes; index += 1) {
      const node = HEADER_BYTES + page.readUInt16LE(HEADER_BYTES + 2 * index);
      const flags = page.readUInt16LE(node + 4);
      const keyAt = node + NODE_BYTES;
      const valueAt = keyAt + page.readUInt16LE(node + 6);
      const key = page.subarray(keyAt, valueAt);
      const bytes = page.readUInt32LE(node);
      if (flags > 2) throw pageDamage(number, `has a node of kind ${flags}`);
      if (key.length === 0) throw pageDamage(number, 'has an empty key');
      this.mustAscend(key, before ?? low, number, before === null);
      before = key;
      const value =
        flags === ON_PAGES ? this.run(page, valueAt, bytes, number) : page.subarray(valueAt, valueAt + bytes);
      this.counts.entries += 1;
      this.visit({ key, flags, value, page: number });
    }
    if (before && high && this.compare(before, high) >= 0)
      throw pageDamage(number, 'has keys that belong on a later page');
  }

  private branch(
    page: Buffer,
    number: number,
    nodes: number,
    depth: number,
    low: Buffer | null,
    high: Buffer | null,
  ): void {
    const keyOf = (index: number): Buffer => {
      const node = HEADER_BYTES + page.readUInt16LE(HEADER_BYTES + 2 * index);
      return page.subarray(node + NODE_BYTES, node + NODE_BYTES + page.readUInt16LE(node + 6));
    };
    for (let index = 0; index < nodes; index += 1) {
      const node = HEADER_BYTES + page.readUInt16LE(HEADER_BYTES + 2 * index);
      const child = page.readUInt32LE(node) + page.readUInt16LE(node + 4) * 0x1_0000_0000;
      // The key of the first child counts as lower than every other, whatever stands there.
      const from = index === 0 ? low : keyOf(index);
      const to = index + 1 < nodes ? keyOf(index + 1) : high;
      if (index > 0 && from) this.mustAscend(from, index > 1 ? keyOf(index - 1) : low, number, index === 1);
      if (from && to && this.compare(from, to) >= 0) throw pageDamage(number, 'has keys that do not ascend');
      this.page(child, depth - 1, from, to);
    }
  }

  private mustAscend(key: Buffer, before: Buffer | null, page: number, mayBeEqual: boolean): void {
    if (before === null) return;
    const order = this.compare(before, key);
    if (order > 0 || (order === 0 && !mayBeEqual)) throw pageDamage(page, 'has keys that do not ascend');
  }

  private run(page: Buffer, at: number, bytes: number, owner: number): Run {
    const first = wholeAt(page, at);
    const pages = wholeAt(page, at + 16);
    const due = Math.floor((HEADER_BYTES - 1 + bytes) / this.file.pageBytes) + 1;
    if (pages < due) throw pageDamage(owner, `keeps a value of ${bytes} bytes on ${pages} pages`);
    this.claims.use(first, pages);
    if (first + due > this.file.pages) throw pageDamage(first, 'lies beyond the end of the file');
    this.file.read(first, this.start);
    const header = pageHeader(this.start);
    if (header.kind !== OVERFLOW)
      throw pageDamage(first, `is of kind ${header.kind} where a value's pages begin`);
    if (header.number !== first) throw pageDamage(first, `says that it is page ${header.number}`);
    if (header.pages !== pages) throw pageDamage(first, `begins ${header.pages} pages; ${pages} are due`);
    if (header.transaction > this.transaction)
      throw pageDamage(
        first,
        `says that transaction ${header.transaction} wrote it; ${this.transaction} was the last`,
      );
    this.counts.overflowPages += pages;
    return { first, pages, bytes };
  }
}

/** What a node takes of its page; nodes begin at even offsets. */
function nodeBytes(page: Buffer, node: number, kind: number): number {
  const key = page.readUInt16LE(node + 6);
  const isOnPages = kind === LEAF && (page.readUInt16LE(node + 4) & ON_PAGES) !== 0;
  const value = kind === BRANCH ? 0 : isOnPages ? RUN_BYTES : page.readUInt32LE(node);
  const bytes = NODE_BYTES + key + value;
  return bytes + (bytes % 2);
}
