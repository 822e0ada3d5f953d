import { beforeEach, describe, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../log/errors.js';
import { LeaseKeeper } from './lease-keeper.js';
import { SpecReadStore } from '../testing/spec-stores.js';

const LEASE_MS = 10_000;
const WORK = ['a', 'b', 'c', 'd'];

/** One after the other to each in turn. */
const dealt = (owners: number) =>
  Array.from({ length: owners }, (_, owner) => WORK.filter((_, index) => index % owners === owner));

let now: number;
let store: SpecReadStore;
beforeEach(() => {
  now = 0;
  store = new SpecReadStore();
});

function keeper(owner: string, shares = dealt, together: readonly string[] = []): LeaseKeeper {
  return new LeaseKeeper(store, { owner, shares, together, leaseMs: LEASE_MS, clock: () => now });
}

/** A round of each, one after another. Each releases at once what it should release. */
async function rounds(...keepers: readonly LeaseKeeper[]): Promise<void> {
  for (const one of keepers) {
    await one.round();
    await one.release(one.surplus);
  }
}

describe('work shared by leases', () => {
  test('one owner takes all of it', async () => {
    const one = keeper('one');
    await rounds(one);
    expect(one.mine).toEqual(WORK);
  });

  test('a second one gets its share as soon as the first has released it', async () => {
    const [one, two] = [keeper('one'), keeper('two')];
    await rounds(one);
    await two.round();
    expect([one.mine, two.mine]).toEqual([WORK, []]);
    await one.round();
    expect([one.mine, one.surplus]).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
    // Not released yet: no other owner may have it.
    await two.round();
    expect([two.mine, one.holds('b')]).toEqual([[], true]);
    await one.release(one.surplus);
    await two.round();
    expect([one.mine, two.mine, one.holds('b')]).toEqual([['a', 'c'], ['b', 'd'], false]);
  });

  test('those who begin together take no more than their share, unless one does not come in the time of a lease', async () => {
    const [one, two, three] = ['one', 'two', 'three'].map((owner) =>
      keeper(owner, dealt, ['one', 'two', 'three']),
    ) as [LeaseKeeper, LeaseKeeper, LeaseKeeper];
    await one.round();
    await two.round();
    expect([one.mine, two.mine, three.mine]).toEqual([['a', 'd'], ['c'], []]);
    now += LEASE_MS / 2;
    await rounds(one, two);
    now += LEASE_MS / 2 + 1;
    await rounds(one, two);
    await rounds(one, two);
    expect([one.mine, two.mine, three.mine]).toEqual([['a', 'c'], ['b', 'd'], []]);
  });

  test('what an owner leaves goes to the others at once', async () => {
    const [one, two] = [keeper('one'), keeper('two')];
    await rounds(one, two, one, two);
    await one.leave();
    await two.round();
    expect([one.mine, two.mine]).toEqual([[], WORK]);
  });

  test('what an owner who died has held goes to the others when nothing was heard of it for the time of a lease', async () => {
    const [one, two] = [keeper('one'), keeper('two')];
    await rounds(one, two, one, two);
    now += LEASE_MS / 2;
    await rounds(one, two);
    now += LEASE_MS - 1;
    await two.round();
    expect(two.mine).toEqual(['b', 'd']);
    now += 2;
    await two.round();
    expect(two.mine).toEqual(WORK);
    expect((await store.leases()).map(({ name, owner, term }) => [name.slice(0, 1), owner, term])).toEqual([
      ['a', 'two', 2],
      ['b', 'two', 1],
      ['c', 'two', 2],
      ['d', 'two', 1],
      ['~', 'two', 1],
    ]);
  });

  test('an owner that slept holds nothing before anybody else thinks so, and joins again when it wakes', async () => {
    const [one, two] = [keeper('one'), keeper('two')];
    await rounds(one, two, one, two);
    now += LEASE_MS;
    expect([one.mine, one.holds('a')]).toEqual([[], false]);
    await two.round();
    now += 1;
    await two.round();
    expect(two.mine).toEqual(WORK);
    await rounds(one);
    expect(one.mine).toEqual([]);
    await rounds(two, one);
    expect([one.mine, two.mine]).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
  });

  test('a store that is away ends nothing before its time, and afterwards the same owner goes on', async () => {
    const one = keeper('one');
    await rounds(one);
    store.writesLeft = 0;
    now += LEASE_MS - 1;
    await expect(one.round()).rejects.toThrow(StoreUnavailable);
    expect(one.mine).toEqual(WORK);
    now += 1;
    expect(one.mine).toEqual([]);
    store.writesLeft = null;
    await rounds(one);
    expect(one.mine).toEqual(WORK);
  });

  test('those who have other work do not count, and are not waited for', async () => {
    const other = keeper('another release', (owners) => [
      ['a', 'e'],
      ...Array.from({ length: owners - 1 }, () => []),
    ]);
    const one = keeper('one');
    await rounds(other, one, other, one);
    expect([other.mine, one.mine]).toEqual([
      ['a', 'e'],
      ['b', 'c', 'd'],
    ]);
    await other.leave();
    await rounds(one);
    expect(one.mine).toEqual(WORK);
  });
});
