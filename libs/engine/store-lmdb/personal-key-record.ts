import { type KeyRecord, PersonalKeysDamaged } from '#libs/engine/event-sourcing';
import { isSealed, seal, SEAL_BYTES } from './seal.js';

/** Databases of the environment `keys`: records by person, marks, and what deleted keys are overwritten with. */
export const PERSONS = 'persons';
export const MARKS = 'marks';
export const FILLER = 'filler';

// A record is a seal (seal.ts), then for each key a byte that says whether there is one, its id and the key. An erased key is
// replaced by zeros, so that the record keeps its size and LMDB writes it over the old one in the page.

const ID_BYTES = 8;
const KEY_BYTES = 32;
const ENTRY_BYTES = 1 + ID_BYTES + KEY_BYTES;

/** The longest name of a person: LMDB takes keys of 1,978 bytes. */
const LONGEST_PERSON = 1_900;

export function placeOf(person: string): Buffer {
  const place = Buffer.from(person);
  if (place.length === 0 || place.length > LONGEST_PERSON)
    throw new Error(
      `${JSON.stringify(person)} cannot have keys: a pseudonym has 1 to ${LONGEST_PERSON} bytes`,
    );
  return place;
}

export function encodedKeys(place: Buffer, { keys }: KeyRecord): Buffer {
  const value = Buffer.alloc(SEAL_BYTES + keys.length * ENTRY_BYTES);
  keys.forEach(({ id, key }, index) => {
    const at = SEAL_BYTES + index * ENTRY_BYTES;
    value.writeUInt8(key === null ? 0 : 1, at);
    value.write(id, at + 1, ID_BYTES, 'base64url');
    if (key !== null) value.write(key, at + 1 + ID_BYTES, KEY_BYTES, 'base64url');
  });
  seal(place, value);
  return value;
}

/** How the entry of a key that is not erased begins: what an erasure that was interrupted may have left in the file. */
export function liveEntryOf(id: string): Buffer {
  return Buffer.concat([Buffer.of(1), Buffer.from(id, 'base64url')]);
}

/** @throws PersonalKeysDamaged */
export function decodedKeys(place: Buffer, value: Buffer): KeyRecord {
  const person = place.toString();
  if (!isSealed(place, value) || (value.length - SEAL_BYTES) % ENTRY_BYTES !== 0)
    throw new PersonalKeysDamaged(`the keys of ${person} are not what was written`);
  const keys = [];
  for (let at = SEAL_BYTES; at < value.length; at += ENTRY_BYTES) {
    const id = value.toString('base64url', at + 1, at + 1 + ID_BYTES);
    const key = value.toString('base64url', at + 1 + ID_BYTES, at + ENTRY_BYTES);
    keys.push({ id, key: value.readUInt8(at) === 0 ? null : key });
  }
  return { person, keys };
}
