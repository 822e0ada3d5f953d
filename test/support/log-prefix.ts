import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StoredEvent } from '#libs/engine/event-sourcing';
import { openLmdbEventStore } from '#libs/engine/store-lmdb';
import { TestServer } from '../e2e/server.js';

/** A fresh server that was given only these events, oldest first, at an instant. */
export async function serverOfLog(events: readonly StoredEvent[], instant: string): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'zhitong-prefix-'));
  const store = await openLmdbEventStore(directory);
  for (const { stream, revision, position: _, ...event } of events) {
    await store.append(stream, revision === 0n ? null : revision - 1n, [event]);
  }
  await store.close();
  const server = await TestServer.open(directory, { clock: { now: () => Date.parse(instant) } }, new Map());
  await server.caughtUp();
  return server;
}
