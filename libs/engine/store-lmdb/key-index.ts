import { type KeyUse } from '#libs/engine/event-sourcing';
import { type Database, type RootDatabase } from 'lmdb';
import { database } from './environment.js';

/** Digits of a key's digest that tell keys apart: 128 bits. */
const KEY_DIGITS = 32;

const shortened = (key: string): Buffer => Buffer.from(key.slice(0, KEY_DIGITS), 'hex');

/**
 * Which thing each Idempotency-Key was used for, written in the transaction of the append that uses it: whichever process
 * asks, before or after a restart, a key is good for one thing only. Some 100 bytes a key, for ever.
 */
export class KeyIndex {
  private readonly entries: Database<string, Buffer>;

  constructor(root: RootDatabase) {
    this.entries = database(root, 'keys', 'string', 'binary');
  }

  thingOf(key: string): string | null {
    return this.entries.get(shortened(key)) ?? null;
  }

  /** To be called within the transaction of the append. */
  write({ key, thing }: KeyUse): void {
    void this.entries.put(shortened(key), thing);
  }
}
