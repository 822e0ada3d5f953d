import { setImmediate } from 'node:timers/promises';
import {
  erased,
  joined,
  type KeyRecord,
  newKey,
  type PersonalKey,
  type PersonalKeys,
  PersonalKeysDamaged,
  StoreUnavailable,
  usable,
} from '#libs/engine/event-sourcing';
import { type Database } from 'lmdb';
import { DataDisk } from './data-disk.js';
import { database, type OpenOptions } from './environment.js';
import { beginUse, damageBeforeOpening, type EnvironmentUse } from './environment-use.js';
import { type ErasedPlace, overwrite } from './overwritten-keys.js';
import {
  decodedKeys,
  encodedKeys,
  FILLER,
  liveEntryOf,
  MARKS,
  PERSONS,
  placeOf,
} from './personal-key-record.js';
import { answer } from './turn.js';
import { mustNotBeOtherFiles, openWatched, type WatchedEnvironment } from './watched-environment.js';

const NAME = 'keys';
const BEGUN = 'begun';
/** Pages that the change of one record may take. */
const RECORD_BYTES = 64 << 10;
/** No value that overwrites takes more than a page. */
const FILLER_PAGE_BYTES = 4_096;
/** Records of a backup that are added at a time. */
const PORTION = 1_000;
/** Records read before other work gets its turn. */
const RECORDS_A_TURN = 500;

/**
 * Opens (and creates) the keys of personal data in `directory`. Several processes may have them open and write.
 * @throws StoreUnavailable, StoreFull, StoreBroken
 * @throws PersonalKeysDamaged
 */
export async function openLmdbPersonalKeys(
  directory: string,
  { disk = new DataDisk(directory) }: Pick<OpenOptions, 'disk'> = {},
): Promise<PersonalKeys> {
  mustNotBeOtherFiles(directory, NAME);
  const damage = await damageBeforeOpening(directory, NAME);
  if (damage !== null) throw new PersonalKeysDamaged(damage);
  const use = beginUse(directory, NAME);
  try {
    const environment = await openWatched(directory, NAME, { durable: true, readOnly: false, disk }, use);
    const keys = new LmdbPersonalKeys(environment, use);
    use.begun();
    return keys;
  } catch (error) {
    use.end();
    throw error;
  }
}

class LmdbPersonalKeys implements PersonalKeys {
  private readonly persons: Database<Buffer, Buffer>;
  private readonly marks: Database<string, string>;
  private readonly filler: Database<Buffer, string>;
  private closed = false;

  constructor(
    private readonly environment: WatchedEnvironment,
    private readonly use: EnvironmentUse,
  ) {
    this.persons = database(environment.root, PERSONS, 'binary', 'binary');
    this.marks = database(environment.root, MARKS, 'string');
    this.filler = database(environment.root, FILLER, 'binary');
  }

  async take(persons: readonly string[]): Promise<ReadonlyMap<string, PersonalKey>> {
    const found = await this.find(persons);
    const taken = new Map<string, PersonalKey>();
    const missing: string[] = [];
    for (const person of persons) {
      const key = usable(found.get(person));
      if (key === null) missing.push(person);
      else taken.set(person, key);
    }
    if (missing.length === 0) return taken;
    await this.changed(missing.length * RECORD_BYTES, () => {
      for (const person of missing) {
        // Another process may have made one since.
        const record = this.record(person) ?? { person, keys: [] };
        const key = usable(record) ?? newKey();
        if (record.keys.at(-1) !== key) this.put({ person, keys: [...record.keys, key] });
        taken.set(person, key);
      }
    });
    return taken;
  }

  find(persons: readonly string[]): Promise<ReadonlyMap<string, KeyRecord>> {
    return answer(() => {
      this.lookAfresh();
      const found = new Map<string, KeyRecord>();
      for (const person of persons) {
        const record = this.record(person);
        if (record !== null) found.set(person, record);
      }
      return found;
    });
  }

