import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { openLmdbEventStore } from '#libs/engine/store-lmdb';
import { mayMount, SmallDisk } from '../support/small-disk.js';

const WRITERS_PROGRAM = fileURLToPath(new URL('full-disk-writers.mjs', import.meta.url));
const ROUNDS = 12;
const WRITERS = 16;
const REFUSALS = 300;

interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  readonly acknowledged: readonly string[];
  readonly said: string;
}

/**
 * Runs writers until they were refused `refusals` times. `onAcknowledged` is called with the number of events acknowledged so
 * far.
 */
async function runWriters(
  directory: string,
  onAcknowledged: (count: number) => void = () => undefined,
  filledAt: readonly string[] = [],
): Promise<Ending> {
  const child = spawn(
    process.execPath,
    [WRITERS_PROGRAM, directory, `${WRITERS}`, `${REFUSALS}`, ...filledAt],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let count = 0;
  child.stdout.on('data', (bytes: Buffer) => {
    for (const byte of bytes) if (byte === 10) count += 1;
    onAcknowledged(count);
  });
  const [output, said] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const lines = output.split('\n').filter((line) => line !== '');
  return { code: child.exitCode, signal: child.signalCode, acknowledged: lines, said };
}

/** Every event of the log as the writers print it: `stream revision`. */
async function inLog(directory: string): Promise<ReadonlySet<string>> {
  const store = await openLmdbEventStore(directory);
  const found = new Set<string>();
  for await (const { stream, revision } of store.readAll(null)) found.add(`${stream} ${revision}`);
  await store.close();
  return found;
}

const onSmallDisk = mayMount ? test : test.skip;

onSmallDisk(
  `K1 ${WRITERS} writers of small events that try again on a full disk, ${ROUNDS} times: nothing acknowledged is lost, the process ends in order (skipped where mounting is forbidden)`,
  async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const disk = SmallDisk.mount(14);
      if (!disk) throw new Error('mounted before, and not now');
      try {
        const first = await runWriters(disk.directory);
        expect(first).toMatchObject({ code: 0, signal: null, said: '' });
        expect(first.acknowledged.length).toBeGreaterThan(WRITERS);
        // The next start finds the disk full to the last byte.
        const makeRoom = disk.fill();
        const second = await runWriters(disk.directory);
        expect(second).toMatchObject({ code: 0, signal: null, acknowledged: [], said: '' });
        makeRoom();
        const stored = await inLog(disk.directory);
        expect(first.acknowledged.filter((event) => !stored.has(event))).toEqual([]);
      } finally {
        disk.unmount();
      }
    }
  },
);

onSmallDisk(
  'K1 room that was granted is there when LMDB writes, though another process fills the disk in between, at 12 moments (skipped where mounting is forbidden)',
  async () => {
    for (let filledAt = 1; filledAt <= 12; filledAt += 1) {
      const disk = SmallDisk.mount(14);
      if (!disk) throw new Error('mounted before, and not now');
      try {
        const { acknowledged, ...ending } = await runWriters(disk.directory, undefined, [`${filledAt}`]);
        expect(ending).toEqual({ code: 0, signal: null, said: '' });
        // The write that room was granted for, of every writer in its group, and none after it.
        expect(acknowledged.length).toBeGreaterThanOrEqual(filledAt);
        rmSync(join(disk.directory, 'ballast'));
        const stored = await inLog(disk.directory);
        expect(acknowledged.filter((event) => !stored.has(event))).toEqual([]);
      } finally {
        disk.unmount();
      }
    }
  },
);

onSmallDisk(
  'K1 where another process fills the disk under the writers, the process refuses or ends with 74 and one sentence, never by a signal (skipped where mounting is forbidden)',
  async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const disk = SmallDisk.mount(14);
      if (!disk) throw new Error('mounted before, and not now');
      try {
        const ballast: (() => void)[] = [];
        const { code, signal, acknowledged, said } = await runWriters(disk.directory, (count) => {
          if (count > 500 && ballast.length === 0) ballast.push(disk.fill());
        });
        expect(signal).toBeNull();
        if (code === 74)
          expect(said).toContain('the disk under the data fails: a commit failed: No space left on device');
        else expect({ code, said }).toEqual({ code: 0, said: '' });
        for (const makeRoom of ballast) makeRoom();
        const stored = await inLog(disk.directory);
        expect(acknowledged.filter((event) => !stored.has(event))).toEqual([]);
      } finally {
        disk.unmount();
      }
    }
  },
);
