import { type DomainEvent, type NewEvent } from '../log/event.js';
import { type EventStore, type PersonalSealing } from '../log/event-store.js';
import { withAppend } from '../log/with-append.js';
import { type Json } from '../tools/json.js';
import { type KeyRecord, PersonalKeysMissing, type PersonalKeys } from './personal-keys.js';
import { isSealedText, openText, type PersonalText, type SealedText, sealText } from './sealed-text.js';

/** What is read in place of a text whose key was erased. */
const ERASED = '已删除';
/** What is read in place of a text whose key is not there although it was never erased. */
const KEY_MISSING = '密钥缺失';

/** In place of a person, for the key of digests. No account has such a name. */
const DIGESTS = '*digests';

/** Seals a text under a key of the person; what is sealed, null or left out stays as it is. */
type Seal = <Text extends PersonalText | null | undefined>(person: string, text: Text) => Text | PersonalText;

/** By type of event: its data with every text sealed that identifies a natural person who is not an official in office. */
export type PersonalFields = ReadonlyMap<string, (data: Json, seal: Seal) => Json>;

/** The personal fields of an area's events. An event of a type that is not named has none. */
export function personalFields<Event extends DomainEvent>(fields: {
  readonly [Type in Event['type']]?: (
    data: Extract<Event, { readonly type: Type }>['data'],
    seal: Seal,
  ) => Extract<Event, { readonly type: Type }>['data'];
}): PersonalFields {
  return new Map(Object.entries(fields) as [string, (data: Json, seal: Seal) => Json][]);
}

/** Seals what identifies a person on its way into the log, and opens it on its way out to people. */
export class PersonalData implements PersonalSealing {
  #digestKey: Uint8Array | null = null;

  constructor(
    private readonly keys: PersonalKeys,
    private readonly fields: PersonalFields,
  ) {}

  /** The same events with their personal fields sealed; the keys are on disk when it resolves. */
  async seal(events: readonly NewEvent[]): Promise<readonly NewEvent[]> {
    const persons = this.#personsIn(events);
    if (persons.length === 0) return events;
    const keys = await this.keys.take(persons);
    return events.map((event) =>
      this.#sealedWith(event, (person, text) => {
        const key = keys.get(person);
        if (key === undefined) throw new Error(`no key of ${person} was taken`);
        return typeof text === 'string' ? sealText(text, person, key) : text;
      }),
    );
  }

  /** What was sealed anywhere in a JSON value, in clear; a value without sealed texts is returned as it is. */
  async open(value: unknown): Promise<unknown> {
    const found: SealedText[] = [];
    collect(value, found);
    if (found.length === 0) return value;
    const records = await this.keys.find([...new Set(found.map(({ person }) => person))]);
    return replaced(value, (sealed) => opened(sealed, records.get(sealed.person)));
  }

  async digestKey(): Promise<Uint8Array> {
    if (this.#digestKey !== null) return this.#digestKey;
    const key = (await this.keys.take([DIGESTS])).get(DIGESTS)?.key;
    if (key === undefined || key === null) throw new Error('no key of digests was taken');
    return (this.#digestKey = Buffer.from(key, 'base64url'));
  }

  async text(text: PersonalText): Promise<string> {
    return (await this.open(text)) as string;
  }

  /** The same store; what is appended to it is sealed, by keys that belong to its log. */
  sealing(store: EventStore): EventStore {
    let areThere = false;
    const seal = async (events: readonly NewEvent[]): Promise<readonly NewEvent[]> => {
      if (!areThere && this.#personsIn(events).length > 0) {
        await this.keysMustBeThere(store);
        areThere = true;
      }
      return this.seal(events);
    };
    return {
      ...withAppend(store, async (stream, expected, events) =>
        store.append(stream, expected, await seal(events)),
      ),
      personal: { seal, digestKey: () => this.digestKey() },
    };
  }

  /**
   * The keys of what is sealed in this log must be there. A store of keys that is new and a log that has something sealed do
   * not belong together.
   * @throws PersonalKeysMissing
   */
  async keysMustBeThere(log: Pick<EventStore, 'readAll'>): Promise<void> {
    if (await this.keys.hasBegun()) return;
    const types = [...this.fields.keys()];
    for await (const { data, position } of log.readAll(null, { types })) {
      const found: SealedText[] = [];
      collect(data, found);
      if (found.length > 0) throw new PersonalKeysMissing(position);
    }
    await this.keys.begin();
  }

  /** From now on the keys are taken to be all there are: what was sealed under others cannot be read any more. */
  acceptKeys(): Promise<void> {
    return this.keys.begin();
  }

  #personsIn(events: readonly NewEvent[]): readonly string[] {
    const persons = new Set<string>();
    for (const event of events)
      this.#sealedWith(event, (person, text) => {
        if (typeof text === 'string') persons.add(person);
        return text;
      });
    return [...persons];
  }

  #sealedWith(event: NewEvent, seal: Seal): NewEvent {
    const sealFields = this.fields.get(event.type);
    return sealFields === undefined ? event : { ...event, data: sealFields(event.data, seal) };
  }
}

function opened(sealed: SealedText, record: KeyRecord | undefined): string {
  const key = record?.keys.find(({ id }) => id === sealed.key);
  if (key === undefined) return KEY_MISSING;
  return key.key === null ? ERASED : (openText(sealed, key.key) ?? KEY_MISSING);
}

function collect(value: unknown, found: SealedText[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (isSealedText(value)) {
    found.push(value);
    return;
  }
  if (Array.isArray(value)) for (const one of value) collect(one, found);
  else for (const key in value) collect((value as Readonly<Record<string, unknown>>)[key], found);
}

/** A part without sealed texts is the same object. */
function replaced(value: unknown, open: (sealed: SealedText) => string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isSealedText(value)) return open(value);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const list = items.map((one) => replaced(one, open));
    return list.every((one, index) => one === items[index]) ? value : list;
  }
  const fields = Object.entries(value).map(([name, one]) => [name, one, replaced(one, open)] as const);
  if (fields.every(([, before, after]) => before === after)) return value;
  return Object.fromEntries(fields.map(([name, , after]) => [name, after]));
}
