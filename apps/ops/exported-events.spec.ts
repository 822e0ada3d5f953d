import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MAX_EVENT_BYTES, type StoredEvent } from '#libs/engine/event-sourcing';
import { exportedEvents } from './exported-events.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'exported-events-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const actor = { person: 'li', post: null, department: null, role: 'admin' };
const metadata = {
  actor,
  onBehalfOf: null,
  occurredAt: '2026-01-01T00:00:00.000Z',
  recordedAt: '2026-01-01T00:00:00.000Z',
  commandId: 'c',
  commandDigest: 'd',
  correlationId: 'r',
  causationId: null,
  traceparent: null,
  calendarVersion: null,
  catalogueVersion: null,
};
const event = {
  position: '4',
  stream: 'note-1',
  revision: '0',
  id: '00000000-0000-4000-8000-000000000001',
  type: 'NoteTaken',
  version: 1,
  data: { text: '直通' },
  metadata,
};
const second = { ...event, position: '9', revision: '1', id: '00000000-0000-4000-8000-000000000002' };

async function read(content: string | Buffer): Promise<StoredEvent[]> {
  const path = join(directory, 'events.jsonl');
  writeFileSync(path, content);
  const events: StoredEvent[] = [];
  for await (const each of exportedEvents(path)) events.push(each);
  return events;
}

const linesOf = (...events: readonly object[]) => events.map((each) => `${JSON.stringify(each)}\n`).join('');

test('K9 exported lines are read as the events they are, with or without an end of the last line', async () => {
  const expected = [
    { ...event, position: 4n, revision: 0n },
    { ...second, position: 9n, revision: 1n },
  ];
  expect(await read(linesOf(event, second))).toEqual(expected);
  expect(await read(linesOf(event, second).trimEnd())).toEqual(expected);
});

test.each<[string, unknown]>([
  ['it is not an object', null],
  ['it is not an object', [event]],
  ['"more" is not a part of one', { ...second, more: 1 }],
  ['position must be a whole number as text', { ...second, position: 9 }],
  ['position must be a whole number as text', { ...second, position: '-9' }],
  ['revision must be a whole number as text', { ...second, revision: '1.0' }],
  ['stream must be text', { ...second, stream: null }],
  ['id must be text', { ...second, id: 1 }],
  ['note-1: the event id "x" is not a UUID', { ...second, id: 'x' }],
  ['a stream needs a name', { ...second, stream: '', revision: '0' }],
  ['type must be text', { ...second, type: undefined }],
  ['version must be a whole number from 1', { ...second, version: 0 }],
  ['data is missing', { ...second, data: undefined }],
  ['metadata must be an object', { ...second, metadata: 'm' }],
  ['metadata.actor must be an object', { ...second, metadata: { ...metadata, actor: 'li' } }],
  ['metadata.commandId must be text', { ...second, metadata: { ...metadata, commandId: undefined } }],
])('K9 a line is refused with its number: %s', async (reason, line) => {
  await expect(read(linesOf(event) + JSON.stringify(line))).rejects.toThrow(
    `line 2 is not an event: ${reason}`,
  );
});

test('K9 what does not go on from the lines before it is refused with its number', async () => {
  await expect(read(linesOf(event, { ...second, revision: '2' }))).rejects.toThrow(
    'line 2: revision 2 of note-1, where 1 is due',
  );
  await expect(read(linesOf(event, { ...second, position: '4' }))).rejects.toThrow(
    'line 2: position 4 comes after 4',
  );
  await expect(read(linesOf(second))).rejects.toThrow('line 1: revision 1 of note-1, where 0 is due');
});

test('K9 an empty line, broken text, a line without an end and an event that is too large are refused', async () => {
  await expect(read(`${linesOf(event)}\n${linesOf(second)}`)).rejects.toThrow('line 2 is not an event: ');
  const broken = Buffer.from(linesOf(event));
  broken.writeUInt8(0xff, broken.indexOf('直'));
  await expect(read(broken)).rejects.toThrow('line 1 is not an event: ');
  await expect(read(Buffer.alloc(9 * MAX_EVENT_BYTES, 'x'))).rejects.toThrow(
    'line 1 is not an event: it is too long',
  );
  const bytes = Buffer.byteLength(JSON.stringify(metadata)) + MAX_EVENT_BYTES + 2;
  await expect(read(linesOf({ ...event, data: 'x'.repeat(MAX_EVENT_BYTES) }))).rejects.toThrow(
    `line 1 is not an event: it has ${bytes} bytes, and ${MAX_EVENT_BYTES} are the most`,
  );
});
