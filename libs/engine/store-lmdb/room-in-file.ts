import { Buffer } from 'node:buffer';
import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';

const ZEROS = Buffer.alloc(64 << 10);

/** Part of a data file that LMDB has not come to yet, which the file system has given already. */
export class RoomInFile {
  private readonly handle: number;

  /**
   * @param path the data file, which exists
   * @param usedBytes how far LMDB has come in it
   */
  constructor(
    path: string,
    private readonly usedBytes: () => number,
  ) {
    this.handle = openSync(path, 'a');
  }

  /**
   * Makes the file so long that `bytes` more can be written without asking the file system for blocks. It only appends: a page
   * that another process writes at the same time is never overwritten.
   * @throws the system's error when there is no room
   */
  ensure(bytes: number): void {
    let missing = this.usedBytes() + bytes - fstatSync(this.handle).size;
    while (missing > 0) missing -= writeSync(this.handle, ZEROS, 0, Math.min(missing, ZEROS.length));
  }

  close(): void {
    closeSync(this.handle);
  }
}
