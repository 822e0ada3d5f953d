import { type Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { LogFormatError, type LogLine, messageOf } from './log-record.js';
import { tableRows } from './table-rows.js';

/** A sheet's text that appears many times is kept once; more of them than this fill the memory. In characters. */
const MOST_SHARED = 100_000_000;

export interface XlsxOptions {
  /** Line of the sheet that names the columns. */
  readonly header: number;
  readonly required: readonly string[];
  /** Called with the bytes of the sheet that were unpacked. */
  readonly onRead?: (bytes: number) => void;
}

/**
 * Reads the first sheet of a workbook (Office Open XML) row by row. A cell is given as it is stored: a date is the number that
 * Excel counts its days by (`timeFormat: excel`), unless it was typed as text.
 * @throws LogFormatError when the file is not a workbook
 */
export async function* readXlsx(path: string, options: XlsxOptions): AsyncGenerator<LogLine> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw new LogFormatError(`${path} is no workbook: ${messageOf(error)}`, { cause: error });
  });
  try {
    const entries = await entriesOf(zip);
    const sheet = firstSheet(entries);
    if (sheet === undefined) throw new LogFormatError(`${path} holds no sheet`);
    const strings = entries.get('xl/sharedStrings.xml');
    const shared = strings ? await sharedStrings(zip, strings) : [];
    yield* tableRows(rowsOf(zip, sheet, shared, options.onRead), options);
  } catch (error) {
    if (error instanceof LogFormatError) throw error;
    throw new LogFormatError(`${path} cannot be read to its end: ${messageOf(error)}`, { cause: error });
  } finally {
    zip.close();
  }
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

/** Sheets are numbered in the order in which they were made; the first one is nearly always the only one. */
function firstSheet(entries: ReadonlyMap<string, Entry>): Entry | undefined {
  const names = [...entries.keys()].filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name));
  const number = (name: string) => Number(/(\d+)\.xml$/.exec(name)?.[1]);
  const [first] = names.sort((a, b) => number(a) - number(b));
  return first === undefined ? undefined : entries.get(first);
}

type Handlers<Item> = {
  readonly open: (tag: SaxesTagPlain) => void;
  readonly text: (text: string) => void;
  /** Returns what the element completes, if it does. */
  readonly close: (tag: SaxesTagPlain) => Item | undefined;
};

/** Walks a part of the workbook, and gives what its elements complete. */
async function* parsed<Item>(
  zip: ZipFile,
  entry: Entry,
  { open, text, close }: Handlers<Item>,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<Item> {
  const parser = new SaxesParser({ xmlns: false });
  const ready: Item[] = [];
  let fault: Error | null = null;
  parser.on('opentag', open);
  parser.on('text', text);
  parser.on('closetag', (tag) => {
    const item = close(tag);
    if (item !== undefined) ready.push(item);
  });
  parser.on('error', (error) => (fault ??= error));
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const piece of stream as AsyncIterable<Buffer>) {
    onRead(piece.length);
    parser.write(decoder.decode(piece, { stream: true }));
    if (fault) throw fault as Error;
    yield* ready.splice(0);
  }
  parser.close();
  if (fault) throw fault as Error;
  yield* ready.splice(0);
}

const localName = ({ name }: SaxesTagPlain): string => name.slice(name.indexOf(':') + 1);

async function sharedStrings(zip: ZipFile, entry: Entry): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let isSpoken = false;
  let total = 0;
  const handlers: Handlers<string> = {
    open: (tag) => {
      if (localName(tag) === 'si') text = '';
      // How a name is spoken (rPh) does not belong to it.
      if (localName(tag) === 'rPh') isSpoken = true;
      inText = localName(tag) === 't' && !isSpoken;
    },
    text: (piece) => {
      if (inText) text += piece;
    },
    close: (tag) => {
      inText = false;
      if (localName(tag) === 'rPh') isSpoken = false;
      return localName(tag) === 'si' ? text : undefined;
    },
  };
  for await (const one of parsed(zip, entry, handlers)) {
    total += one.length;
    if (total > MOST_SHARED) throw new LogFormatError('the workbook holds too much text; save it as CSV');
    strings.push(one);
  }
  return strings;
}

/** The rows of a sheet, each with its number and its cells by place. */
async function* rowsOf(
  zip: ZipFile,
  entry: Entry,
  shared: readonly string[],
  onRead: ((bytes: number) => void) | undefined,
): AsyncGenerator<{ readonly line: number; readonly cells: readonly string[] }> {
  let line = 0;
  let cells: string[] = [];
  let place = -1;
  let type = 'n';
  let value = '';
  let inValue = false;
  const handlers: Handlers<{ readonly line: number; readonly cells: readonly string[] }> = {
    open: (tag) => {
      const name = localName(tag);
      if (name === 'row') {
        line = Number(tag.attributes['r'] ?? line + 1);
        cells = [];
        place = -1;
      } else if (name === 'c') {
        const { r, t } = tag.attributes;
        place = r === undefined ? place + 1 : columnOf(r);
        type = t ?? 'n';
        value = '';
      }
      inValue = name === 'v' || name === 't';
    },
    text: (piece) => {
      if (inValue) value += piece;
    },
    close: (tag) => {
      inValue = false;
      const name = localName(tag);
      if (name === 'c') {
        while (cells.length < place) cells.push('');
        cells[place] = cellText(type, value, shared);
      }
      return name === 'row' ? { line, cells } : undefined;
    },
  };
  yield* parsed(zip, entry, handlers, onRead);
}

/** A cell's place in its row, from its name: A1 is the first, AA1 the 27th. */
function columnOf(name: string): number {
  let place = 0;
  for (const letter of /^[A-Z]+/.exec(name)?.[0] ?? 'A') place = place * 26 + letter.charCodeAt(0) - 64;
  return place - 1;
}

function cellText(type: string, value: string, shared: readonly string[]): string {
  if (type === 's') return shared[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  // An error such as #N/A says nothing.
  return type === 'e' ? '' : value;
}
