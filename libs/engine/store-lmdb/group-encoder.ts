import { EventTooLarge, MAX_EVENT_BYTES, type NewEvent } from '#libs/engine/event-sourcing';
import {
  type AppendHeader,
  type EncodedAppend,
  type EncodedEvent,
  type RecordPlace,
  recordBytes,
  writeRecord,
} from './group-record.js';

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
  readonly chain: Buffer;
}

/**
 * Writes all groups into one buffer: a new one for each commit would cost more in garbage collection than all the rest. What
 * `encode` returns is valid until the next call.
 */
export class GroupEncoder {
  private readonly memory = Buffer.allocUnsafeSlow(KEPT_BYTES);
  private used = 0;

  /** `place`: of the first record; the others follow it. */
  encode(appends: readonly EncodedAppend[], place: RecordPlace): EncodedRecord[] {
    this.used = 0;
    let next = place;
    const records: EncodedRecord[] = [];
    let from = 0;
    let bodyBytes = 0;
    appends.forEach(({ bodies }, index) => {
      for (const { bytes } of bodies) bodyBytes += bytes;
      if (bodyBytes < RECORD_BYTES && index < appends.length - 1) return;
      const record = this.record(appends.slice(from, index + 1), bodyBytes, next);
      records.push(record);
      next = { id: place.id, position: next.position + record.events, chain: record.chain };
      from = index + 1;
      bodyBytes = 0;
    });
    return records;
  }

  private record(appends: readonly EncodedAppend[], bodyBytes: number, place: RecordPlace): EncodedRecord {
    const headers: AppendHeader[] = [];
    let events = 0;
    for (const { stream, firstRevision, bodies } of appends) {
      headers.push([stream, firstRevision, bodies.length]);
      events += bodies.length;
    }
    const header = JSON.stringify(headers);
    const bytes = this.buffer(recordBytes(events, Buffer.byteLength(header), bodyBytes));
    const chain = writeRecord(bytes, place, { events, header, appends });
    return { bytes, events, chain };
  }

  private buffer(bytes: number): Buffer {
    if (this.used + bytes > KEPT_BYTES) return Buffer.allocUnsafeSlow(bytes);
    this.used += bytes;
    return this.memory.subarray(this.used - bytes, this.used);
  }
}
