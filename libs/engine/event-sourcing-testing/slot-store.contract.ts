import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type SlotStore } from '#libs/engine/event-sourcing';
import { type ReadStoreHarness } from './read-store.harness.js';

const more = (held: string | null) => `${Number(held ?? '0') + 1}`;
const same = (held: string | null) => held;

/** What every store of slots must do. An adapter's spec calls this once with the factory of its read store. */
export function slotStoreContract(
  name: string,
  open: () => Promise<ReadStoreHarness>,
  /** False where the engine reads and writes in two steps: changes of the same moment may count as one. */
  { isExact = true }: { readonly isExact?: boolean } = {},
): void {
  describe(`SlotStore contract: ${name}`, () => {
    let harness: ReadStoreHarness;
    let one: SlotStore;
    let other: SlotStore;
    beforeEach(async () => {
      harness = await open();
      one = harness.store;
      other = await harness.second();
    });
    afterEach(() => harness.cleanup());

    test('D13 a slot holds what was made of it, for every process, and nothing after null', async () => {
      expect(await one.changeSlot('a', same)).toBe(null);
      expect([await one.changeSlot('a', more), await other.changeSlot('a', more)]).toEqual(['1', '2']);
      expect(await other.changeSlot('b', more)).toBe('1');
      expect(await other.changeSlot('a', () => null)).toBe(null);
      expect([await one.changeSlot('a', same), await one.changeSlot('b', same)]).toEqual([null, '1']);
      expect([await one.slot('a'), await other.slot('b')]).toEqual([null, '1']);
    });

    test('D13 it is there after reopening', async () => {
      await one.changeSlot('a', () => 'kept');
      expect(await (await harness.reopen()).changeSlot('a', same)).toBe('kept');
    });

    if (!isExact) return;
    test('D13 of many changes at once each counts', async () => {
      const changes = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : other));
      await Promise.all(changes.map((store) => store.changeSlot('a', more)));
      expect(await one.changeSlot('a', same)).toBe('20');
    });
  });
}
