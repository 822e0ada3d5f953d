import { randomBytes } from 'node:crypto';

/** AES-256. */
const KEY_BYTES = 32;
const KEY_ID_BYTES = 8;

/** One key of a person. `key` is base64url, null after it was erased. */
export type PersonalKey = { readonly id: string; readonly key: string | null };

/** Every key that a person has or had, the newest last. `person` is a pseudonym: it stays in the log. */
export type KeyRecord = { readonly person: string; readonly keys: readonly PersonalKey[] };

/**
 * The keys under which what identifies a person is sealed. They are stored apart from the log and the read models, go with a backup
 * and never with an export. Processes share them; what a call has changed is on disk when it resolves, and every process sees it.
 */
export interface PersonalKeys {
  /**
   * The key under which new data of each person is sealed; one is made if there is none or the last was erased.
   * @throws StoreUnavailable, PersonalKeysDamaged
   */
  take(persons: readonly string[]): Promise<ReadonlyMap<string, PersonalKey>>;
  /** The records of these persons; one without a key is left out. @throws StoreUnavailable, PersonalKeysDamaged */
  find(persons: readonly string[]): Promise<ReadonlyMap<string, KeyRecord>>;
  /** Deletes every key of a person: what is sealed under them can never be read again. False if there was none. */
  erase(person: string): Promise<boolean>;
  /** Every record, erased ones too, for a backup. */
  all(): AsyncIterable<KeyRecord>;
  /** Adds records of a backup. What was erased stays erased. */
  add(records: readonly KeyRecord[]): Promise<void>;
  /** Whether `begin` was called, ever: if not, the store is new or was lost. */
  hasBegun(): Promise<boolean>;
  begin(): Promise<void>;
  close(): Promise<void>;
}

/** Something sealed is in the log, and the store of its keys is not there. */
export class PersonalKeysMissing extends Error {
  override readonly name = 'PersonalKeysMissing';

  constructor(position: bigint) {
    super(
      `the keys of personal data are missing: the event at position ${position} needs one. Bring back the keys that belong to this log; ` +
        'if they are lost, stop every server and run: npm run ops -- rebuild --accept-log, and what they sealed can no longer be read',
    );
  }
}

/** What is stored of the keys is not what was written. */
export class PersonalKeysDamaged extends Error {
  override readonly name = 'PersonalKeysDamaged';

  constructor(readonly reason: string) {
    super(`the keys of personal data are damaged: ${reason}. Restore a backup`);
  }
}

export function newKey(): PersonalKey {
  return {
    id: randomBytes(KEY_ID_BYTES).toString('base64url'),
    key: randomBytes(KEY_BYTES).toString('base64url'),
  };
}

/** Both records in one: a key that one of them says is erased is erased. */
export function joined(one: KeyRecord, other: KeyRecord): KeyRecord {
  const isErased = ({ id }: PersonalKey) =>
    [...one.keys, ...other.keys].some((each) => each.id === id && each.key === null);
  const added = other.keys.filter(({ id }) => !one.keys.some((each) => each.id === id));
  const keys = [...added, ...one.keys].map((key) => (isErased(key) ? { ...key, key: null } : key));
  return { person: one.person, keys };
}

/** The key for new data; null if one has to be made. */
export function usable(record: KeyRecord | undefined): PersonalKey | null {
  const last = record?.keys.at(-1);
  return last === undefined || last.key === null ? null : last;
}

export function erased({ person, keys }: KeyRecord): KeyRecord {
  return { person, keys: keys.map(({ id }) => ({ id, key: null })) };
}
