import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { event, testMeta } from '#libs/engine/event-sourcing-testing';
import { openLmdbEventStore } from '#libs/engine/store-lmdb';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportWatch } from './import-watch.js';
import { importStream, logImportDecider } from './log-import.decider.js';

let directory: string;
let store: EventStore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zhitong-imports-'));
  store = await openLmdbEventStore(directory);
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

const watch = () =>
  new ImportWatch(store, { find: () => Promise.reject(new Error('the event log itself says it')) });

/** A stream whose first event came from a log; null: from live work. */
async function begin(stream: string, log: string | null): Promise<void> {
  const { metadata, ...rest } = event(stream);
  const correlationId = log === null ? 'request-1' : `import/${log}`;
  await store.append(stream, null, [{ ...rest, metadata: { ...metadata, correlationId } }]);
}

const READ = { digest: 'aa', mapping: 'bb' };
const COUNTS = { rows: 1, leftOut: 0, bad: 0, cases: 1, commands: 1, recorded: 1 };

const complete = (log: string) =>
  new DeciderRunner(store, logImportDecider).run(importStream(log), {
    type: 'CompleteImport',
    completed: { log, ...READ, ...COUNTS },
    meta: testMeta({ commandId: `complete-${log}` }),
  });

const beginAgain = (log: string) =>
  new DeciderRunner(store, logImportDecider).run(importStream(log), {
    type: 'BeginImport',
    begun: { log, ...READ, digest: 'cc' },
    meta: testMeta({ commandId: `begin-${log}` }),
  });

test('of a list of streams those are under way whose log has no end on record', async () => {
  await begin('a-live', null);
  await begin('a-1', 'first');
  await begin('a-2', 'ended');
  await begin('a-3', 'again');
  await begin('a-4', 'first');
  await complete('ended');
  await complete('again');
  await beginAgain('again');
  const asked = ['a-live', 'a-1', 'a-2', 'a-3', 'a-4', 'a-unknown', 'a-1'];
  const imports = watch();
  expect(await imports.underWay(asked)).toEqual(new Set(['a-1', 'a-3', 'a-4']));
  await complete('first');
  await begin('a-unknown', 'other');
  expect(await imports.underWay(asked)).toEqual(new Set(['a-3', 'a-unknown']));
  expect(await imports.underWay([])).toEqual(new Set());
});

test('the stream of an import is read once for a list, and the log of a stream is asked once', async () => {
  await begin('a-1', 'first');
  await begin('a-2', 'first');
  await begin('a-live', null);
  const read = jest.spyOn(store, 'readStream');
  const imports = watch();
  const streams = () => read.mock.calls.map(([stream]) => stream).sort();
  await imports.underWay(['a-1', 'a-2', 'a-live', 'a-none']);
  expect(streams()).toEqual(['a-1', 'a-2', 'a-live', 'a-none', 'import-first']);
  read.mockClear();
  await imports.underWay(['a-1', 'a-2', 'a-live', 'a-none']);
  expect(streams()).toEqual(['a-none', 'import-first']);
});
