import 'reflect-metadata';
import { beforeEach, expect, test } from '@jest/globals';
import { type SlotChange, type SlotStore, StoreUnavailable } from '#libs/engine/event-sourcing';
import { SignInTries, type Trier } from './sign-in-tries.js';

const secret = new Uint8Array(32).fill(7);
const MINUTE = 60_000;

/** Slots in a map, which two processes share; `isAway` as an engine may be. */
class SharedSlots implements SlotStore {
  readonly slots = new Map<string, string>();
  isAway = false;

  slot(slot: string): Promise<string | null> {
    return Promise.resolve(this.slots.get(slot) ?? null);
  }

  changeSlot(slot: string, change: SlotChange): Promise<string | null> {
    if (this.isAway) return Promise.reject(new StoreUnavailable('spec', 'away'));
    const text = change(this.slots.get(slot) ?? null);
    if (text === null) this.slots.delete(slot);
    else this.slots.set(slot, text);
    return Promise.resolve(text);
  }
}

let store: SharedSlots;
let tries: SignInTries;
beforeEach(() => {
  store = new SharedSlots();
  tries = new SignInTries(store, secret);
});

const from = (address: string, name = 'li'): Trier => ({ name, source: { address } });
/** Seconds to wait; 0 when the try was let through, and was wrong. */
async function wrong(trier: Trier, now: number, by = tries): Promise<number> {
  try {
    await by.begin(trier, now);
  } catch (error) {
    const { status, code, params } = error as { status: number; code: string; params: { seconds: number } };
    expect([status, code]).toEqual([429, 'sign-in.too-many']);
    return params.seconds;
  }
  await by.failed(trier, now);
  return 0;
}
const series = async (trier: Trier, times: readonly number[], by = tries) => {
  const waits: number[] = [];
  for (const time of times) waits.push(await wrong(trier, time, by));
  return waits;
};

test('D13 five tries, then a pause that doubles up to a quarter of an hour', async () => {
  expect(await series(from('a'), [0, 0, 0, 0, 0, 0])).toEqual([0, 0, 0, 0, 0, 60]);
  const minutes = [1, 1, 3, 3, 7, 7, 15, 15, 30, 30];
  expect(
    await series(
      from('a'),
      minutes.map((minute) => minute * MINUTE),
    ),
  ).toEqual([0, 120, 0, 240, 0, 480, 0, 900, 0, 900]);
});

test('D13 a right password forgets the wrong ones; so does an hour', async () => {
  await series(from('a'), [0, 0, 0, 0]);
  await tries.begin(from('a'), 0);
  await tries.succeeded(from('a'));
  expect(await series(from('a'), [0, 0, 0, 0, 0, 0])).toEqual([0, 0, 0, 0, 0, 60]);
  expect(await series(from('a'), [60 * MINUTE, 60 * MINUTE])).toEqual([0, 0]);
});

test('D13 attempts count before they are answered', async () => {
  const begun = await Promise.allSettled(Array.from({ length: 8 }, () => tries.begin(from('a'), 0)));
  expect(begun.map(({ status }) => status)).toEqual([
    ...Array<string>(5).fill('fulfilled'),
    ...Array<string>(3).fill('rejected'),
  ]);
});

test('D13 wrong tries of strangers leave a clean address and a known device alone', async () => {
  for (let address = 0; address < 8; address++) await series(from(`stranger-${address}`), [0, 0, 0, 0]);
  expect(await wrong(from('home'), 0)).toBe(0);
  for (let address = 0; address < 100; address++) await series(from(`crowd-${address}`), [0, 0, 0]);
  // More than 300 in an hour: each source has one try before its pause, and still no person is locked out.
  expect(await series(from('clean'), [0, 0])).toEqual([0, 60]);
  expect(await series({ name: 'li', source: { device: 'own' } }, [0, 0, 0, 0, 0, 0])).toEqual([
    0, 0, 0, 0, 0, 60,
  ]);
  expect(await series(from('clean', 'wang'), [0, 0, 0, 0, 0, 0])).toEqual([0, 0, 0, 0, 0, 60]);
  expect(await series(from('clean-too'), [60 * MINUTE, 60 * MINUTE])).toEqual([0, 0]);
});

test('D13 one address tries sixty times in ten minutes, at whatever names', async () => {
  for (let name = 0; name < 60; name++) expect(await wrong(from('a', `name-${name}`), 0)).toBe(0);
  expect(await wrong(from('a', 'another'), MINUTE)).toBe(9 * 60);
  expect(await wrong(from('b', 'another'), MINUTE)).toBe(0);
  await tries.begin({ name: 'another', source: { device: 'known' } }, MINUTE);
  expect(await wrong(from('a', 'another'), 10 * MINUTE)).toBe(0);
});

test('D13 processes count together', async () => {
  const other = new SignInTries(store, secret);
  expect(await series(from('a'), [0, 0, 0])).toEqual([0, 0, 0]);
  expect(await series(from('a'), [0, 0, 0], other)).toEqual([0, 0, 60]);
  expect(await wrong(from('a'), 0)).toBe(60);
});

test('D13 each counts for itself while the store is away', async () => {
  store.isAway = true;
  expect(await series(from('a'), [0, 0, 0, 0, 0, 0])).toEqual([0, 0, 0, 0, 0, 60]);
});

test('D13 a flood of names and addresses fills a bounded number of slots', async () => {
  for (let number = 0; number < 100_000; number++)
    await tries.begin(from(`address-${number}`, `name-${number}`), 0);
  expect(store.slots.size).toBeLessThanOrEqual(65_536);
  expect(store.slots.size).toBeGreaterThan(40_000);
});
