import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import {
  checkAppend,
  type EventMetadata,
  InvalidAppend,
  type Json,
  MAX_EVENT_BYTES,
  type StoredEvent,
} from '#libs/engine/event-sourcing';
import { UserError } from './failure.js';

/** An event with its envelope, every sign of it written as an escape, is never longer. */
const LONGEST_LINE = 8 * MAX_EVENT_BYTES;
const NEW_LINE = 0x0a;
const NUMBER = /^\d{1,19}$/;
/** Of an event's metadata: what is always there and is text. The rest may be missing, or null. */
const METADATA_TEXTS = ['occurredAt', 'recordedAt', 'commandId', 'commandDigest', 'correlationId'];

/**
 * The events of a file that `ops export` wrote, in its order.
 * @throws UserError naming the first line that is not one of them, or that does not go on from those before it
 */
export async function* exportedEvents(path: string): AsyncGenerator<StoredEvent> {
  const next = new Map<string, bigint>();
  let before = -1n;
  let number = 0;
  for await (const line of linesOf(path)) {
    number += 1;
    const event = eventIn(line);
    if (typeof event === 'string') throw new UserError(`line ${number} is not an event: ${event}`);
    const { stream, revision, position } = event;
    const due = next.get(stream) ?? 0n;
    if (revision !== due)
      throw new UserError(`line ${number}: revision ${revision} of ${stream}, where ${due} is due`);
    if (position <= before) throw new UserError(`line ${number}: position ${position} comes after ${before}`);
    next.set(stream, revision + 1n);
    before = position;
    yield event;
  }
}

/** The event in a line, or why the line is not one. */
function eventIn(line: Buffer): StoredEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line));
  } catch (error) {
    return error instanceof SyntaxError || error instanceof TypeError ? error.message : String(error);
  }
  if (!isRecord(value)) return 'it is not an object';
  const { position, stream, revision, id, type, version, data, metadata, ...more } = value;
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) return `${JSON.stringify(unknown)} is not a part of one`;
  if (typeof position !== 'string' || !NUMBER.test(position))
    return 'position must be a whole number as text';
  if (typeof revision !== 'string' || !NUMBER.test(revision))
    return 'revision must be a whole number as text';
  if (typeof stream !== 'string') return 'stream must be text';
  if (typeof id !== 'string') return 'id must be text';
  if (typeof type !== 'string') return 'type must be text';
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1)
    return 'version must be a whole number from 1';
  if (data === undefined) return 'data is missing';
  if (!isRecord(metadata)) return 'metadata must be an object';
  if (!isRecord(metadata['actor'])) return 'metadata.actor must be an object';
  const lacking = METADATA_TEXTS.find((name) => typeof metadata[name] !== 'string');
  if (lacking !== undefined) return `metadata.${lacking} must be text`;
  const bytes = Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));
  if (bytes > MAX_EVENT_BYTES) return `it has ${bytes} bytes, and ${MAX_EVENT_BYTES} are the most`;
  const event: StoredEvent = {
    position: BigInt(position),
    stream,
    revision: BigInt(revision),
    id,
    type,
    version,
    data: data as Json,
    metadata: metadata as Record<string, unknown> & EventMetadata,
  };
  try {
    checkAppend(stream, null, [event]);
  } catch (error) {
    if (error instanceof InvalidAppend) return error.message;
    throw error;
  }
  return event;
}

/** Lines as bytes, without their ends; the last may have none. @throws UserError */
async function* linesOf(path: string): AsyncGenerator<Buffer> {
  let number = 1;
  let parts: Buffer[] = [];
  let bytes = 0;
  const add = (part: Buffer): void => {
    bytes += part.length;
    if (bytes > LONGEST_LINE) throw new UserError(`line ${number} is not an event: it is too long`);
    parts.push(part);
  };
  for await (const piece of contentOf(path)) {
    let from = 0;
    for (let end = piece.indexOf(NEW_LINE); end >= 0; end = piece.indexOf(NEW_LINE, from)) {
      add(piece.subarray(from, end));
      yield Buffer.concat(parts);
      [parts, bytes, from] = [[], 0, end + 1];
      number += 1;
    }
    if (from < piece.length) add(piece.subarray(from));
  }
  if (bytes > 0) yield Buffer.concat(parts);
}

async function* contentOf(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 << 10 });
  const unpacked = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  if (unpacked !== file) file.once('error', (error) => unpacked.destroy(error));
  try {
    yield* unpacked as AsyncIterable<Buffer>;
  } catch (error) {
    throw new UserError(
      `${path} cannot be read to its end: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    file.destroy();
    unpacked.destroy();
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
