import {
  erased,
  joined,
  type KeyRecord,
  newKey,
  type PersonalKey,
  type PersonalKeys,
  StoreUnavailable,
  usable,
} from '#libs/engine/event-sourcing';
import { type Collection, MongoServerError } from 'mongodb';
import { type MongoConnection } from './mongodb-connection.js';
import { DUPLICATE_KEY } from './mongodb-errors.js';

/** The keys of one person; `turn` counts the changes. Or the mark that the store has begun, under an id that no person has. */
type StoredKeys = { readonly _id: string; readonly keys: readonly PersonalKey[]; readonly turn: number };

const COLLECTION = '_personal_keys';
const BEGUN = 'begun';
const PERSON = 'person:';
const IDS_PER_QUERY = 1_000;
/** How often a change is tried while others change the same record. */
const ATTEMPTS = 50;

/** Keys of personal data in a collection of their own, one document a person. Each write waits for a majority. */
export class MongoPersonalKeys implements PersonalKeys {
  constructor(private readonly connection: MongoConnection) {}

  async take(persons: readonly string[]): Promise<ReadonlyMap<string, PersonalKey>> {
    const found = await this.find(persons);
    const taken = new Map<string, PersonalKey>();
    for (const person of persons) {
      const key = usable(found.get(person)) ?? (await this.made(person));
      taken.set(person, key);
    }
    return taken;
  }

  async find(persons: readonly string[]): Promise<ReadonlyMap<string, KeyRecord>> {
    const found = new Map<string, KeyRecord>();
    const ids = persons.map((person) => PERSON + person);
    for (let start = 0; start < ids.length; start += IDS_PER_QUERY) {
      const part = ids.slice(start, start + IDS_PER_QUERY);
      const stored = await this.connection.run(() => this.collection.find({ _id: { $in: part } }).toArray());
      for (const { _id, keys } of stored) {
        const person = _id.slice(PERSON.length);
        found.set(person, { person, keys });
      }
    }
    return found;
  }

  async erase(person: string): Promise<boolean> {
    let isThere = false;
    await this.change(person, (record) => {
      isThere = record !== null;
      return record && erased(record);
    });
    return isThere;
  }

  async *all(): AsyncGenerator<KeyRecord> {
    let after = PERSON;
    for (;;) {
      const page = await this.connection.run(() =>
        this.collection
          .find({ _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(IDS_PER_QUERY)
          .toArray(),
      );
      for (const { _id, keys } of page) {
        if (!_id.startsWith(PERSON)) return;
        yield { person: _id.slice(PERSON.length), keys };
      }
      const last = page.at(-1);
      if (last === undefined) return;
      after = last._id;
    }
  }

  async add(records: readonly KeyRecord[]): Promise<void> {
    for (const record of records)
      await this.change(record.person, (known) => (known === null ? record : joined(known, record)));
  }

  async hasBegun(): Promise<boolean> {
    return (await this.connection.run(() => this.collection.findOne({ _id: BEGUN }))) !== null;
  }

  async begin(): Promise<void> {
    await this.insert({ _id: BEGUN, keys: [], turn: 1 });
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private get collection(): Collection<StoredKeys> {
    return this.connection.db.collection<StoredKeys>(COLLECTION);
  }

  private async made(person: string): Promise<PersonalKey> {
    const fresh = newKey();
    const record = await this.change(person, (known) =>
      usable(known ?? undefined) === null ? { person, keys: [...(known?.keys ?? []), fresh] } : known,
    );
    return usable(record ?? undefined) ?? fresh;
  }

  /** Null from `change` leaves it as it is. */
  private async change(
    person: string,
    change: (record: KeyRecord | null) => KeyRecord | null,
  ): Promise<KeyRecord | null> {
    const _id = PERSON + person;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const held = await this.connection.run(() => this.collection.findOne({ _id }));
      const known = held && { person, keys: held.keys };
      const record = change(known);
      if (record === null || record === known) return record;
      const turn = (held?.turn ?? 0) + 1;
      if (held === null) {
        if (await this.insert({ _id, keys: record.keys, turn })) return record;
        continue;
      }
      const { matchedCount } = await this.connection.run(() =>
        this.collection.updateOne({ _id, turn: held.turn }, { $set: { keys: record.keys, turn } }),
      );
      if (matchedCount === 1) return record;
    }
    throw new StoreUnavailable(
      'mongodb',
      `the keys of ${person} were changed by others ${ATTEMPTS} times in a row`,
    );
  }

  /** False if it is there already. */
  private insert(stored: StoredKeys): Promise<boolean> {
    return this.connection.run(async () => {
      try {
        await this.collection.insertOne(stored);
        return true;
      } catch (error) {
        if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
        throw error;
      }
    });
  }
}
