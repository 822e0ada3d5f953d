import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type RootDatabase } from 'lmdb';
import { CommitPace } from './commit-pace.js';
import { openEnvironment } from './environment.js';
import { EventLog } from './event-log.js';
import { encodeEvent } from './group-encoder.js';
import { sampleEvent } from './testing/sample-event.js';

let directory: string;
const opened: RootDatabase[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-event-log-'));
});
afterEach(async () => {
  for (const root of opened.splice(0)) await root.close();
  rmSync(directory, { recursive: true });
});

/** A log whose stream index goes to disk after every five appends. */
function openLog(): EventLog {
  const root = openEnvironment(directory, 'events', { durable: true, readOnly: false });
  opened.push(root);
  return new EventLog(root, new CommitPace(), { indexStep: 5 });
}

/** Appends `events` events to a stream, after what the log knows of it, as one of a group. */
function append(log: EventLog, stream: string, events: number) {
  const firstRevision = (log.head(stream) ?? -1) + 1;
  const bodies = Array.from({ length: events }, (_, index) =>
    encodeEvent(stream, sampleEvent(`${stream} ${firstRevision + index}`)),
  );
  return { stream, firstRevision, bodies };
}

const namesFrom = (log: EventLog, stream: string, from: number): unknown[] =>
  [...log.stream(stream, from)].map(({ data }) => (data as { name: string }).name);

function expectStreams(log: EventLog, lengths: Readonly<Record<string, number>>): void {
  for (const [stream, length] of Object.entries(lengths)) {
    expect(log.head(stream)).toBe(length - 1);
    for (let from = 0; from <= length; from += 1) {
      expect(namesFrom(log, stream, from)).toEqual(
        Array.from({ length: length - from }, (_, index) => `${stream} ${from + index}`),
      );
    }
  }
}

test('streams are found whether their index is in memory, on disk or both, and after reopening', async () => {
  const log = openLog();
  const follower = openLog();
  const lengths: Record<string, number> = {};
  for (let round = 0; round < 23; round += 1) {
    const group = [`s-${round % 3}`, `t-${round % 7}`, `once-${round}`].map((stream) =>
      append(log, stream, 1 + (round % 2)),
    );
    expect(await log.write(group)).toBe(true);
    for (const { stream, bodies } of group) lengths[stream] = (lengths[stream] ?? 0) + bodies.length;
    if (round % 4 === 0) follower.refresh();
  }
  follower.refresh();
  for (const each of [log, follower, openLog()]) expectStreams(each, lengths);
});

test('who does not know the whole log stores nothing, and can once it has read the rest', async () => {
  const [one, two] = [openLog(), openLog()];
  for (let round = 0; round < 12; round += 1) {
    expect(await one.write([append(one, 'a', 2)])).toBe(true);
    expect(await two.write([append(two, 'b', 1)])).toBe(false);
    expect(two.refresh()).toBe(true);
    expect(await two.write([append(two, 'b', 1)])).toBe(true);
    expect(one.refresh()).toBe(true);
  }
  for (const each of [one, two, openLog()]) expectStreams(each, { a: 24, b: 12 });
});

test('a large commit is cut into records, and read as if it were not', async () => {
  const log = openLog();
  const group = Array.from({ length: 300 }, (_, n) => append(log, `s-${n}`, 2));
  expect(await log.write(group)).toBe(true);
  expect(await log.write([append(log, 's-7', 1)])).toBe(true);
  const records = log.read(0);
  expect(records.length).toBeGreaterThan(2);
  expect(records.reduce((sum, record) => sum + record.events, 0)).toBe(601);
  expect(log.at(599)).toMatchObject({ stream: 's-299', revision: 1n, position: 599n });
  for (const each of [log, openLog()]) expectStreams(each, { 's-0': 2, 's-7': 3, 's-299': 2 });
});

test('events read one by one are the same whether their group is glanced at or kept, also right after an append', async () => {
  const log = openLog();
  const names = (positions: readonly number[]) =>
    positions.map((position) => (log.at(position)?.data as { name: string } | undefined)?.name);
  expect(await log.write([append(log, 'a', 2), append(log, 'b', 1)])).toBe(true);
  expect(names([0, 1, 2, 1, 3])).toEqual(['a 0', 'a 1', 'b 0', 'a 1', undefined]);
  expect(await log.write([append(log, 'b', 2)])).toBe(true);
  // The second group, the first again, and back: each time another is in lmdb's buffer.
  expect(names([3, 0, 4, 2, 3, 4, 5])).toEqual(['b 1', 'a 0', 'b 2', 'b 0', 'b 1', 'b 2', undefined]);
  expect([log.at(4)?.stream, log.at(4)?.revision]).toEqual(['b', 2n]);
  expect(namesFrom(log, 'b', 0)).toEqual(['b 0', 'b 1', 'b 2']);
});
