import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PersonalKeys, PersonalKeysDamaged } from '#libs/engine/event-sourcing';
import { writeFileSync } from 'node:fs';
import { damageIn, openLmdbPersonalKeys } from './index.js';

let directory: string;
let keys: PersonalKeys;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-keys-'));
  keys = await openLmdbPersonalKeys(directory);
});
afterEach(async () => {
  await keys.close();
  rmSync(directory, { recursive: true });
});

const file = () => join(directory, 'keys', 'data.mdb');
const secretOf = async (person: string): Promise<Buffer> => {
  const key = (await keys.take([person])).get(person)?.key;
  if (key === undefined || key === null) throw new Error(`${person} has no key`);
  return Buffer.from(key, 'base64url');
};

describe('4 the embedded keys of personal data', () => {
  test.each([1, 2_000])('4 an erased key is in no byte of the file, among %i persons', async (count) => {
    const persons = Array.from({ length: count }, (_, index) => `person-${index}`);
    await keys.take(persons);
    const secret = await secretOf('person-0');
    const other = count > 1 ? await secretOf('person-1') : null;
    expect(readFileSync(file()).includes(secret)).toBe(true);
    expect(await keys.erase('person-0')).toBe(true);
    expect(readFileSync(file()).includes(secret)).toBe(false);
    if (other !== null) expect(await secretOf('person-1')).toEqual(other);
    expect([...(await keys.find(persons)).keys()].sort()).toEqual([...persons].sort());
    await keys.close();
    expect(await damageIn(directory, 'keys')).toBe(null);
    keys = await openLmdbPersonalKeys(directory);
    expect((await keys.find(['person-0'])).get('person-0')?.keys.map(({ key }) => key)).toEqual([null]);
  });

  test('4 an erasure that was interrupted before the file was overwritten is finished by the next one', async () => {
    const { id, key } = (await keys.take(['li'])).get('li') ?? { id: '', key: '' };
    expect(await keys.erase('li')).toBe(true);
    await keys.close();
    // A page that was given up and has the entry as it was.
    const left = Buffer.concat([
      Buffer.of(1),
      Buffer.from(id, 'base64url'),
      Buffer.from(key ?? '', 'base64url'),
    ]);
    appendFileSync(
      file(),
      Buffer.concat([Buffer.alloc(1_000), left, Buffer.alloc(4_096 - 1_000 - left.length)]),
    );
    keys = await openLmdbPersonalKeys(directory);
    expect(await keys.erase('li')).toBe(true);
    expect(readFileSync(file()).includes(left)).toBe(false);
  });

  test('4 keys that were changed on the disk are damage', async () => {
    const secret = await secretOf('li');
    await keys.close();
    const bytes = readFileSync(file());
    for (let at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at + 1))
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(file(), bytes);
    await expect(openLmdbPersonalKeys(directory)).rejects.toThrow(PersonalKeysDamaged);
    rmSync(join(directory, 'keys'), { recursive: true });
    keys = await openLmdbPersonalKeys(directory);
  });
});
