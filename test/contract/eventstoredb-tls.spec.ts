import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { type EventStore, StoreUnavailable } from '#libs/engine/event-sourcing';
import { all, refusal } from '#libs/engine/event-sourcing-testing';
import { openEventStoreDb } from '#libs/engine/store-eventstoredb';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { datas, event } from './eventstoredb-events.js';

const user = { name: 'county', password: 's3cret/:@' };
const limits = { timeLimitMs: 20_000 };

let directory: string;
let server: EventStoreDbServer;
/** What is common to all connection strings that are right. */
let rest: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'eventstoredb-tls-'));
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'events.test' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const caFile = join(directory, 'ca.pem');
  writeFileSync(caFile, cert);
  server = await EventStoreDbServer.start({ tls: { key, cert }, user });
  rest = `127.0.0.1:${server.port}?tls=true&tlsCAFile=${caFile}`;
});
afterAll(() => {
  server.stop();
  rmSync(directory, { recursive: true });
});

const login = (password = user.password) => `${user.name}:${encodeURIComponent(password)}`;

async function within<T>(url: string, work: (store: EventStore) => Promise<T>): Promise<T> {
  const store = await openEventStoreDb(url, limits);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Appends, reads and follows: each uses another kind of call. */
async function roundTrip(store: EventStore, name: string): Promise<readonly unknown[]> {
  const { position } = await store.append(name, null, [event(`${name}-0`), event(`${name}-1`)]);
  const read = datas(await all(store.readStream(name)));
  const at = await store.readAt(position);
  const stop = new AbortController();
  const followed: unknown[] = [];
  for await (const { events, caughtUp } of store.subscribeToAll({ after: null, signal: stop.signal })) {
    followed.push(...events.filter(({ stream }) => stream === name).map(({ data }) => data));
    if (caughtUp) break;
  }
  stop.abort();
  return [read, at?.data, followed];
}

test.each(['esdb', 'esdb+discover'])(
  '%s:// with user, password and the authority of the certificate',
  async (scheme) => {
    const name = `s-${scheme.length}`;
    const both = [`${name}-0`, `${name}-1`];
    expect(await within(`${scheme}://${login()}@${rest}`, (store) => roundTrip(store, name))).toEqual([
      both,
      `${name}-1`,
      both,
    ]);
  },
);

test.each([
  ['a wrong password', () => `esdb://${login('wrong')}@${rest}`],
  ['no user', () => `esdb://${rest}`],
  ['no authority that signed the certificate', () => `esdb://${login()}@127.0.0.1:${server.port}?tls=true`],
  ['no TLS', () => `esdb://${login()}@127.0.0.1:${server.port}?tls=false`],
])('%s: the engine is unavailable, and nothing is stored', async (_, url) => {
  const before = server.log.events.length;
  await within(url(), async (store) => {
    expect(await refusal(store.append('refused', null, [event('refused-0')]))).toBe(StoreUnavailable);
    expect(await refusal(all(store.readStream('refused')))).toBe(StoreUnavailable);
  });
  expect(server.log.events.length).toBe(before);
});
