import { LRUCache } from 'lru-cache';
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type KeyUse, LogDamaged, type StoredEvent } from '#libs/engine/event-sourcing';
import { type Database, type RootDatabase } from 'lmdb';
import { type CommitPace } from './commit-pace.js';
import { DeadReaders } from './dead-readers.js';
import { database } from './environment.js';
import { GroupEncoder } from './group-encoder.js';
import { type AppendHeader, type EncodedAppend, GroupRecord, ID_BYTES, NO_CHAIN } from './group-record.js';
import { KeyIndex } from './key-index.js';
import { decodeMark, encodeMark, StreamIndex } from './stream-index.js';

/** Appends between two writings of the stream index; also the most that a start reads back from the log. */
const INDEX_STEP = 32_768;
/** Streams whose head is remembered, at least; at most twice as many, so that memory does not grow with the log. */
const REMEMBERED_HEADS = 50_000;
/**
 * Bytes of groups taken out of lmdb at a time, so that no read transaction stays open while a consumer thinks. A batch
 * ends here too: enough for the 8,000 events that the projector asks for.
 */
const READ_BYTES = 8 << 20;
/** Groups of which single events were read and whose headers are kept, some 20 KB each. */
const HEADERS_AT_HAND = 128;
/** Bytes for the one group that is kept whole; groups are some 64 KB, unless single events are larger. */
const ROOM_AT_HAND = 256 << 10;

/** An append with the key that its caller gave, if any. */
export interface KeyedAppend extends EncodedAppend {
  readonly keyUse?: KeyUse | null;
}

/**
 * The log as groups of appends keyed by their first position, which is a running number from 0. Any number of
 * processes may write: a group is stored only if no group has its first position yet, and that is only so while the
 * writer knows the whole log. Who loses reads what is new and decides again.
 */
export class EventLog {
  private readonly groups: Database<Buffer, number>;
  private readonly marks: Database<string, string>;
  private readonly deadReaders: DeadReaders;
  private readonly index: StreamIndex;
  /** Null for a reader that came before the first writer that keeps it: who only reads asks for no key. */
  private readonly keys: KeyIndex | null;
  private readonly encoder = new GroupEncoder();
  private readonly heads = new LRUCache<string, number>({ max: REMEMBERED_HEADS });
  /** By the group's first position. Nothing in the log changes, so they stay true. */
  private readonly headers = new LRUCache<string, readonly AppendHeader[]>({ max: HEADERS_AT_HAND });
  /** A group of which several events were read one after another, as those at the end of the log are. */
  private cachedGroup: GroupRecord | null = null;
  private readonly buffer = Buffer.allocUnsafeSlow(ROOM_AT_HAND);
  private lastLookedInto = -1;
  /** Position of the next event; everything before it is known here. */
  private next: number;
  private lastGroup = -1;
  /** A group of this process is being written, and may be read in the log before its commit has resolved. */
  private isCommitting = false;
  /** Everything before this position is in the stream index on disk. */
  private indexed: number;
  /** Which log this is, as its entries say; null while none does. */
  private id: Buffer | null = null;
  /** Chain of the last entry known here; null where that is of format 1, whose chain has to be computed. */
  private chain: Buffer | null = null;

  constructor(
    root: RootDatabase,
    private readonly pace: CommitPace,
    { indexStep = INDEX_STEP, readOnly = false } = {},
  ) {
    this.deadReaders = new DeadReaders(root);
    this.groups = database(root, 'log', 'binary');
    this.marks = database(root, 'marks', 'string');
    this.index = new StreamIndex(root, indexStep);
    this.keys = readOnly ? null : new KeyIndex(root);
    this.indexed = this.storedMark();
    this.next = this.indexed;
    this.catchUp();
  }

  /** Position after the last event known here. */
  get end(): number {
    return this.next;
  }

  /** Which log this is, and its chain up to its end; null while no entry says so. */
  get identity(): { readonly id: Buffer; readonly chain: Buffer } | null {
    return this.id && this.chain && { id: this.id, chain: this.chain };
  }

  /** The next group carries a step of the stream index with it, as far as there is room for that. */
  get isIndexDue(): boolean {
    return this.index.isFull;
  }

