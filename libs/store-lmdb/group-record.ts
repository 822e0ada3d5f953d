import { EventTooLarge, MAX_EVENT_BYTES, type NewEvent, type StoredEvent } from '#libs/event-sourcing';

/**
 * What one entry of the log holds: appends that were committed together, one after another. Layout, little endian:
 *
 *     u32 format (1) · u32 events · u32 bytes of the header · u32 end of each event, counted from the first event's byte
 *     header: JSON [[stream, first revision, events of this append], …]
 *     events: JSON {"id","type","version","data","metadata"} each
 *
 * The header tells streams and revisions without parsing an event; the offsets let one event be cut out alone.
 */
const FORMAT = 1;
const FIXED_BYTES = 12;

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

/** @throws EventTooLarge */
export function encodeEvent(stream: string, event: NewEvent): EncodedEvent {
  const { id, type, version, data, metadata } = event;
  const text = JSON.stringify({ id, type, version, data, metadata });
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_EVENT_BYTES) {
    const measured = Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));
    if (measured > MAX_EVENT_BYTES) throw new EventTooLarge(stream, measured, MAX_EVENT_BYTES);
  }
  return { text, bytes };
}

/** A commit of more than this is cut into several records, since reading one event fetches a whole record. */
const RECORD_BYTES = 64 << 10;
const KEPT_BYTES = 1 << 20;

export interface EncodedRecord {
  readonly bytes: Buffer;
  readonly events: number;
}

/**
 * Writes groups into one piece of memory, again and again: new buffers for each commit would cost more in garbage
 * collection than all the rest. What `encode` answers is good until the next call.
 */
export class GroupEncoder {
  private readonly memory = Buffer.allocUnsafeSlow(KEPT_BYTES);
  private used = 0;

  encode(appends: readonly EncodedAppend[]): EncodedRecord[] {
    this.used = 0;
    const records: EncodedRecord[] = [];
    let from = 0;
    let bodyBytes = 0;
    appends.forEach(({ bodies }, index) => {
      for (const { bytes } of bodies) bodyBytes += bytes;
      if (bodyBytes < RECORD_BYTES && index < appends.length - 1) return;
      records.push(this.record(appends.slice(from, index + 1), bodyBytes));
      from = index + 1;
      bodyBytes = 0;
    });
    return records;
  }

  private record(appends: readonly EncodedAppend[], bodyBytes: number): EncodedRecord {
    const headers: AppendHeader[] = [];
    let events = 0;
    for (const { stream, firstRevision, bodies } of appends) {
      headers.push([stream, firstRevision, bodies.length]);
      events += bodies.length;
    }
    const header = JSON.stringify(headers);
    const headerBytes = Buffer.byteLength(header);
    const headerAt = FIXED_BYTES + 4 * events;
    const bodiesAt = headerAt + headerBytes;
    const bytes = this.room(bodiesAt + bodyBytes);
    bytes.writeUInt32LE(FORMAT, 0);
    bytes.writeUInt32LE(events, 4);
    bytes.writeUInt32LE(headerBytes, 8);
    bytes.write(header, headerAt);
    let offset = bodiesAt;
    let slot = FIXED_BYTES;
    for (const { bodies } of appends) {
      for (const { text } of bodies) {
        offset += bytes.write(text, offset);
        bytes.writeUInt32LE(offset - bodiesAt, slot);
        slot += 4;
      }
    }
    return { bytes, events };
  }

  private room(bytes: number): Buffer {
    if (this.used + bytes > KEPT_BYTES) return Buffer.allocUnsafeSlow(bytes);
    this.used += bytes;
    return this.memory.subarray(this.used - bytes, this.used);
  }
}

/** A group read back, parsing no more than is asked for. */
export class GroupRecord {
  readonly events: number;
  private readonly headerAt: number;
  private readonly bodiesAt: number;

  constructor(
    readonly firstPosition: number,
    private readonly bytes: Buffer,
  ) {
    const format = bytes.readUInt32LE(0);
    if (format !== FORMAT) throw new Error(`group ${firstPosition} has the unknown format ${format}`);
    this.events = bytes.readUInt32LE(4);
    this.headerAt = FIXED_BYTES + 4 * this.events;
    this.bodiesAt = this.headerAt + bytes.readUInt32LE(8);
  }

  /** The same group copied into memory of the caller's; null when there is not room for it. */
  copiedTo(room: Buffer): GroupRecord | null {
    // lmdb's own buffer is longer than the answer in it, of which `length` alone tells: what copies it whole, as `copy` does
    // on Node 20, goes past the end of the room.
    const { length } = this.bytes;
    if (length > room.length) return null;
    room.set(this.bytes.subarray(0, length));
    return new GroupRecord(this.firstPosition, room.subarray(0, length));
  }

  holds(position: number): boolean {
    return position >= this.firstPosition && position < this.firstPosition + this.events;
  }

  headers(): readonly AppendHeader[] {
    return JSON.parse(this.bytes.toString('utf8', this.headerAt, this.bodiesAt)) as AppendHeader[];
  }

  /** The event at an index within the group, whose stream and revision the caller knows from a header or the index. */
  event(index: number, stream: string, revision: number): StoredEvent {
    const start = index === 0 ? 0 : this.bytes.readUInt32LE(FIXED_BYTES + 4 * (index - 1));
    const end = this.bytes.readUInt32LE(FIXED_BYTES + 4 * index);
    const text = this.bytes.toString('utf8', this.bodiesAt + start, this.bodiesAt + end);
    const { id, type, version, data, metadata } = JSON.parse(text) as NewEvent;
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
}
