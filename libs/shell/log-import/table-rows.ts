import { LogFormatError, type LogLine } from './log-record.js';

export interface TableOptions {
  /** Line that names the columns; what is above it is not a row. */
  readonly header: number;
  readonly required: readonly string[];
}

/** The rows of a sheet as records under the names of its header. Empty rows are passed over. */
export async function* tableRows(
  rows: AsyncIterable<{ readonly line: number; readonly cells: readonly string[] }>,
  { header: headerLine, required }: TableOptions,
): AsyncGenerator<LogLine> {
  let header: readonly string[] | null = null;
  for await (const { line, cells } of rows) {
    if (line < headerLine || cells.every((cell) => cell.trim() === '')) continue;
    if (header === null) {
      header = checkedHeader(withoutEmptyEnd(cells), required, line);
      continue;
    }
    const beyond = cells.slice(header.length).some((cell) => cell.trim() !== '');
    if (beyond) yield { line, reason: `has a cell beyond the ${header.length} columns of the header` };
    else yield { line, values: new Map(header.map((name, index) => [name, cells[index] ?? ''])) };
  }
  if (header === null)
    throw new LogFormatError('the file is empty: a header line with column names is needed');
}

/** @throws LogFormatError when the header names a column twice, or lacks a required one */
export function checkedHeader(
  names: readonly string[],
  required: readonly string[],
  line: number,
): readonly string[] {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new LogFormatError(`line ${line}: column "${twice}" appears twice`);
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new LogFormatError(
      `line ${line}: no column "${missing.join('", "')}"; the file has "${names.join('", "')}"`,
    );
  }
  return names;
}

function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return cells.slice(0, last + 1).map((cell) => cell.trim());
}
