import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ReadStore } from '#libs/engine/event-sourcing';
import { openLmdbReadStore, type ReadStoreOptions } from './open-read-store.js';

const MODEL = { name: 'cases@1', indexes: { all: { equals: [] } } };

let directory: string;
const opened: ReadStore[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-decoded-'));
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(directory, { recursive: true });
});

async function openStore(options: ReadStoreOptions): Promise<ReadStore> {
  const store = await openLmdbReadStore(directory, options);
  opened.push(store);
  await store.define([MODEL]);
  return store;
}

const saved = (store: ReadStore, id: string, stage: string, seen: bigint) =>
  store.save('cases@1', [{ model: MODEL.name, document: { id, stage }, seen }], {
    position: seen,
    recordedAt: null,
  });

test('documents at hand are kept from their second read on, and decoded afresh as soon as another handle has changed them', async () => {
  const writer = await openStore({});
  const reader = await openStore({ documentsAtHand: 2 });
  await saved(writer, 'one', 'submitted', 1n);
  const first = await reader.get(MODEL.name, 'one');
  expect(first).toEqual({ document: { id: 'one', stage: 'submitted' }, seen: 1n });
  const second = await reader.get(MODEL.name, 'one');
  expect(second).not.toBe(first);
  expect(second).toEqual(first);
  expect(await reader.get(MODEL.name, 'one')).toBe(second);

  await saved(writer, 'one', 'accepted', 2n);
  expect(await reader.get(MODEL.name, 'one')).toEqual({
    document: { id: 'one', stage: 'accepted' },
    seen: 2n,
  });
  expect((await reader.find(MODEL.name, { index: 'all', limit: 1 })).items).toEqual([
    { id: 'one', stage: 'accepted' },
  ]);
});

test('the same position with other content, as after a rebuild by other code, is another document', async () => {
  const writer = await openStore({});
  const reader = await openStore({ documentsAtHand: 2 });
  await saved(writer, 'one', 'submitted', 1n);
  await reader.get(MODEL.name, 'one');
  await writer.drop([MODEL.name], 'cases@1');
  expect(await reader.get(MODEL.name, 'one')).toBeNull();
  await saved(writer, 'one', 'accepted', 1n);
  expect(await reader.get(MODEL.name, 'one')).toEqual({
    document: { id: 'one', stage: 'accepted' },
    seen: 1n,
  });
});

test('no more documents are kept decoded than configured, and none by default', async () => {
  const writer = await openStore({});
  const reader = await openStore({ documentsAtHand: 2 });
  for (const id of ['one', 'two', 'three']) await saved(writer, id, 'submitted', 1n);
  const twice = async (id: string) => {
    await reader.get(MODEL.name, id);
    return reader.get(MODEL.name, id);
  };
  const [one, two] = [await twice('one'), await twice('two')];
  await twice('three');
  expect(await reader.get(MODEL.name, 'two')).toBe(two);
  const again = await reader.get(MODEL.name, 'one');
  expect(again).not.toBe(one);
  expect(again).toEqual(one);
  expect(await writer.get(MODEL.name, 'one')).not.toBe(await writer.get(MODEL.name, 'one'));
});

test('documents of any size are read whole, those that are too long to stay at hand too', async () => {
  const writer = await openStore({});
  const reader = await openStore({ documentsAtHand: 8 });
  const sizes = [10, 5_000, 60_000, 70_000, 130_000, 500_000];
  for (const size of sizes) await saved(writer, `s${size}`, '河'.repeat(size / 5), 1n);
  for (let round = 0; round < 2; round += 1) {
    for (const size of sizes) {
      expect(await reader.get(MODEL.name, `s${size}`)).toEqual({
        document: { id: `s${size}`, stage: '河'.repeat(size / 5) },
        seen: 1n,
      });
    }
  }
  await saved(writer, 's60000', 'short', 2n);
  expect(await reader.get(MODEL.name, 's60000')).toEqual({
    document: { id: 's60000', stage: 'short' },
    seen: 2n,
  });
});
