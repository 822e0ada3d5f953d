import { expect, test } from '@jest/globals';
import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { Engines } from './engines.js';

const never = () => new Promise<never>(() => undefined);
const parts = (lastPosition: () => Promise<bigint | null>, liveVersion: () => Promise<number | null>) => ({
  eventStore: { lastPosition, identity: () => Promise.resolve(null) },
  readStore: { liveVersion },
  engines: { events: 'eventstoredb', documents: 'mongodb' },
  disk: null,
});
const states = (events: string | null, documents: string | null) => [
  { engine: 'eventstoredb', keeps: 'events', away: events },
  { engine: 'mongodb', keeps: 'documents', away: documents },
];

test('K10 an engine that does not answer counts as unavailable for every call, and the other one is reported as available', async () => {
  const engines = new Engines(
    parts(() => Promise.resolve(7n), never),
    20,
  );
  expect(await engines.states()).toEqual(states(null, 'no answer within 20 ms'));
});

test('K10 an engine that refuses is away with its reason', async () => {
  const refuse = () => Promise.reject(new StoreUnavailable('mongodb', 'connection refused'));
  const engines = new Engines(parts(() => Promise.resolve(null), refuse));
  expect(await engines.states()).toEqual(
    states(null, new StoreUnavailable('mongodb', 'connection refused').message),
  );
});

test('K10 an engine that hangs is not called again by each probe, and is available again as soon as it answers', async () => {
  let asked = 0;
  let answer: (version: null) => void = () => undefined;
  const hang = () => {
    asked += 1;
    return new Promise<null>((resolve) => {
      answer = resolve;
    });
  };
  const engines = new Engines(
    parts(() => Promise.resolve(7n), hang),
    20,
  );
  for (let probe = 0; probe < 3; probe++) await engines.states();
  expect(asked).toBe(1);
  const next = engines.states();
  answer(null);
  expect(await next).toEqual(states(null, null));
});
