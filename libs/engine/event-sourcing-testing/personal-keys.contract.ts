import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type KeyRecord, type PersonalKeys } from '#libs/engine/event-sourcing';

/** A place of its own for each test. */
interface PersonalKeysHarness {
  readonly store: PersonalKeys;
  /** Opens it once more, as another process does. */
  second(): Promise<PersonalKeys>;
  /** Closes everything that was opened and removes it. */
  cleanup(): Promise<void>;
}

async function recordsOf(keys: PersonalKeys): Promise<readonly KeyRecord[]> {
  const records: KeyRecord[] = [];
  for await (const record of keys.all()) records.push(record);
  return records.sort((one, other) => (one.person < other.person ? -1 : 1));
}

/** What every store of the keys of personal data does. */
export function personalKeysContract(name: string, make: () => Promise<PersonalKeysHarness>): void {
  describe(`4 keys of personal data in ${name}`, () => {
    let harness: PersonalKeysHarness;
    let keys: PersonalKeys;
    beforeEach(async () => {
      harness = await make();
      keys = harness.store;
    });
    afterEach(() => harness.cleanup());

    test('4 a person has one key, the same for every process, of 256 bits', async () => {
      const other = await harness.second();
      const taken = await Promise.all([
        keys.take(['li', 'wang']),
        other.take(['wang', 'li']),
        keys.take(['li']),
      ]);
      const [first] = taken;
      expect(taken.map((each) => each.get('li'))).toEqual([0, 1, 2].map(() => first?.get('li')));
      expect(first?.get('wang')).not.toEqual(first?.get('li'));
      expect(Buffer.from(first?.get('li')?.key ?? '', 'base64url')).toHaveLength(32);
      expect(await recordsOf(other)).toEqual([
        { person: 'li', keys: [first?.get('li')] },
        { person: 'wang', keys: [first?.get('wang')] },
      ]);
    });

    test('4 an erased key is gone for every process, and new data get another', async () => {
      const other = await harness.second();
      const before = (await keys.take(['li', 'wang'])).get('li');
      expect([await keys.erase('li'), await keys.erase('nobody')]).toEqual([true, false]);
      const gone = { person: 'li', keys: [{ id: before?.id, key: null }] };
      expect((await other.find(['li', 'nobody'])).get('li')).toEqual(gone);
      const after = (await other.take(['li'])).get('li');
      expect((await keys.find(['li'])).get('li')?.keys).toEqual([{ id: before?.id, key: null }, after]);
      expect(after?.key).not.toBe(before?.key);
    });

    test('4 records of a backup are added; what was erased since stays erased', async () => {
      await keys.take(['li', 'wang']);
      const backup = await recordsOf(keys);
      await keys.erase('li');
      await keys.add(backup);
      const [li, wang] = backup;
      expect(await recordsOf(keys)).toEqual([
        { person: 'li', keys: [{ id: li?.keys[0]?.id, key: null }] },
        wang,
      ]);
      const fresh = await make();
      try {
        const elsewhere = fresh.store;
        await elsewhere.add(backup);
        expect(await recordsOf(elsewhere)).toEqual(backup);
      } finally {
        await fresh.cleanup();
      }
    });

    test('4 a store knows whether it has begun', async () => {
      expect(await keys.hasBegun()).toBe(false);
      await keys.begin();
      await keys.begin();
      expect([await keys.hasBegun(), await (await harness.second()).hasBegun()]).toEqual([true, true]);
      expect(await recordsOf(keys)).toEqual([]);
    });
  });
}