  /** Takes in what other processes have written. True when there was something. */
  refresh(): boolean {
    const isNew = this.catchUp();
    if (isNew && !this.isCommitting) this.pace.recordOtherWriter();
    return isNew;
  }

  /**
   * Stores a group after everything known here, on disk when the promise resolves; one call at a time. False: another process
   * was first and nothing is stored. The stream index goes with it when that is due, unless `withIndex` is false.
   */
  async write(appends: readonly KeyedAppend[], withIndex = true): Promise<boolean> {
    this.isCommitting = true;
    try {
      return await this.store(appends, withIndex && this.index.isFull);
    } finally {
      this.isCommitting = false;
    }
  }

  /** What a caller's key was used for, as far as the log is known here; null for one that was not used. */
  thingOf(key: string): string | null {
    return this.keys?.thingOf(key) ?? null;
  }

  /** @param mustHaveRoom asked before anything is written */
  async sealKeys(mustHaveRoom: (bytes: number) => void): Promise<void> {
    await this.keys?.takeOver(this.groups, mustHaveRoom);
  }

  /** Revision of the stream's last event known here; null for an absent stream. */
  head(stream: string): number | null {
    const known = this.heads.get(stream);
    if (known !== undefined) return known;
    const found = this.index.head(stream);
    if (found !== null) this.heads.set(stream, found);
    return found;
  }

  *stream(stream: string, from: number): Generator<StoredEvent, void> {
    const runs = [...this.index.runs(stream, from)];
    for (let next = 0; next < runs.length;) {
      const group = this.groupAt(runs[next]?.position ?? 0, stream);
      const events: StoredEvent[] = [];
      for (let run = runs[next]; run && group.holds(run.position); run = runs[++next]) {
        for (let offset = Math.max(0, from - run.revision); offset < run.events; offset += 1) {
          events.push(
            group.event(run.position - group.firstPosition + offset, stream, run.revision + offset),
          );
        }
      }
      yield* events;
    }
  }

  at(position: number): StoredEvent | null {
    if (position >= this.next) return null;
    const group = this.groupFor(position);
    let first = group.firstPosition;
    for (const [stream, revision, events] of this.headersOf(group)) {
      const offset = position - first;
      if (offset < events) return group.event(position - group.firstPosition, stream, revision + offset);
      first += events;
    }
    throw new LogDamaged(BigInt(position), null, 'its entry names no stream for it');
  }

  /**
   * Groups from the one that holds `position`: enough for `events` events, or fewer when they are large or a damaged one
   * comes after them.
   * @throws LogDamaged when the first is damaged
   */
  read(position: number, events = Infinity): GroupRecord[] {
    const [start] = this.groups.getKeys({ start: position, reverse: true, limit: 1 });
    const groups: GroupRecord[] = [];
    let bytes = 0;
    let next = start ?? position;
    try {
      for (const { key, value } of this.groups.getRange({ start: next })) {
        if (key !== next) throw lacking(Math.max(next, position));
        const group = this.group(key, value);
        next += group.events;
        if (next <= position) continue;
        groups.push(group);
        bytes += value.length;
        if (bytes >= READ_BYTES || next >= position + events) break;
      }
      if (groups.length === 0 && position < this.next) throw lacking(position);
    } catch (error) {
      if (groups.length === 0 || !(error instanceof LogDamaged)) throw error;
    }
    return groups;
  }

  private catchUp(): boolean {
    this.groups.resetReadTxn();
    const [last] = this.groups.getKeys({ reverse: true, limit: 1 });
    if (last === undefined || last === this.lastGroup) return false;
    while (this.lastGroup < last) {
      const groups = this.read(this.next);
      if (groups.length === 0) throw lacking(this.next);
      for (const group of groups) {
        this.take(group.headers());
        this.lastGroup = group.firstPosition;
        this.chain = group.chain;
        if (group.id && !this.id) this.id = Buffer.from(group.id);
      }
    }
    const mark = this.storedMark();
    if (mark > this.indexed) {
      this.indexed = mark;
      this.index.forgetBefore(mark);
    }
    return true;
  }

