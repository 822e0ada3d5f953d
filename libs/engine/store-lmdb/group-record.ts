import { hash } from 'node:crypto';
import { crc32c } from '@node-rs/crc32';
import { LogDamaged, type NewEvent, type StoredEvent } from '#libs/engine/event-sourcing';

/**
 * What one entry of the log holds: appends that were committed together, one after another. Its key is the position of its
 * first event. Format 2, little endian:
 *
 * 0 4 bytes: ZTG2 4 u32 CRC32C of everything from byte 8 up to the first event 8 32 bytes chain 40 16 bytes id of the log 56
 * f64 position of the first event 64 u32 events 68 u32 bytes of the header 72 for each event: u32 its end, counted from the
 * first event's byte · u32 CRC32C of its bytes header: JSON [[stream, first revision, events of this append], …] events: JSON
 * {"id","type","version","data","metadata"} each
 *
 * The header has streams and revisions, so that no event needs parsing for them; the ends let one event be cut out alone, and
 * its own checksum lets it be checked alone: one damaged event does not hide its neighbours. Position and id reveal an entry
 * that is in another's place, or comes from another log.
 *
 * The chain is SHA-256 over everything from byte 8 on, with the chain of the entry before in place of its own; 32 zero bytes
 * come before the first. So the chain of the last entry identifies the whole log: changing, leaving out or exchanging an entry
 * changes it.
 *
 * Format 1, which is read and no longer written, has no checksums: u32 format (1) · u32 events · u32 bytes of the header · u32
 * end of each event · header · events. In the chain such an entry counts as SHA-256 of the chain before it and its bytes; the
 * first entry of format 2 goes on from there.
 */
const MAGIC = Buffer.from('ZTG2');
const CHECKED_FROM = 8;
const CHAIN_AT = 8;
const ID_AT = 40;
const POSITION_AT = 56;
const EVENTS_AT = 64;
const HEADER_BYTES_AT = 68;
const TABLE_AT = 72;

const OLD_FORMAT = 1;
const OLD_TABLE_AT = 12;

export const ID_BYTES = 16;
/** What comes before the first entry. */
export const NO_CHAIN: Buffer = Buffer.alloc(32);

/** One append's place in a stream. */
export type AppendHeader = readonly [stream: string, firstRevision: number, events: number];

/** An event as JSON, made once: for measuring, then for writing. */
export interface EncodedEvent {
  readonly text: string;
  /** Length of the text in UTF-8. */
  readonly bytes: number;
}

export interface EncodedAppend {
  readonly stream: string;
  readonly firstRevision: number;
  readonly bodies: readonly EncodedEvent[];
}

/** The place of an entry in the log. */
export interface RecordPlace {
  readonly position: number;
  readonly id: Buffer;
  /** Of the entry before. */
  readonly chain: Buffer;
}

/** How many bytes an entry takes. */
export function recordBytes(events: number, headerBytes: number, bodyBytes: number): number {
  return TABLE_AT + 8 * events + headerBytes + bodyBytes;
}

/** Writes an entry into a buffer of exactly its size; returns its chain. */
export function writeRecord(
  bytes: Buffer,
  { position, id, chain }: RecordPlace,
  { events, header, appends }: { events: number; header: string; appends: readonly EncodedAppend[] },
): Buffer {
  const headerAt = TABLE_AT + 8 * events;
  const bodiesAt = headerAt + bytes.write(header, headerAt);
  bytes.set(MAGIC);
  bytes.set(chain, CHAIN_AT);
  bytes.set(id, ID_AT);
  bytes.writeDoubleLE(position, POSITION_AT);
  bytes.writeUInt32LE(events, EVENTS_AT);
  bytes.writeUInt32LE(bodiesAt - headerAt, HEADER_BYTES_AT);
  let offset = bodiesAt;
  let slot = TABLE_AT;
  for (const { bodies } of appends) {
    for (const { text } of bodies) {
      const begin = offset;
      offset += bytes.write(text, offset);
      bytes.writeUInt32LE(offset - bodiesAt, slot);
      bytes.writeUInt32LE(crc32c(bytes.subarray(begin, offset)), slot + 4);
      slot += 8;
    }
  }
  const next = hash('sha256', bytes.subarray(CHECKED_FROM, offset), 'buffer');
  bytes.set(next, CHAIN_AT);
  bytes.writeUInt32LE(crc32c(bytes.subarray(CHECKED_FROM, bodiesAt)), 4);
  return next;
}

/** A group read back, parsing no more than is asked for, and giving nothing that was not checked. */
export class GroupRecord {
  readonly events: number;
  /** Null in format 1. */
  readonly id: Buffer | null;
  private readonly bytes: Buffer;
  private readonly tableAt: number;
  /** From one event's place in the table to the next one's. */
  private readonly step: 4 | 8;
  private readonly headerAt: number;
  private readonly bodiesAt: number;

