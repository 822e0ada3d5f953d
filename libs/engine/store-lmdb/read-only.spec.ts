import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { openLmdbEventStore, openLmdbReadStore } from './index.js';
import { sampleEvent } from './testing/sample-event.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-read-only-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const event = sampleEvent('a');
const model = { name: 'list@1', indexes: { all: { equals: [] } } };

test('a log opened for reading only is read, and not written', async () => {
  const writer = await openLmdbEventStore(directory);
  const reader = await openLmdbEventStore(directory, { readOnly: true });
  await writer.append('project-1', null, [event]);
  expect(await reader.lastPosition()).toBe(0n);
  expect(await reader.readAt(0n)).toEqual(await writer.readAt(0n));
  await expect(reader.append('project-1', 0n, [event])).rejects.toBeInstanceOf(StoreUnavailable);
  await reader.close();
  await writer.close();
});

test('read models opened for reading only are read, and not written', async () => {
  const writer = await openLmdbReadStore(directory);
  await writer.define([model]);
  const reader = await openLmdbReadStore(directory, { readOnly: true });
  await reader.define([model]);
  await expect(reader.define([{ ...model, name: 'other@1' }])).rejects.toBeInstanceOf(StoreUnavailable);
  const checkpoint = { position: 0n, recordedAt: null };
  await writer.save('list', [{ model: 'list@1', document: { id: 'a' }, seen: 0n }], checkpoint);
  expect(await reader.find('list@1', { index: 'all', limit: 5 })).toEqual({
    items: [{ id: 'a' }],
    nextCursor: null,
  });
  await expect(reader.save('list', [], checkpoint)).rejects.toBeInstanceOf(StoreUnavailable);
  await reader.close();
  await writer.close();
});

test('nothing is created by reading', async () => {
  await expect(openLmdbEventStore(directory, { readOnly: true })).rejects.toBeInstanceOf(StoreUnavailable);
  await expect(openLmdbReadStore(directory, { readOnly: true })).rejects.toBeInstanceOf(StoreUnavailable);
});
