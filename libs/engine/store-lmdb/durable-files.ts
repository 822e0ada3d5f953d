import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** Writes a file; it is on disk when this returns. */
export function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Puts on disk what a file, or a directory's list of names, holds. */
export function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
