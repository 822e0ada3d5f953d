import { InvalidAppend } from './errors.js';
import type { NewEvent } from './event.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Control characters, and halves of a surrogate pair standing alone, which UTF-8 cannot hold. */
const NOT_TEXT = /[\p{Cc}\p{Cs}]/u;

/** The longest stream name any store takes, in UTF-8 bytes. */
const MAX_STREAM_NAME_BYTES = 1_000;

/**
 * What every adapter asks of an append before its engine sees it, so that all refuse the same. Names beginning with
 * `$` belong to EventStoreDB's own streams.
 * @throws InvalidAppend
 */
export function checkAppend(stream: string, expected: bigint | null, events: readonly NewEvent[]): void {
  if (stream === '') throw new InvalidAppend('a stream needs a name');
  if (stream.startsWith('$'))
    throw new InvalidAppend(`${stream}: names beginning with $ belong to the engine`);
  if (NOT_TEXT.test(stream)) {
    throw new InvalidAppend(
      `${JSON.stringify(stream)}: a stream's name holds text without control characters`,
    );
  }
  if (
    stream.length * 3 > MAX_STREAM_NAME_BYTES &&
    new TextEncoder().encode(stream).length > MAX_STREAM_NAME_BYTES
  ) {
    throw new InvalidAppend(`a stream's name is longer than ${MAX_STREAM_NAME_BYTES} bytes`);
  }
  if (expected !== null && expected < 0n)
    throw new InvalidAppend(`${stream}: no stream is at revision ${expected}`);
  if (events.length === 0) throw new InvalidAppend(`${stream}: nothing to append`);
  for (const { id, type } of events) {
    if (!UUID.test(id))
      throw new InvalidAppend(`${stream}: the event id ${JSON.stringify(id)} is not a UUID`);
    if (type === '') throw new InvalidAppend(`${stream}: event ${id} has no type`);
  }
}