  async erase(person: string): Promise<boolean> {
    let gone: KeyRecord | null = null;
    await this.changed(RECORD_BYTES, () => {
      gone = this.record(person);
      if (gone !== null) this.put(erased(gone));
    });
    if (gone === null) return false;
    await this.overwrite(gone);
    return true;
  }

  async *all(): AsyncGenerator<KeyRecord> {
    this.lookAfresh();
    let count = 0;
    for (const { key, value } of this.persons.getRange({ snapshot: false })) {
      yield this.decoded(Buffer.from(key), value);
      count += 1;
      if (count % RECORDS_A_TURN === 0) await setImmediate();
      this.mustBeOpen();
    }
  }

  async add(records: readonly KeyRecord[]): Promise<void> {
    for (let start = 0; start < records.length; start += PORTION) {
      const portion = records.slice(start, start + PORTION);
      await this.changed(portion.length * RECORD_BYTES, () => {
        for (const record of portion) {
          const known = this.record(record.person);
          this.put(known === null ? record : joined(known, record));
        }
      });
    }
  }

  hasBegun(): Promise<boolean> {
    return answer(() => {
      this.lookAfresh();
      return this.marks.get(BEGUN) !== undefined;
    });
  }

  begin(): Promise<void> {
    return this.changed(RECORD_BYTES, () => {
      this.marks.putSync(BEGUN, BEGUN);
    });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.environment.close();
    this.use.end();
  }

  /** What was erased is in no page that is in use any more, but in the file it still is. */
  private overwrite({ keys }: KeyRecord): Promise<void> {
    // Once the record is erased it says no more than the ids of its keys.
    const secrets = keys.flatMap(({ id, key }) =>
      key === null ? [liveEntryOf(id)] : [liveEntryOf(id), Buffer.from(key, 'base64url')],
    );
    const place: ErasedPlace = {
      path: this.environment.path,
      rewriteAll: () =>
        this.changed(2 * this.environment.files.size() + RECORD_BYTES, () => {
          for (const { key, value } of [...this.persons.getRange({ snapshot: false })])
            this.persons.putSync(Buffer.from(key), Buffer.from(value));
        }),
      fill: (values) =>
        this.changed(values.length * FILLER_PAGE_BYTES + RECORD_BYTES, () => {
          values.forEach((value, index) => this.filler.putSync(`${index}`, value));
        }),
      empty: () => this.changed(RECORD_BYTES, () => this.filler.clearSync()),
    };
    return overwrite(place, secrets);
  }

  /** Null if the person never had a key. @throws PersonalKeysDamaged */
  private record(person: string): KeyRecord | null {
    const place = placeOf(person);
    const value = this.persons.get(place);
    return value === undefined ? null : this.decoded(place, value);
  }

  private decoded(place: Buffer, value: Buffer): KeyRecord {
    try {
      return decodedKeys(place, value);
    } catch (error) {
      if (error instanceof PersonalKeysDamaged) this.use.suspect();
      throw error;
    }
  }

  private put(record: KeyRecord): void {
    const place = placeOf(record.person);
    this.persons.putSync(place, encodedKeys(place, record));
  }

  /** One transaction, on disk when it resolves. @param bytes that it may take of the disk */
  private async changed(bytes: number, work: () => void): Promise<void> {
    this.mustBeOpen();
    const { disk, root, files } = this.environment;
    try {
      files.mustHaveRoom(bytes);
      root.transactionSync(work);
      files.mustBeTheSame();
    } catch (error) {
      throw await disk.failed(error);
    }
  }

  private lookAfresh(): void {
    this.mustBeOpen();
    this.persons.resetReadTxn();
  }

  private mustBeOpen(): void {
    if (this.closed) throw new StoreUnavailable('lmdb', 'the keys of personal data are closed');
    this.environment.disk.mustBeSound();
  }
}
