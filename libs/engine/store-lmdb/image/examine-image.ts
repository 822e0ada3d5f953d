import { ascending } from '#libs/engine/event-sourcing';
import { Damage, pageDamage } from './damage.js';
import { takeFreeRecord } from './free-list.js';
import { ImageFile, type Metas } from './image-file.js';
import {
  DATABASE_BYTES,
  type DatabaseRecord,
  databaseRecord,
  HEADER_BYTES,
  IS_DATABASE,
  type Meta,
  META_PAGES,
  pageHeader,
} from './layout.js';
import { metaAtOpening } from './meta-at-opening.js';
import { PageClaims } from './page-claims.js';
import { type Entry, TreeWalk } from './tree-walk.js';

/** What a file must be, beyond what every file of LMDB is. */
export interface ImageKind {
  /** Names that its databases may have. */
  readonly databases: readonly string[];
  /** Whether each commit is flushed before the next: the two meta pages are then neighbours. */
  readonly isDurable: boolean;
  /** Looks at an entry of one of the databases. @throws Damage */
  readonly entry?: (database: string, entry: Entry, file: ImageFile) => void;
}

/** What was walked. */
export interface Examined {
  readonly bytes: number;
  readonly transaction: number;
}

/** Pages of the free list may be beyond the end of the file, but never this many. */
const PAGES_NOT_YET_WRITTEN = 65_536;

/**
 * Walks all that LMDB would follow in a data file: the snapshot that opening it takes, or one that a reader holds. The latter
 * is given by its meta: the page that it was read from is written anew by the next transaction but one.
 * @throws Damage naming the first thing that is not as it must be
 */
export function examineImage(path: string, kind: ImageKind, held: Meta | null = null): Examined {
  const file = new ImageFile(path);
  try {
    const metas = file.metas();
    const meta = held ?? metaAtOpening(metas, kind.isDurable);
    new Examination(file, meta, kind).run();
    if (kind.isDurable && held === null) otherMustFit(metas, meta, file);
    return { bytes: file.bytes, transaction: meta.transaction };
  } finally {
    file.close();
  }
}

/** What is wrong with a file, as one sentence; null when it is whole. */
export function damageOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Damage) return error.message;
    // A number in the file pointed outside the file.
    if (error instanceof RangeError) return `its pages cannot be followed (${error.message})`;
    throw error;
  }
}

/**
 * Where every commit is flushed, transaction N writes meta page N mod 2, so the two are always neighbours. A number that was
 * changed could otherwise bring back the snapshot before the last one, and what was acknowledged since would be gone.
 */
function otherMustFit({ pair }: Metas, meta: Meta, file: ImageFile): void {
  const [even, odd] = pair;
  const isNew = even.transaction === 0 && odd.transaction === 0;
  if (isNew) return;
  if (even.transaction % 2 !== 0)
    throw pageDamage(0, `is of transaction ${even.transaction}, which writes page 1`);
  if (odd.transaction % 2 === 0)
    throw pageDamage(1, `is of transaction ${odd.transaction}, which writes page 0`);
  if (Math.abs(even.transaction - odd.transaction) !== 1)
    throw new Damage(
      `the meta pages are of the transactions ${even.transaction} and ${odd.transaction}, which do not follow one another`,
    );
  const other = meta === even ? odd : even;
  rootMustBeOf(other, meta === even ? 1 : 0, file);
}

/** Each transaction that stores something writes the root of the main database anew. */
function rootMustBeOf({ main, transaction }: Meta, page: number, file: ImageFile): void {
  if (main.root === null) return;
  const start = Buffer.alloc(HEADER_BYTES);
  if (main.root >= file.pages)
    throw pageDamage(page, `names the root page ${main.root}, beyond the end of the file`);
  file.read(main.root, start);
  const header = pageHeader(start);
  if (header.transaction !== transaction)
    throw pageDamage(
      page,
      `is of transaction ${transaction}, its root page ${main.root} of ${header.transaction}`,
    );
}

/** One snapshot of a file. */
class Examination {
  private readonly claims: PageClaims;

  constructor(
    private readonly file: ImageFile,
    private readonly meta: Meta,
    private readonly kind: ImageKind,
  ) {
    if (meta.lastPage < META_PAGES - 1 || meta.lastPage > file.pages + PAGES_NOT_YET_WRITTEN)
      throw new Damage(
        `the file has ${file.pages} pages; transaction ${meta.transaction} says that the last is ${meta.lastPage}`,
      );
    this.claims = new PageClaims(meta.lastPage);
  }

  run(): void {
    const { meta, file, kind } = this;
    const page = meta.transaction % 2;
    if (meta.main.flags !== 0) throw pageDamage(page, `gives the main database the flags ${meta.main.flags}`);
    if (kind.isDurable) rootMustBeOf(meta, page, file);
    this.walk(meta.main, 'the main database', page, (entry) => this.named(entry));
    const freeList = new TreeWalk(file, this.claims, meta.transaction, {
      visit: (entry) => takeFreeRecord(entry, meta.transaction, this.claims, file),
      compare: byNumber,
      leastChildren: 1,
    });
    freeList.walk(meta.free, 'the free list', page);
    const missing = this.claims.unclaimedFrom(file.pages);
    if (missing !== null)
      throw new Damage(`the file ends after ${file.pages} pages; page ${missing} is missing and is not free`);
  }

  /** A record of the main database: one of the others by its name. */
  private named({ key, flags, value, page }: Entry): void {
    const name = this.kind.databases.find((each) => key.toString('latin1') === `${each}\0`);
    if (flags !== IS_DATABASE || !Buffer.isBuffer(value) || value.length !== DATABASE_BYTES)
      throw pageDamage(page, `has an entry among the names of databases that is none`);
    if (name === undefined)
      throw pageDamage(
        page,
        `names a database ${JSON.stringify(key.toString('latin1'))}, which this program does not know`,
      );
    const record = databaseRecord(value, 0);
    if (record.flags !== 0) throw pageDamage(page, `gives the database ${name} the flags ${record.flags}`);
    this.walk(record, name, page, (entry) => {
      if (entry.flags === IS_DATABASE)
        throw pageDamage(entry.page, `has a database within the database ${name}`);
      this.kind.entry?.(name, entry, this.file);
    });
  }

  private walk(record: DatabaseRecord, name: string, owner: number, visit: (entry: Entry) => void): void {
    new TreeWalk(this.file, this.claims, this.meta.transaction, { visit }).walk(record, name, owner);
  }
}

/** Keys of the free list are numbers of the machine. */
function byNumber(one: Buffer, other: Buffer): number {
  if (one.length !== 8 || other.length !== 8) return one.compare(other);
  return ascending(one.readBigUInt64LE(), other.readBigUInt64LE());
}
