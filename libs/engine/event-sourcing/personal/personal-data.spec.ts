import { describe, expect, test } from '@jest/globals';
import { PERSONAL_FIELDS, commandDigest } from '../deciding/command-digest.js';
import { type Decider, type DomainCommand } from '../deciding/decider.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { CommandIdReused } from '../log/errors.js';
import { type DomainEvent } from '../log/event.js';
import { SpecEventStore } from '../testing/spec-stores.js';
import { meta } from '../testing/counter.js';
import { PersonalData, personalFields } from './personal-data.js';
import { erased, type KeyRecord, newKey, type PersonalKeys, PersonalKeysMissing } from './personal-keys.js';
import { type PersonalText, type SealedText } from './sealed-text.js';

/** Keys in a map. */
class SpecKeys implements PersonalKeys {
  readonly records = new Map<string, KeyRecord>();
  isBegun = false;

  take(persons: readonly string[]) {
    for (const person of persons)
      if (!this.records.has(person)) this.records.set(person, { person, keys: [newKey()] });
    return Promise.resolve(
      new Map(
        persons.flatMap((person) =>
          (this.records.get(person)?.keys ?? []).map((key) => [person, key] as const),
        ),
      ),
    );
  }
  find() {
    return Promise.resolve(this.records);
  }
  erase(person: string) {
    const record = this.records.get(person);
    if (record !== undefined) this.records.set(person, erased(record));
    return Promise.resolve(record !== undefined);
  }
  async *all() {
    yield* await Promise.resolve([...this.records.values()]);
  }
  add() {
    return Promise.resolve();
  }
  hasBegun() {
    return Promise.resolve(this.isBegun);
  }
  begin() {
    this.isBegun = true;
    return Promise.resolve();
  }
  close() {
    return Promise.resolve();
  }
}

type Shop = {
  readonly shop: string;
  readonly owner: PersonalText;
  readonly contacts: readonly { readonly name: PersonalText; readonly telephone: PersonalText | null }[];
};
type ShopOpened = DomainEvent<'ShopOpened', 1, Shop>;
interface OpenShop extends DomainCommand {
  readonly type: 'OpenShop';
  readonly data: Shop;
}

const FIELDS = personalFields<ShopOpened>({
  ShopOpened: (data, seal) => ({
    ...data,
    owner: seal(data.shop, data.owner),
    contacts: data.contacts.map(({ name, telephone }, index) => ({
      name: seal(`${data.shop}/${index + 1}`, name),
      telephone: seal(`${data.shop}/${index + 1}`, telephone),
    })),
  }),
});

const decider: Decider<Shop | null, OpenShop, ShopOpened> = {
  initial: null,
  decide: (_, { data }) => [{ type: 'ShopOpened', version: 1, data }],
  evolve: (_, { data }) => data,
};

const SHOP: Shop = {
  shop: 'shop-1',
  owner: '欧阳明月',
  contacts: [
    { name: '司徒远山', telephone: '13912345678' },
    { name: '上官清和', telephone: null },
  ],
};

const open = (data: Shop, commandId = 'first'): OpenShop =>
  Object.defineProperty({ type: 'OpenShop' as const, data, meta: meta(commandId) }, PERSONAL_FIELDS, {
    value: new Set(['data']),
  });

function made(log = new SpecEventStore()) {
  const keys = new SpecKeys();
  const personal = new PersonalData(keys, FIELDS);
  const store = personal.sealing(log);
  return { keys, personal, log, store, runner: new DeciderRunner(store, decider) };
}

const dataOf = (log: SpecEventStore): Shop => log.events[0]?.data as Shop;

