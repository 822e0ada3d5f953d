import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from '@jest/globals';
import { type SlotChange, type SlotStore, StoreUnavailable } from '#libs/engine/event-sourcing';
import { type AccountDirectory, type AccountEntry } from './account-directory.js';
import { type KnownAccount } from './account.state.js';
import { pathHere } from './provider-sign-in.js';
import { Sessions } from './sessions.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-30T02:00:00.000Z');

/** Slots that two processes share. */
class SharedSlots implements SlotStore {
  readonly slots = new Map<string, string>();
  isFull = false;

  slot(slot: string): Promise<string | null> {
    return Promise.resolve(this.slots.get(slot) ?? null);
  }

  changeSlot(slot: string, change: SlotChange): Promise<string | null> {
    if (this.isFull) return Promise.reject(new StoreUnavailable('spec', 'full'));
    const text = change(this.slots.get(slot) ?? null);
    if (text === null) this.slots.delete(slot);
    else this.slots.set(slot, text);
    return Promise.resolve(text);
  }
}

const li: KnownAccount = {
  at: 'open',
  account: 'li',
  displayName: '李',
  role: 'window',
  passwordHash: null,
  generation: 1,
  posts: [],
};

let store: SharedSlots;
let account: KnownAccount;
let here: Sessions;
let elsewhere: Sessions;
beforeEach(() => {
  store = new SharedSlots();
  account = li;
  const find = (name: string): Promise<AccountEntry | null> =>
    Promise.resolve(name === 'li' ? { account, current: true } : null);
  const directory: Pick<AccountDirectory, 'find'> = { find };
  const limits = { lifetimeMs: 12 * HOUR, idleMs: 2 * HOUR };
  here = new Sessions(store, directory, limits);
  elsewhere = new Sessions(store, directory, limits);
});

const begin = (now = NOW) => here.begin(account, { address: '192.0.2.1', device: 'Browser' }, now);
const isIn = async (cookie: string, now = NOW, by = here) => (await by.find(cookie, now)) !== null;

test('22 a session is kept by a hash of its secret, which the cookie alone has', async () => {
  const { cookie, session } = await begin();
  const secret = cookie.slice('li.'.length);
  expect(JSON.parse(store.slots.get('sessions-li') ?? '')).toEqual([
    {
      id: session.id,
      hash: createHash('sha256').update(secret).digest('base64url'),
      generation: 1,
      begunAt: NOW,
      seenAt: NOW,
      endsAt: NOW + 12 * HOUR,
      address: '192.0.2.1',
      device: 'Browser',
    },
  ]);
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(await isIn(cookie, NOW, elsewhere)).toBe(true);
});

test('22 what was not given here opens nothing', async () => {
  const { cookie, session } = await begin();
  const forged = [
    `li.${session.hash}`,
    `li.${session.id}`,
    `wang.${cookie.slice('li.'.length)}`,
    `${cookie}A`,
    cookie.slice(0, -1),
    '',
    'li.',
    `${'x'.repeat(5_000)}.${cookie}`,
  ];
  expect(await Promise.all(forged.map((each) => isIn(each)))).toEqual(forged.map(() => false));
});

test('22 a session that one process ended has ended for every other at once', async () => {
  const [one, other] = [await begin(), await begin()];
  expect(await elsewhere.end(account, one.session.id, NOW)).toBe(true);
  expect([await isIn(one.cookie), await isIn(other.cookie)]).toEqual([false, true]);
  expect(await elsewhere.end(account, one.session.id, NOW)).toBe(false);
  await elsewhere.endOf(other.cookie);
  expect([await isIn(other.cookie), store.slots.size]).toEqual([false, 0]);
});

test('22 a new password, the closure of the account and the release of an identity end its sessions', async () => {
  const identity = { issuer: 'https://id.example', subject: 'p1' };
  account = { ...li, identities: [identity] };
  const byPassword = (await begin()).cookie;
  const byProvider = (await here.begin(account, { address: 'a', device: null, identity }, NOW)).cookie;
  const state = async () => [await isIn(byPassword), await isIn(byProvider)];
  expect(await state()).toEqual([true, true]);
  account = { ...li, identities: [] };
  expect(await state()).toEqual([true, false]);
  account = { ...li, identities: [identity], generation: 2 };
  expect(await state()).toEqual([false, false]);
  expect(await here.ofPerson(account, NOW)).toEqual([]);
  account = { ...li, identities: [identity], at: 'closed' };
  expect(await state()).toEqual([false, false]);
});

test('22 it ends two hours after its last use, and twelve hours after it began', async () => {
  const idle = (await begin()).cookie;
  expect([await isIn(idle, NOW + 2 * HOUR)]).toEqual([false]);
  const used = (await begin()).cookie;
  const seen: boolean[] = [];
  for (let hour = 1; hour <= 12; hour++) seen.push(await isIn(used, NOW + hour * HOUR));
  expect(seen).toEqual([...Array<boolean>(11).fill(true), false]);
});

test('22 of more than twenty sessions of a person the one that was not used for longest ends', async () => {
  const first = (await begin(NOW)).cookie;
  const others: string[] = [];
  for (let number = 1; number <= 20; number++) others.push((await begin(NOW + number * 1000)).cookie);
  const later = NOW + 21_000;
  expect(await isIn(first, later)).toBe(false);
  expect(await Promise.all(others.map((each) => isIn(each, later)))).toEqual(others.map(() => true));
});

test('22 a store without room for the time of the last use still shows who is signed in', async () => {
  const { cookie } = await begin();
  store.isFull = true;
  expect(await isIn(cookie, NOW + HOUR)).toBe(true);
});

test('22 after signing in one returns to a path of this site only', () => {
  const paths = ['/', '/work?lamp=red#top', '/a/../b', '/案件'];
  expect(paths.map(pathHere)).toEqual(['/', '/work?lamp=red#top', '/b', '/%E6%A1%88%E4%BB%B6']);
  const elsewhere = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    'work',
    '',
    ' /work',
  ];
  expect(elsewhere.map(pathHere)).toEqual(elsewhere.map(() => null));
});
