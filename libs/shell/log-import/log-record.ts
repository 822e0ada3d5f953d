/** One line of a foreign log, whatever its format: column or attribute name -> text. Case attributes of XES carry `case:`. */
export interface LogRecord {
  /** Line in the (unpacked) file where the record begins, counted from 1. */
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

/** A line that could not be read, used or imported, and why. */
export interface BadRow {
  readonly line: number;
  readonly reason: string;
}

/** What is in the file and is not a row: reported, and passed over. */
export interface LogNote {
  readonly line: number;
  readonly note: string;
}

/** What a reader yields: good and bad lines in the order of the file, and what is worth a word. */
export type LogLine = LogRecord | BadRow | LogNote;

export const isNote = (line: object): line is LogNote => 'note' in line;

export const isBad = (line: object): line is BadRow => 'reason' in line;

/** The file as a whole cannot be read: no log of the format it should have, cut off, wrong encoding, missing columns. */
export class LogFormatError extends Error {
  override readonly name = 'LogFormatError';
}

export const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

/** True for errors of Node's own parts, which are known by their code. */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
