import { crc32c } from '@node-rs/crc32';
import { type ReadModelsDamaged } from '#libs/engine/event-sourcing';
import { type Database, type RootDatabase } from 'lmdb';
import { database } from './environment.js';
import { NOTES } from './read-model-databases.js';

/** What the keys of the store's own notes begin with. */
export const CHECKPOINT = 'checkpoint:';
/** The log that the documents were filled from. */
export const LOG = 'log';
export const LEASE = 'lease:';
export const LIVE = 'live:';
export const MODEL = 'model:';
export const SLOT = 'slot:';

/** The store's own notes, short texts under a key, each with a checksum of itself and its key before it. */
export class Notes {
  private readonly notes: Database<string, string>;

  constructor(
    root: RootDatabase,
    private readonly damaged: (what: string) => ReadModelsDamaged,
  ) {
    this.notes = database(root, NOTES, 'string');
  }

  /** @throws ReadModelsDamaged */
  get(key: string): string | null {
    const note = this.notes.get(key);
    return note === undefined ? null : this.textOf(key, note);
  }

  /** All of a kind, by what follows the kind in their keys. @throws ReadModelsDamaged */
  ofKind(kind: string): readonly { readonly name: string; readonly text: string }[] {
    const range = { start: kind, end: `${kind}\u{10ffff}` };
    return [...this.notes.getRange(range)].map(({ key, value }) => ({
      name: key.slice(kind.length),
      text: this.textOf(key, value),
    }));
  }

  put(key: string, text: string): Promise<boolean> {
    return this.notes.put(key, sealedNote(key, text));
  }

  /** What is there stays. */
  putIfAbsent(key: string, text: string): Promise<boolean> {
    return this.notes.ifNoExists(key, () => void this.put(key, text));
  }

  putSync(key: string, text: string): void {
    this.notes.putSync(key, sealedNote(key, text));
  }

  remove(key: string): Promise<boolean> {
    return this.notes.remove(key);
  }

  removeSync(key: string): void {
    this.notes.removeSync(key);
  }

  /** Drops the snapshot that lmdb keeps for a turn of the event loop: another process may have written since. */
  lookAfresh(): void {
    this.notes.resetReadTxn();
  }

  private textOf(key: string, note: string): string {
    const text = textOfNote(key, note);
    if (text === null) throw this.damaged(`the note ${key}`);
    return text;
  }
}

function sealedNote(key: string, text: string): string {
  return `${crc32c(`${key}\n${text}`)} ${text}`;
}

/** Null when it is not what was written. */
export function textOfNote(key: string, note: string): string | null {
  const end = note.indexOf(' ');
  const text = note.slice(end + 1);
  return end > 0 && sealedNote(key, text) === note ? text : null;
}