describe('4 what identifies a person', () => {
  test('4 is sealed in the log under the key of that person, and opened as it was', async () => {
    const { log, personal, runner } = made();
    await runner.run('shop-1', open(SHOP));
    const stored = dataOf(log);
    const of = (person: string) => ({ person, key: expect.any(String), sealed: expect.any(String) });
    expect(stored).toEqual({
      shop: 'shop-1',
      owner: of('shop-1'),
      contacts: [
        { name: of('shop-1/1'), telephone: of('shop-1/1') },
        { name: of('shop-1/2'), telephone: null },
      ],
    });
    expect(await personal.open({ items: [stored, 'other'] })).toEqual({ items: [SHOP, 'other'] });
  });

  test('4 is the same in the state that is remembered and in the one that is read', async () => {
    const { store, runner } = made();
    await runner.run('shop-1', open(SHOP));
    const { state } = await runner.load('shop-1');
    expect(state).toEqual((await new DeciderRunner(store, decider).load('shop-1')).state);
  });

  test('4 that was erased reads 已删除, of that person only; the event is what it was', async () => {
    const { log, keys, personal, runner } = made();
    await runner.run('shop-1', open(SHOP));
    const before = JSON.stringify(dataOf(log));
    await keys.erase('shop-1/1');
    expect(await personal.open(dataOf(log))).toEqual({
      ...SHOP,
      contacts: [{ name: '已删除', telephone: '已删除' }, SHOP.contacts[1]],
    });
    expect(JSON.stringify(dataOf(log))).toBe(before);
  });

  test('4 does not open for another person, or when a byte of it was changed', async () => {
    const { log, keys, personal, runner } = made();
    await runner.run('shop-1', open(SHOP));
    const owner = dataOf(log).owner as SealedText;
    const record = keys.records.get('shop-1');
    if (record === undefined) throw new Error('the owner has a key');
    keys.records.set('thief', { ...record, person: 'thief' });
    const bytes = Buffer.from(owner.sealed, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(14) ^ 1, 14);
    expect(await personal.text({ ...owner, person: 'thief' })).toBe('密钥缺失');
    expect(await personal.text({ ...owner, sealed: bytes.toString('base64url') })).toBe('密钥缺失');
    expect(await personal.text(owner)).toBe(SHOP.owner);
  });

  test('4 stays as it is where it was sealed before, and in events of before there were keys', async () => {
    const { log, personal, store, runner } = made();
    const [event] =
      (await store.personal?.seal([{ ...(await eventOf(SHOP)), data: { ...SHOP, owner: '欧阳明月' } }])) ??
      [];
    if (event === undefined) throw new Error('one event');
    await store.append('shop-1', null, [event]);
    expect(log.events[0]?.data).toEqual(event.data);
    expect(await personal.open(SHOP)).toBe(SHOP);
    expect((await runner.load('shop-1')).state).toEqual(event.data);
  });

  test('4 is in digests by an HMAC: a retry is known, another content is not a retry', async () => {
    const { log, store, runner } = made();
    const first = await runner.run('shop-1', open(SHOP));
    const digest = log.events[0]?.metadata.commandDigest;
    expect(digest).not.toBe(commandDigest(open(SHOP)));
    expect(digest).not.toBe(await digestElsewhere());
    const again = new DeciderRunner(store, decider);
    expect(await again.run('shop-1', open(SHOP))).toEqual({ ...first, replayed: true });
    const other = open({ ...SHOP, owner: '别人' });
    await expect(again.run('shop-1', other)).rejects.toThrow(CommandIdReused);
  });

  test('4 was digested in clear before there were keys: its retry is known', async () => {
    const log = new SpecEventStore();
    await new DeciderRunner(log, decider).run('shop-1', open(SHOP));
    expect(log.events[0]?.metadata.commandDigest).toBe(commandDigest(open(SHOP)));
    const { runner } = made(log);
    expect((await runner.run('shop-1', open(SHOP))).replayed).toBe(true);
  });

  test('4 a log that has something sealed is not written to by who has lost the keys', async () => {
    const { log, runner } = made();
    await runner.run('shop-1', open(SHOP));
    const lost = made(log);
    await expect(lost.runner.run('shop-2', open({ ...SHOP, shop: 'shop-2' }, 'second'))).rejects.toThrow(
      PersonalKeysMissing,
    );
    expect([log.events.length, lost.keys.isBegun]).toEqual([1, false]);
    await lost.personal.acceptKeys();
    await lost.runner.run('shop-2', open({ ...SHOP, shop: 'shop-2' }, 'second'));
    expect(log.events.length).toBe(2);
  });
});

/** The digest of the same command under the key of another system. */
async function digestElsewhere(): Promise<string | undefined> {
  const { log, runner } = made();
  await runner.run('shop-1', open(SHOP));
  return log.events[0]?.metadata.commandDigest;
}

async function eventOf(shop: Shop) {
  const log = new SpecEventStore();
  await new DeciderRunner(log, decider).run('shop-1', open(shop));
  const [stored] = log.events;
  if (stored === undefined) throw new Error('one event');
  const { id, type, version, data, metadata } = stored;
  return { id, type, version, data, metadata };
}