  /** @throws LogDamaged where it cannot even be said which events it holds */
  constructor(
    readonly firstPosition: number,
    bytes: Buffer,
  ) {
    // lmdb's own buffer is longer than the record in it; only `length` gives the record's end.
    this.bytes = bytes.subarray(0, bytes.length);
    const isChecked = this.hasMagic();
    this.tableAt = isChecked ? TABLE_AT : OLD_TABLE_AT;
    this.step = isChecked ? 8 : 4;
    if (!isChecked && (bytes.length < OLD_TABLE_AT || this.bytes.readUInt32LE(0) !== OLD_FORMAT))
      throw this.damaged('its entry has no known format');
    if (bytes.length < this.tableAt) throw this.damaged('its entry is cut off');
    this.events = this.bytes.readUInt32LE(isChecked ? EVENTS_AT : 4);
    this.headerAt = this.tableAt + this.step * this.events;
    this.bodiesAt = this.headerAt + this.bytes.readUInt32LE(isChecked ? HEADER_BYTES_AT : 8);
    if (this.events === 0 || this.bodiesAt > bytes.length) throw this.damaged('its entry is cut off');
    this.id = isChecked ? this.bytes.subarray(ID_AT, ID_AT + ID_BYTES) : null;
    if (isChecked) this.checkHeader();
    if (this.bodiesAt + this.endOf(this.events - 1) !== bytes.length)
      throw this.damaged('its entry has another length than it says');
  }

  /** False in format 1, which cannot be checked. */
  get isChecked(): boolean {
    return this.id !== null;
  }

  /** The same group copied into memory of the caller's; null when there is not room for it. */
  copiedTo(room: Buffer): GroupRecord | null {
    const { length } = this.bytes;
    if (length > room.length) return null;
    room.set(this.bytes);
    return new GroupRecord(this.firstPosition, room.subarray(0, length));
  }

  holds(position: number): boolean {
    return position >= this.firstPosition && position < this.firstPosition + this.events;
  }

  /** @throws LogDamaged */
  headers(): readonly AppendHeader[] {
    const headers = this.parsed(this.headerAt, this.bodiesAt, 0, null) as AppendHeader[];
    return headers;
  }

  /**
   * The event at an index within the group, whose stream and revision the caller knows from a header or the index.
   * @throws LogDamaged
   */
  event(index: number, stream: string, revision: number): StoredEvent {
    const start = this.bodiesAt + (index === 0 ? 0 : this.endOf(index - 1));
    const end = this.bodiesAt + this.endOf(index);
    if (this.isChecked) {
      const expected = this.bytes.readUInt32LE(this.tableAt + this.step * index + 4);
      if (crc32c(this.bytes.subarray(start, end)) !== expected)
        throw this.damaged('the checksum of the event is wrong', index, stream);
    }
    const { id, type, version, data, metadata } = this.parsed(start, end, index, stream) as NewEvent;
    return {
      id,
      stream,
      revision: BigInt(revision),
      position: BigInt(this.firstPosition + index),
      type,
      version,
      data,
      metadata,
    };
  }

  /** Its own chain, as stored; format 1 has none. */
  get chain(): Buffer | null {
    return this.isChecked ? Buffer.from(this.bytes.subarray(CHAIN_AT, CHAIN_AT + NO_CHAIN.length)) : null;
  }

  /** What its chain must be after that of the entry before. */
  chainAfter(previous: Buffer): Buffer {
    if (!this.isChecked) return hash('sha256', Buffer.concat([previous, this.bytes]), 'buffer');
    const content = Buffer.from(this.bytes.subarray(CHECKED_FROM));
    content.set(previous, CHAIN_AT - CHECKED_FROM);
    return hash('sha256', content, 'buffer');
  }

  private hasMagic(): boolean {
    return this.bytes.length >= MAGIC.length && MAGIC.equals(this.bytes.subarray(0, MAGIC.length));
  }

  private checkHeader(): void {
    const checked = this.bytes.subarray(CHECKED_FROM, this.bodiesAt);
    if (crc32c(checked) !== this.bytes.readUInt32LE(4))
      throw this.damaged('the checksum of its entry is wrong');
    const written = this.bytes.readDoubleLE(POSITION_AT);
    if (written !== this.firstPosition)
      throw this.damaged(`the entry in its place was written for position ${written}`);
  }

  private endOf(index: number): number {
    return this.bytes.readUInt32LE(this.tableAt + this.step * index);
  }

  private parsed(start: number, end: number, index: number, stream: string | null): unknown {
    try {
      return JSON.parse(this.bytes.toString('utf8', start, end));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw this.damaged('what is stored is not JSON', index, stream);
    }
  }

  private damaged(reason: string, index = 0, stream: string | null = null): LogDamaged {
    return new LogDamaged(BigInt(this.firstPosition + index), stream, reason);
  }
}

/**
 * Streams that a damaged entry seems to name, so that an operator can find out what is lost: the damage may be in the names.
 */
export function streamsNamedIn(bytes: Buffer): readonly string[] {
  if (bytes.length < TABLE_AT) return [];
  const headerAt = TABLE_AT + 8 * bytes.readUInt32LE(EVENTS_AT);
  const text = bytes.toString('utf8', headerAt, headerAt + bytes.readUInt32LE(HEADER_BYTES_AT));
  try {
    return [...new Set((JSON.parse(text) as AppendHeader[]).map(([stream]) => `${stream}`))];
  } catch {
    return [];
  }
}
