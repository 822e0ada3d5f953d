import { expect, test } from '@jest/globals';
import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { MongoClient, MongoNetworkError } from 'mongodb';
import { MongoConnection } from './mongodb-connection.js';

/** A client that connects to nothing and notes its end. */
class SpecClient extends MongoClient {
  isClosed = false;

  constructor() {
    super('mongodb://127.0.0.1:1');
  }

  override connect(): Promise<this> {
    return Promise.resolve(this);
  }

  override close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

function setUp() {
  const clients: SpecClient[] = [];
  let now = 0;
  const connection = new MongoConnection(
    () => {
      const client = new SpecClient();
      clients.push(client);
      return client;
    },
    { database: 'spec', timeLimitMs: 1_000, clock: () => now },
  );
  const answered = () => connection.run(() => Promise.resolve('an answer'));
  const cut = async (at: number) => {
    now = at;
    const call = () => Promise.reject(new MongoNetworkError('connection 25 closed'));
    await expect(connection.run(call)).rejects.toThrow(StoreUnavailable);
    return clients.map(({ isClosed }) => (isClosed ? 'closed' : 'open'));
  };
  return { connection, clients, answered, cut };
}

test('another client takes over once nothing was answered for three times the limit of a call', async () => {
  const { connection, clients, cut, answered } = setUp();
  expect(await cut(0)).toEqual(['open']);
  expect(await cut(2_999)).toEqual(['open']);
  expect(await cut(3_000)).toEqual(['closed', 'open']);
  expect(connection.db.client).toBe(clients[1]);
  expect(await answered()).toBe('an answer');
  // It gets the same patience.
  expect(await cut(5_000)).toEqual(['closed', 'open']);
  expect(await cut(7_999)).toEqual(['closed', 'open']);
  expect(await cut(8_000)).toEqual(['closed', 'closed', 'open']);
});

test('an answer in between keeps the client, and so does a programming error: the server is available', async () => {
  const { connection, answered, cut } = setUp();
  await cut(0);
  expect(await answered()).toBe('an answer');
  expect(await cut(3_000)).toEqual(['open']);
  await expect(connection.run(() => Promise.reject(new TypeError('ours')))).rejects.toThrow(TypeError);
  expect(await cut(6_000)).toEqual(['open']);
  expect(await cut(8_999)).toEqual(['open']);
});

test('what the former client still says counts no more', async () => {
  const { connection, cut } = setUp();
  await cut(0);
  let fail: (error: Error) => void = () => undefined;
  const late = connection.run(
    () =>
      new Promise<never>((_, reject) => {
        fail = reject;
      }),
  );
  // Once connected, so that the call is on its way.
  await Promise.resolve();
  await cut(3_000);
  fail(new MongoNetworkError('connection 26 closed'));
  await expect(late).rejects.toThrow(StoreUnavailable);
  expect(await cut(5_999)).toEqual(['closed', 'open']);
});
