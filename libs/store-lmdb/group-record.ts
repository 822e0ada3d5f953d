import { EventTooLarge, MAX_EVENT_BYTES, type NewEvent, type StoredEvent } from '#libs/event-sourcing';

/**
 * What one commit of the log holds: the appends of one group, one after another. Layout, little endian:
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

/** An append's events as bytes, made once: for measuring, then for writing. */
export interface EncodedAppend {
  readonly stream: string;
  readonly firstRevision: number;
  readonly bodies: readonly Buffer[];
}

/** @throws EventTooLarge */
export function encodeEvent(stream: string, event: NewEvent): Buffer {
  const head = `{"id":"${event.id}","type":${JSON.stringify(event.type)},"version":${event.version},"data":`;
  const data = JSON.stringify(event.data);
  const metadata = JSON.stringify(event.metadata);
  const bytes = Buffer.from(`${head}${data},"metadata":${metadata}}`);
  if (bytes.length > MAX_EVENT_BYTES) {
    const measured = Buffer.byteLength(data) + Buffer.byteLength(metadata);
    if (measured > MAX_EVENT_BYTES) throw new EventTooLarge(stream, measured, MAX_EVENT_BYTES);
  }
  return bytes;
}

export function encodeGroup(appends: readonly EncodedAppend[]): Buffer {
  const headers: AppendHeader[] = [];
  let events = 0;
  let bodyBytes = 0;
  for (const { stream, firstRevision, bodies } of appends) {
    headers.push([stream, firstRevision, bodies.length]);
    events += bodies.length;
    for (const body of bodies) bodyBytes += body.length;
  }
  const header = Buffer.from(JSON.stringify(headers));
  const bodiesAt = FIXED_BYTES + 4 * events + header.length;
  // A buffer of its own: lmdb's writing thread reads it later, when a pooled one might be shared.
  const record = Buffer.allocUnsafeSlow(bodiesAt + bodyBytes);
  record.writeUInt32LE(FORMAT, 0);
  record.writeUInt32LE(events, 4);
  record.writeUInt32LE(header.length, 8);
  record.set(header, FIXED_BYTES + 4 * events);
  let offset = bodiesAt;
  let slot = FIXED_BYTES;
  for (const { bodies } of appends) {
    for (const body of bodies) {
      record.set(body, offset);
      offset += body.length;
      record.writeUInt32LE(offset - bodiesAt, slot);
      slot += 4;
    }
  }
  return record;
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
