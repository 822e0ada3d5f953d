import { describe, expect, test } from '@jest/globals';
import { type AllStreamRecordedEvent, type RecordedEvent } from '@eventstore/db-client';
import { eventId, EventTooLarge, type NewEvent } from '#libs/engine/event-sourcing';
import { matcher, serverFilter } from './event-filter.js';
import { laterRevision, ownEvent, toEventData, toStoredEvent } from './recorded-event.js';

const actor = { person: 'demo-reviewer', post: null, department: 'water', role: 'reviewer' };
const metadata = {
  actor,
  onBehalfOf: null,
  occurredAt: '2026-11-24T02:00:00.000Z',
  recordedAt: '2026-11-24T02:00:00.001Z',
  commandId: '命令-1',
  commandDigest: 'digest-1',
  correlationId: 'correlation-1',
  causationId: null,
  traceparent: null,
  calendarVersion: '2026.1',
  catalogueVersion: null,
};
const written: NewEvent = {
  id: eventId('a', 0),
  type: 'StepRecorded',
  version: 3,
  data: { a: [1] },
  metadata,
};

/** What the client would give back for what it was given; some of its versions give numbers for bigints. */
function recorded(changes: object = {}): RecordedEvent {
  const [given] = toEventData('s', [written]);
  if (!given) throw new Error('one event was given');
  const bytes = given.metadata as Uint8Array;
  const event: RecordedEvent = {
    streamId: 'run-1-project-1',
    id: given.id,
    isJson: true,
    revision: 7n,
    type: given.type,
    created: new Date(0),
    data: written.data as string[],
    metadata: JSON.parse(new TextDecoder().decode(bytes)) as string[],
  };
  const numbers: object = { revision: 7, position: { commit: 4711, prepare: 4711 } };
  return Object.assign(event, numbers, changes);
}

describe('an event on its way to EventStoreDB and back', () => {
  test('is unchanged, with revision and position as bigint whatever the client returns', () => {
    expect(toStoredEvent(recorded(), 'run-1-')).toStrictEqual({
      ...written,
      stream: 'project-1',
      revision: 7n,
      position: 4711n,
    });
  });

  test('is a copy: its writer may go on with the data', () => {
    const data = { name: 'before' };
    const [given] = toEventData('s', [{ ...written, data }]);
    data.name = 'after';
    expect(given?.data).toEqual({ name: 'before' });
  });

  test('is a fault when another system has written it, or the server gives no position', () => {
    expect(() => toStoredEvent(recorded({ metadata: { other: 1 } }), '')).toThrow(
      'not written by this system',
    );
    expect(() => toStoredEvent(recorded({ isJson: false }), '')).toThrow('not written by this system');
    expect(() => toStoredEvent(recorded({ data: '{"a":' }), 'run-1-')).toThrow(
      `the log is damaged at position 4711, stream project-1: the data of event ${written.id} cannot be read`,
    );
    expect(() => toStoredEvent(recorded({ position: undefined }), '')).toThrow('22.6');
  });

  test('is refused with others that are too large together', () => {
    const part = { ...written, data: 'x'.repeat(600_000) };
    expect(() => toEventData('s', [part, part])).toThrow(EventTooLarge);
  });
});

describe('filters', () => {
  const event = (streamId: string, type: string) => ({ streamId, type }) as AllStreamRecordedEvent;
  const nothing = () => undefined;

  test('go to the server as far as it can do them', () => {
    expect(serverFilter('', {}, nothing)).toMatchObject({ filterOn: 'eventType', regex: '^[^$].*' });
    expect(serverFilter('', { types: ['A.b', 'C'] }, nothing)).toMatchObject({
      filterOn: 'eventType',
      regex: '^(?:A\\.b|C)$',
    });
    expect(serverFilter('run-', { streamPrefixes: ['a-'], types: ['A'] }, nothing)).toMatchObject({
      filterOn: 'streamName',
      prefixes: ['run-a-'],
    });
    expect(serverFilter('run-', { types: ['A'] }, nothing)).toMatchObject({ prefixes: ['run-'] });
  });

  test('are looked at once more for what the server cannot do', () => {
    const matches = matcher('run-', { streamPrefixes: ['a-', 'b-'], types: ['A'] });
    const list = [event('run-a-1', 'A'), event('run-b-1', 'B'), event('run-c-1', 'A'), event('a-1', 'A')];
    expect(list.map(matches)).toEqual([true, false, false, false]);
  });

  test("leave out the engine's own events and other stores' streams", () => {
    const isOwn = ownEvent('run-');
    const list = [event('run-1', 'A'), event('$stats', 'A'), event('run-1', '$>'), event('other', 'A')];
    expect(list.map(isOwn)).toEqual([true, false, false, false]);
    expect(ownEvent('')(event('$$run-1', '$metadata'))).toBe(false);
  });
});

test('the later of two positions, where null is before all', () => {
  expect([
    laterRevision(null, null),
    laterRevision(null, 0n),
    laterRevision(3n, null),
    laterRevision(3n, 2n),
    laterRevision(2n, 3n),
  ]).toEqual([null, 0n, 3n, 3n, 3n]);
});
