import { type CsvError, parse } from 'csv-parse';
import { Readable } from 'node:stream';
import { checkedHeader } from './table-rows.js';
import { type BadRow, type LogLine, LogFormatError, messageOf } from './log-record.js';

/** A record longer than this is taken for one whose quote never closes. In characters. */
const MAX_RECORD = 1_000_000;

export interface CsvOptions {
  /** One character between fields. Default a comma. */
  readonly delimiter?: string;
  /** Columns the header must have. */
  readonly required?: readonly string[];
  /** Line that names the columns. Default the first. */
  readonly header?: number;
}

/**
 * Reads CSV (RFC 4180, with or without BOM, any line ending; quotes in the middle of a field are kept) one record at a time:
 * the next piece of text is read when the consumer wants more. A record with another number of fields than the header is a bad
 * row. After a quote that never closes, records cannot be separated: it is reported as one bad row and reading ends there.
 * @throws LogFormatError when there is no header, or it names a column twice or lacks a required one
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  options: CsvOptions = {},
): AsyncGenerator<LogLine> {
  let broken: BadRow | null = null;
  const begun = await beginning(text, options);
  const above = begun.above;
  const parser = parse({
    delimiter: begun.delimiter,
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD,
    skip_records_with_error: true,
    on_skip: (error) => {
      broken ??= brokenRow(error);
      return undefined;
    },
  });
  const source = Readable.from(begun.text);
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);

  let header: readonly string[] | null = null;
  let lastLine = 0;
  let twice = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      // The parser reads ahead of this loop: what it makes of the text after an open quote is not data.
      if (broken !== null && info.lines >= (broken as BadRow).line) break;
      const within = countIn(record, '\n');
      // The parser counts CR LF inside a quoted field as two lines.
      twice += countIn(record, '\r\n');
      lastLine = above + info.lines - twice;
      const line = lastLine - within;
      if (header === null) {
        header = checkedHeader(record, options.required ?? [], line);
      } else if (record.length === header.length) {
        const values = new Map<string, string>();
        header.forEach((name, index) => values.set(name, record[index] ?? ''));
        yield { line, values };
      } else {
        yield { line, reason: `has ${record.length} fields where the header has ${header.length}` };
      }
    }
  } catch (error) {
    if (error instanceof LogFormatError) throw error;
    throw new LogFormatError(`after line ${lastLine}: ${messageOf(error)}`, { cause: error });
  } finally {
    source.destroy();
    parser.destroy();
  }
  if (broken !== null) yield { line: lastLine + 1, reason: (broken as BadRow).reason };
  else if (header === null)
    throw new LogFormatError('the file is empty: a header line with column names is needed');
}

/** Where the header begins: after the lines above it, and after `sep=;`, with which Excel names the delimiter. */
async function beginning(
  text: AsyncIterable<string>,
  { delimiter = ',', header = 1 }: CsvOptions,
): Promise<{ readonly text: AsyncIterable<string>; readonly delimiter: string; readonly above: number }> {
  const pieces = text[Symbol.asyncIterator]();
  let held = '';
  let above = 0;
  let named = delimiter;
  for (let done = false; ;) {
    const [first, rest] = firstLine(held, done);
    const separator = above === 0 ? /^\uFEFF?sep=(.)$/i.exec(first ?? '')?.[1] : undefined;
    if (first !== null && (separator !== undefined || above + 1 < header)) {
      named = separator ?? named;
      above += 1;
      held = rest;
      continue;
    }
    if (first !== null || done) break;
    const next = await pieces.next();
    if (next.done) done = true;
    else held += next.value;
  }
  const remaining = async function* (): AsyncGenerator<string> {
    if (held !== '') yield held;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  };
  return { text: remaining(), delimiter: named, above };
}

/** The first line of a text and what follows it; null while the line may go on. */
function firstLine(text: string, isAll: boolean): readonly [line: string | null, rest: string] {
  const end = /\r\n|\n|\r(?=.)/s.exec(text);
  if (end) return [text.slice(0, end.index), text.slice(end.index + end[0].length)];
  if (text.length > MAX_RECORD) return [text, ''];
  return isAll && text !== '' ? [text, ''] : [null, text];
}

function brokenRow(error: CsvError | undefined): BadRow {
  return {
    line: Number(error?.lines ?? 0),
    reason: `the record that begins here does not end (an open quote?): it and all that follows could not be read`,
  };
}

function countIn(record: readonly string[], text: string): number {
  let count = 0;
  for (const field of record) {
    for (let at = field.indexOf(text); at !== -1; at = field.indexOf(text, at + text.length)) count += 1;
  }
  return count;
}
