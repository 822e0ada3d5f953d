import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Lease, type LeaseStore } from '#libs/engine/event-sourcing';
import { type ReadStoreHarness } from './read-store.harness.js';

const lease = (name: string, owner: string, term = 1, beat = 0): Lease => ({ name, owner, term, beat });

/** What every store of leases must do. An adapter's spec calls this once with the factory of its read store. */
export function leaseStoreContract(name: string, open: () => Promise<ReadStoreHarness>): void {
  describe(`LeaseStore contract: ${name}`, () => {
    let harness: ReadStoreHarness;
    let one: LeaseStore;
    let other: LeaseStore;
    beforeEach(async () => {
      harness = await open();
      one = harness.store;
      other = await harness.second();
    });
    afterEach(() => harness.cleanup());

    test('a free lease is taken once, and every process sees its owner', async () => {
      expect(await one.leases()).toEqual([]);
      expect(await one.takeLease(lease('b', 'one'))).toBe(true);
      expect(await other.takeLease(lease('b', 'other'))).toBe(false);
      expect(await other.takeLease(lease('a', 'other'))).toBe(true);
      const all = [lease('a', 'other'), lease('b', 'one')];
      expect([await one.leases(), await other.leases()]).toEqual([all, all]);
    });

    test('it changes its owner in the next term only, and the former owner can neither renew nor drop it', async () => {
      await one.takeLease(lease('a', 'one'));
      expect(await other.takeLease(lease('a', 'other', 3))).toBe(false);
      expect(await other.takeLease(lease('a', 'other', 2))).toBe(true);
      expect(await one.renewLease(lease('a', 'one', 1, 1))).toBe(false);
      await one.dropLease(lease('a', 'one'));
      expect(await one.leases()).toEqual([lease('a', 'other', 2)]);
    });

    test('only its owner renews it, any number of times', async () => {
      await one.takeLease(lease('a', 'one'));
      for (const beat of [1, 2, 3]) expect(await one.renewLease(lease('a', 'one', 1, beat))).toBe(true);
      expect(await other.renewLease(lease('a', 'other', 1, 9))).toBe(false);
      expect(await other.renewLease(lease('b', 'other', 1, 9))).toBe(false);
      expect(await other.leases()).toEqual([lease('a', 'one', 1, 3)]);
    });

    test('dropped, whatever its beat, it is there to be taken', async () => {
      await one.takeLease(lease('a', 'one'));
      await one.takeLease(lease('ab', 'one'));
      await one.renewLease(lease('a', 'one', 1, 5));
      await one.dropLease(lease('a', 'one', 1, 4));
      expect(await other.leases()).toEqual([lease('ab', 'one')]);
      expect(await one.renewLease(lease('a', 'one', 1, 6))).toBe(false);
      expect(await other.takeLease(lease('a', 'other'))).toBe(true);
    });

    test('of many who take the same term at once one gets it', async () => {
      const stores = [one, other, await harness.second(), await harness.second()];
      await one.takeLease(lease('a', 'before'));
      for (let term = 2; term <= 6; term++) {
        const taken = await Promise.all(
          stores.map((store, number) => store.takeLease(lease('a', `owner-${number}`, term))),
        );
        expect(taken.filter(Boolean)).toHaveLength(1);
        expect(await one.leases()).toEqual([lease('a', `owner-${taken.indexOf(true)}`, term)]);
      }
    });

    test('it is there after reopening', async () => {
      await one.takeLease(lease('a', 'one'));
      await one.renewLease(lease('a', 'one', 1, 1));
      expect(await (await harness.reopen()).leases()).toEqual([lease('a', 'one', 1, 1)]);
    });
  });
}
