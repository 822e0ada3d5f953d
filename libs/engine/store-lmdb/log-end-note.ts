import { Buffer } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32c } from '@node-rs/crc32';
import { type Acknowledged } from '#libs/engine/event-sourcing';
import { type DataDisk, type WatchedFiles } from './data-disk.js';
import { syncPath } from './durable-files.js';

/**
 * Outside of the folder of the log, so that who puts an older copy of that folder in its place leaves the note as it is. Each
 * writing goes into the next of a few sectors: one that a power cut has torn takes none of the others with it.
 */
const FILE = 'log-end';
const SECTOR_BYTES = 512;
const SECTORS = 8;
const FILE_BYTES = SECTOR_BYTES * SECTORS;

const pathIn = (directory: string): string => join(directory, FILE);

/**
 * Notes the end of the log before anything up to it is acknowledged. The log is on disk by then, so the note is never
 * ahead of it. The note itself is flushed once a second: it survives the process at any moment, and lags by about a second
 * after a power cut.
 */
export class LogEndNote {
  private file: { readonly handle: number; readonly watched: WatchedFiles } | null = null;
  /** The log that the file is about; null while that was not asked. */
  private logId: string | null = null;
  private noted = -1n;
  private sector = 0;

  constructor(
    private readonly directory: string,
    private readonly disk: DataDisk,
  ) {}

  isAt(position: bigint): boolean {
    return this.noted === position;
  }

  /**
   * To be called before a commit: after it, a note that finds no room would end the process.
   * @throws StoreFull, StoreBroken
   */
  mustHaveRoom(): void {
    if (this.file !== null) return;
    this.disk.takeAhead(() => {
      this.file = this.opened();
    });
  }

  record(end: Acknowledged): void {
    this.file ??= this.opened();
    if (this.logId !== end.logId) this.beginOf(end.logId, this.file.handle);
    const text = sealed(textOf(end));
    writeSync(this.file.handle, text, this.sector * SECTOR_BYTES, 'latin1');
    this.file.watched.wroteUnflushed();
    this.sector = (this.sector + 1) % SECTORS;
    this.noted = end.position;
  }

  close(): void {
    if (this.file === null) return;
    this.file.watched.release();
    closeSync(this.file.handle);
    syncPath(pathIn(this.directory));
    this.file = null;
  }

  private opened(): { readonly handle: number; readonly watched: WatchedFiles } {
    const path = pathIn(this.directory);
    const handle = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      const { size } = fstatSync(handle);
      if (size < FILE_BYTES) writeSync(handle, Buffer.alloc(FILE_BYTES - size), 0, FILE_BYTES - size, size);
      syncPath(this.directory);
      return { handle, watched: this.disk.watch({ folder: this.directory, data: path, lock: path }, false) };
    } catch (error) {
      closeSync(handle);
      throw error;
    }
  }

  /** What was noted of another log, or cannot be read, says nothing about this one. */
  private beginOf(logId: string, handle: number): void {
    if (lastAcknowledged(this.directory)?.logId !== logId)
      writeSync(handle, Buffer.alloc(FILE_BYTES), 0, FILE_BYTES, 0);
    this.logId = logId;
  }
}

/** The last event that was acknowledged of the log in this directory; null where nothing was noted. */
export function lastAcknowledged(directory: string): Acknowledged | null {
  let last: Acknowledged | null = null;
  for (const line of linesIn(pathIn(directory))) {
    const end = acknowledgedOf(line);
    if (end !== null && (last === null || end.position > last.position)) last = end;
  }
  return last;
}

/** The log that is there now is the right one, whatever was acknowledged. */
export function forgetAcknowledged(directory: string): void {
  rmSync(pathIn(directory), { force: true });
}

function linesIn(path: string): readonly string[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return Array.from({ length: SECTORS }, (_, sector) => {
    const text = bytes.toString('latin1', sector * SECTOR_BYTES, (sector + 1) * SECTOR_BYTES);
    return text.slice(0, text.indexOf('\n') + 1);
  });
}

const textOf = ({ logId, position, eventId }: Acknowledged): string => `${logId} ${position} ${eventId}`;

const sealed = (text: string): string => `${text} ${crc32c(text)}\n`;

/** Null for what is not what was written. */
function acknowledgedOf(line: string): Acknowledged | null {
  const [logId = '', position = '', eventId = ''] = line.split(' ');
  if (!/^\d+$/.test(position)) return null;
  const end = { logId, position: BigInt(position), eventId };
  return sealed(textOf(end)) === line ? end : null;
}