  private async store(appends: readonly KeyedAppend[], withIndex: boolean): Promise<boolean> {
    this.deadReaders.forget();
    const position = this.next;
    const chain = this.chain ?? (await this.chainOfOldEntries());
    // What was read since may have come from another process: the appends were decided before that.
    if (position !== this.next) return false;
    const id = this.id ?? randomBytes(ID_BYTES);
    const records = this.encoder.encode(appends, { position, id, chain });
    const won = await this.commit(position, () => {
      let first = position;
      for (const { bytes, events } of records) {
        void this.groups.put(first, bytes);
        first += events;
      }
      for (const { keyUse } of appends) if (keyUse) this.keys?.write(keyUse);
      if (!withIndex) return;
      this.index.write();
      void this.marks.put('indexed', encodeMark(position));
    });
    if (!won) return false;
    if (withIndex) {
      this.indexed = position;
      this.index.forgetBefore(position);
    }
    // A reader may have found the group, through `refresh`, before this promise resolved.
    if (this.lastGroup < position) {
      this.take(appends.map(({ stream, firstRevision, bodies }) => [stream, firstRevision, bodies.length]));
      this.lastGroup = this.next - (records.at(-1)?.events ?? 0);
      this.chain = records.at(-1)?.chain ?? null;
      this.id = id;
    }
    return true;
  }

  /** Once in the life of a log that was begun in format 1: at the first append of this format. */
  private async chainOfOldEntries(): Promise<Buffer> {
    let chain = NO_CHAIN;
    const end = this.next;
    for (let position = 0; position < end; await setImmediate()) {
      for (const group of this.read(position)) {
        if (group.firstPosition >= end) break;
        chain = group.chainAfter(chain);
        position = group.firstPosition + group.events;
      }
    }
    return chain;
  }

  /** Writes what `put` puts to disk; false when a group has this position already. */
  private commit(position: number, put: () => void): boolean | Promise<boolean> {
    if (!this.pace.shouldCommitInThread()) return this.groups.ifNoExists(position, put);
    const begin = performance.now();
    const won = this.groups.transactionSync(() => {
      if (this.groups.doesExist(position)) return false;
      put();
      return true;
    });
    this.pace.recordDuration(performance.now() - begin);
    return won;
  }

  private groupFor(position: number): GroupRecord {
    if (this.cachedGroup?.holds(position)) return this.cachedGroup;
    // Our own appends are known before lmdb's snapshot of this turn of the event loop shows them.
    this.groups.resetReadTxn();
    const group = this.groupAt(position);
    if (group.firstPosition === this.lastLookedInto) this.cachedGroup = group.copiedTo(this.buffer);
    this.lastLookedInto = group.firstPosition;
    return group;
  }

  private headersOf(group: GroupRecord): readonly AppendHeader[] {
    const key = `${group.firstPosition}`;
    const known = this.headers.get(key);
    if (known) return known;
    const headers = group.headers();
    this.headers.set(key, headers);
    return headers;
  }

  /**
   * The group that holds a position, good until lmdb is asked for anything else: its memory is reused by the next read. A
   * stream's events are in many groups, and only one event of each is wanted.
   * @throws LogDamaged, which names the stream that is asked for
   */
  private groupAt(position: number, stream: string | null = null): GroupRecord {
    const [key] = this.groups.getKeys({ start: position, reverse: true, limit: 1 });
    const bytes = key === undefined ? undefined : this.groups.getBinaryFast(key);
    if (key === undefined || bytes === undefined) throw lacking(position, stream);
    try {
      const group = this.group(key, bytes);
      if (group.holds(position)) return group;
    } catch (error) {
      if (!(error instanceof LogDamaged)) throw error;
      throw new LogDamaged(BigInt(position), stream, error.reason);
    }
    throw lacking(position, stream);
  }

  /** An entry as read, which must be one of this log. */
  private group(key: number, value: Buffer): GroupRecord {
    const group = new GroupRecord(key, value);
    if (group.id && this.id && !this.id.equals(group.id))
      throw new LogDamaged(BigInt(key), null, 'its entry is one of another log');
    return group;
  }

  private storedMark(): number {
    return decodeMark(this.marks.get('indexed'));
  }

  private take(headers: readonly AppendHeader[]): void {
    for (const header of headers) {
      const [stream, revision, events] = header;
      this.index.add(header, this.next);
      this.heads.set(stream, revision + events - 1);
      this.next += events;
    }
  }
}

const lacking = (position: number, stream: string | null = null): LogDamaged =>
  new LogDamaged(BigInt(position), stream, 'there is no entry that holds it');
