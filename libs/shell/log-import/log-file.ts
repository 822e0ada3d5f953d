import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { readCsv } from './csv-reader.js';
import { hasCode, LogFormatError, type LogLine, messageOf } from './log-record.js';
import { readXes } from './xes-reader.js';
import { readXlsx } from './xlsx-reader.js';

export interface LogFileOptions {
  /** `auto`: what begins with `<` is XES, with PK a workbook, all else CSV. */
  readonly format: 'csv' | 'xes' | 'xlsx' | 'auto';
  /** WHATWG label, such as `utf-8` or `gb18030`; null = what the XML declaration says, else UTF-8. */
  readonly encoding: string | null;
  readonly delimiter: string;
  /** Line that names the columns; default the first. */
  readonly header?: number;
  /** Columns a CSV header must have. */
  readonly required: readonly string[];
}

/** A log on disk, compressed with gzip or not: recognised by its first bytes, since its name may be wrong. */
export interface LogFile {
  readonly bytes: number;
  /** How many of `bytes` have been read so far. */
  bytesRead(): number;
  /** Reads the file from its beginning, in flat memory. May be called once. @throws LogFormatError */
  lines(): AsyncIterable<LogLine>;
  /** SHA-256, hexadecimal, of the unpacked content; known when `lines` has been read to its end. */
  digest(): string;
}

/** @throws LogFormatError when there is no such file */
export async function openLogFile(path: string, options: LogFileOptions): Promise<LogFile> {
  const { bytes, packed, workbook } = await inspect(path);
  const { header = 1, required, delimiter } = options;
  const hash = createHash('sha256');
  let read = 0;
  const content = unpack(path, packed, hash, (length) => (read += length));

  return {
    bytes,
    bytesRead: () => read,
    async *lines() {
      if (options.format === 'xlsx' || (options.format === 'auto' && workbook)) {
        for await (const _ of content) continue;
        yield* readXlsx(path, { header, required });
        return;
      }
      const text = decode(content, options.encoding, path);
      const first = await text.next();
      const rest = startingWith(first.done ? '' : first.value, text);
      const format = options.format === 'auto' ? formatOf(first.done ? '' : first.value) : options.format;
      yield* format === 'xes' ? readXes(rest) : readCsv(rest, { delimiter, required, header });
    },
    digest: () => hash.copy().digest('hex'),
  };
}

/** SHA-256, hexadecimal, of a file's unpacked content: the same for a log and its packed copy. @throws LogFormatError */
export async function contentDigest(path: string): Promise<string> {
  const { packed } = await inspect(path);
  const hash = createHash('sha256');
  for await (const _ of unpack(path, packed, hash, () => undefined)) continue;
  return hash.digest('hex');
}

async function inspect(
  path: string,
): Promise<{ readonly bytes: number; readonly packed: boolean; readonly workbook: boolean }> {
  const handle = await open(path).catch((error: unknown) => {
    throw new LogFormatError(`${path} cannot be opened: ${messageOf(error)}`, { cause: error });
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new LogFormatError(`${path} is no file`);
    const head = Buffer.alloc(2);
    await handle.read(head, 0, 2, 0);
    const packed = head[0] === 0x1f && head[1] === 0x8b;
    return { bytes: stat.size, packed, workbook: head.toString('latin1') === 'PK' };
  } finally {
    await handle.close();
  }
}

async function* unpack(
  path: string,
  packed: boolean,
  hash: Hash,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  file.on('data', (piece) => onRead(piece.length));
  const unpacked = packed ? file.pipe(createGunzip()) : file;
  if (packed) file.once('error', (error) => unpacked.destroy(error));
  try {
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      hash.update(piece);
      yield piece;
    }
  } catch (error) {
    throw new LogFormatError(`${path} cannot be read to its end: ${messageOf(error)}`, { cause: error });
  } finally {
    file.destroy();
    unpacked.destroy();
  }
}

async function* decode(
  content: AsyncIterable<Buffer>,
  encoding: string | null,
  path: string,
): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let label = encoding;
  let done = 0;
  try {
    for await (const piece of content) {
      if (!decoder) {
        label ??= wideEncoding(piece) ?? declaredEncoding(piece) ?? 'utf-8';
        decoder = new TextDecoder(label, { fatal: true });
      }
      const text = decoder.decode(piece, { stream: true });
      done += piece.length;
      if (text !== '') yield text;
    }
    const last = decoder?.decode() ?? '';
    if (last !== '') yield last;
  } catch (error) {
    if (!hasCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA', 'ERR_ENCODING_NOT_SUPPORTED')) throw error;
    throw new LogFormatError(
      `${path} is not written in ${label ?? 'utf-8'} (after byte ${done}); the mapping may name another encoding, such as gb18030`,
      { cause: error },
    );
  }
}

/** UTF-16, with a byte order mark or without one: then every other byte of its first characters is zero. */
function wideEncoding(piece: Buffer): string | null {
  const [a, b] = piece;
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0)) return 'utf-16le';
  return (a === 0xfe && b === 0xff) || (a === 0 && b !== 0) ? 'utf-16be' : null;
}

/** The encoding an XML declaration names, if the file begins with one. */
function declaredEncoding(piece: Buffer): string | null {
  const declaration = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(
    piece.subarray(0, 300).toString('latin1'),
  );
  return declaration?.[1] ?? null;
}

const formatOf = (text: string): 'csv' | 'xes' => (/^\uFEFF?\s*</.test(text) ? 'xes' : 'csv');

async function* startingWith(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (first !== '') yield first;
  yield* rest;
}
