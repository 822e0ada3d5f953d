import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mustHoldAcknowledged } from '#libs/engine/event-sourcing';
import { lastAcknowledged, openLmdbEventStore } from '#libs/engine/store-lmdb';

const WRITER = fileURLToPath(new URL('store-writer.mjs', import.meta.url));
const KILLS = 8;
const EVENTS_AN_APPEND = 3;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zhitong-store-kill-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Writers in a process of their own, and what they have acknowledged, line by line. */
class Writer {
  private output = '';
  private readonly child;
  private readonly ended;

  constructor(run: string) {
    this.child = spawn(process.execPath, [WRITER, directory, run], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.ended = Promise.all([once(this.child, 'exit'), once(this.child.stdout, 'end')]);
    this.child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.output += chunk;
    });
  }

  /** A line that was cut off by the kill was not acknowledged. */
  get acknowledged(): string[] {
    return this.output.split('\n').slice(0, -1);
  }

  /** Waits until more than `count` appends are acknowledged. */
  async reach(count: number): Promise<void> {
    while (this.acknowledged.length <= count) await once(this.child.stdout, 'data');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    const [exit] = await this.ended;
    expect(exit).toEqual([null, 'SIGKILL']);
  }
}

/** Everything that contradicts the port in what is on disk now, after such acknowledgements. */
async function faults(acknowledged: readonly string[], runs: readonly string[]): Promise<string[]> {
  const store = await openLmdbEventStore(directory);
  const found = new Map<string, number>();
  const list: string[] = [];
  const acknowledgedEnds = new Set(acknowledged);
  const noted = lastAcknowledged(directory);
  if (noted !== null) await mustHoldAcknowledged(store, noted);
  let last = -1n;
  for await (const { stream, revision, position, data } of store.readAll(null)) {
    const length = found.get(stream) ?? 0;
    const { name } = data as { name: string };
    if (revision !== BigInt(length)) list.push(`${stream} has ${revision} after ${length - 1}`);
    if (name !== `${stream} ${revision}`) list.push(`${stream} has ${name} at ${revision}`);
    if (position !== last + 1n) list.push(`position ${position} after ${last}`);
    const firstOfAppend = revision - (revision % BigInt(EVENTS_AN_APPEND));
    if (acknowledgedEnds.has(`${stream} ${firstOfAppend}`) && position > (noted?.position ?? -1n))
      list.push(`${stream} ${revision} was acknowledged and is beyond the note`);
    found.set(stream, length + 1);
    last = position;
  }
  if ((await store.lastPosition()) !== last) list.push('the last position is not that of the last event');
  for (const line of acknowledged) {
    const [stream = '', revision] = line.split(' ');
    if ((found.get(stream) ?? 0) < Number(revision) + EVENTS_AN_APPEND) list.push(`${line} is lost`);
  }
  for (const [stream, length] of found) {
    if (length % EVENTS_AN_APPEND !== 0) list.push(`${stream} ends in half an append`);
    if (!runs.some((run) => stream.startsWith(`${run}-`))) continue;
    let next = 0n;
    for await (const { revision } of store.readStream(stream)) if (revision === next) next += 1n;
    if (next !== BigInt(length)) list.push(`read alone, ${stream} has ${next} events of ${length}`);
  }
  await store.close();
  return list;
}

test(`64 writers killed ${KILLS} times: every acknowledged event is there once, nothing half written, no gap`, async () => {
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const writer = new Writer(`run${kill}`);
    await writer.reach(Math.random() * 5_000);
    await writer.kill();
    acknowledged.push(...writer.acknowledged);
    expect(await faults(acknowledged, [`run${kill}`])).toEqual([]);
  }
});

test('two processes write to one log; when one is killed the other goes on', async () => {
  const [one, two] = [new Writer('one'), new Writer('two')];
  await Promise.all([one.reach(500), two.reach(500)]);
  await one.kill();
  const reached = two.acknowledged.length;
  await two.reach(reached + 500);
  await two.kill();
  expect(await faults([...one.acknowledged, ...two.acknowledged], ['one', 'two'])).toEqual([]);
});
