import { setImmediate } from 'node:timers/promises';
import { type KeyUse, LogDamaged } from '#libs/engine/event-sourcing';
import { type Database, type RootDatabase } from 'lmdb';
import { database } from './environment.js';
import { GroupRecord } from './group-record.js';
import { isSealed, seal, SEAL_BYTES } from './seal.js';

/** Digits of a key's digest that distinguish keys: 128 bits. */
const KEY_DIGITS = 32;
/** The database of the index; and that of releases whose entries had no seals. */
export const KEY_USES = 'key-uses';
export const FORMER_KEYS = 'keys';
/** What an entry takes at most of the disk, the pages above it included. */
const ENTRY_BYTES = 1_024;
/** Entries that are sealed at a time. */
const PORTION = 2_000;

const shortened = (key: string): Buffer => Buffer.from(key.slice(0, KEY_DIGITS), 'hex');

/**
 * Which thing each Idempotency-Key was used for, written in the transaction of the append that uses it: whichever process
 * asks, before or after a restart, a key is good for one thing only. Some 100 bytes a key, forever. Each entry is sealed
 * (seal.ts): a flipped bit must not make a key look used for another thing.
 */
export class KeyIndex {
  private readonly entries: Database<Buffer, Buffer>;

  constructor(private readonly root: RootDatabase) {
    this.entries = database(root, KEY_USES, 'binary', 'binary');
  }

  /** @throws LogDamaged */
  thingOf(key: string): string | null {
    const place = shortened(key);
    const value = this.entries.get(place);
    if (value === undefined) return null;
    if (!isSealed(place, value))
      throw new LogDamaged(null, null, 'an entry of its index of keys is not what was written');
    return value.toString('utf8', SEAL_BYTES);
  }

  /** To be called within the transaction of the append. */
  write({ key, thing }: KeyUse): void {
    this.put(shortened(key), thing);
  }

  /**
   * Takes over what an earlier release wrote without seals. What the log says of a key is put over it, since the log has
   * checksums: a flipped bit would otherwise be sealed as well. Ends where it ended before when it is interrupted and begun again.
   * @param mustHaveRoom asked before each piece of work is written
   */
  async takeOver(groups: Database<Buffer, number>, mustHaveRoom: (bytes: number) => void): Promise<void> {
    if (![...this.root.getKeys()].some((name) => name === FORMER_KEYS)) return;
    const former = database<string, Buffer>(this.root, FORMER_KEYS, 'string', 'binary');
    const write = async (uses: readonly (readonly [place: Buffer, thing: string])[]) => {
      mustHaveRoom(uses.length * ENTRY_BYTES);
      await this.entries.transaction(() => uses.forEach(([place, thing]) => this.put(place, thing)));
    };
    const uses: (readonly [Buffer, string])[] = [];
    for (const { key, value } of former.getRange({ snapshot: false })) {
      uses.push([Buffer.from(key), value]);
      if (uses.length >= PORTION) await write(uses.splice(0));
    }
    for (const { key: position, value } of groups.getRange({ snapshot: false })) {
      for (const { key, thing } of usesIn(position, value)) uses.push([shortened(key), thing]);
      if (uses.length >= PORTION) await write(uses.splice(0));
      await setImmediate();
    }
    await write(uses);
    await former.drop();
  }

  private put(place: Buffer, thing: string): void {
    const value = Buffer.allocUnsafeSlow(SEAL_BYTES + Buffer.byteLength(thing));
    value.write(thing, SEAL_BYTES);
    seal(place, value);
    void this.entries.put(place, value);
  }
}

/** The keys of one entry of the log; of one that is damaged, what can be read. */
function* usesIn(position: number, value: Buffer): Generator<KeyUse> {
  try {
    const group = new GroupRecord(position, value);
    let index = 0;
    for (const [stream, revision, events] of group.headers()) {
      const { keyUse } = group.event(index, stream, revision).metadata;
      if (keyUse) yield keyUse;
      index += events;
    }
  } catch (error) {
    if (!(error instanceof LogDamaged)) throw error;
  }
}
