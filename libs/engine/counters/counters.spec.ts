import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type EventStore, systemActor, systemMeta } from '#libs/engine/event-sourcing';
import { foldEvents, recorded } from '#libs/engine/event-sourcing-testing';
import { openLmdbEventStore } from '#libs/engine/store-lmdb';
import { counterDecider } from './counter.decider.js';
import { type NumberTaken } from './counter.events.js';
import { Counters } from './counters.js';

const folder = new URL('golden/', import.meta.url);
const golden = JSON.parse(readFileSync(new URL('NumberTaken.v1.json', folder), 'utf8')) as NumberTaken;
const NOW = '2026-11-24T02:00:00.000Z';

let directory: string;
let store: EventStore;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zhitong-counters-'));
  store = await openLmdbEventStore(directory);
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

const meta = (commandId: string, now = NOW) => systemMeta({ commandId, actor: systemActor('test'), now });

test('4 every version of a taken number is kept, and says how far its series has come', () => {
  expect(readdirSync(folder)).toEqual(['NumberTaken.v1.json']);
  expect(foldEvents(counterDecider, [recorded(golden)])).toStrictEqual({ last: 1 });
});

test('4 of many who count at once in three processes each gets a number of its own, and none is left out', async () => {
  const processes = [1, 2, 3].map(() => new Counters(store));
  const holders = Array.from({ length: 60 }, (_, index) => `holder-${index}`);
  const numbers = await Promise.all(
    holders.map((holder, index) => {
      const counters = processes[index % 3] ?? new Counters(store);
      return counters.numberOf('many', holder, meta(holder));
    }),
  );
  expect([...numbers].sort((a, b) => a - b)).toEqual(holders.map((_, index) => index + 1));
});

test('4 a holder keeps its number, whatever asks again, in whatever process', async () => {
  const asked = () => new Counters(store).numberOf('kept', 'one', meta('again', '2026-11-25T02:00:00.000Z'));
  const at = await Promise.all([
    new Counters(store).numberOf('kept', 'one', meta('first')),
    new Counters(store).numberOf('kept', 'one', meta('other')),
  ]);
  expect([...at, await asked()]).toEqual([1, 1, 1]);
  expect(await new Counters(store).numberOf('kept', 'two', meta('two'))).toBe(2);
  expect(await new Counters(store).numberOf('another', 'one', meta('one'))).toBe(1);
  const events: unknown[] = [];
  for await (const { data } of store.readStream('number-kept')) events.push(data);
  expect(events).toEqual([
    { series: 'kept', number: 1, holder: 'one' },
    { series: 'kept', number: 2, holder: 'two' },
  ]);
});
