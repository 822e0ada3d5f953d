import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { Clock } from './clock.js';
import { CommandMetaReader, correlationId } from './command-meta.js';
import { InvalidInput } from './http-problem.js';

class StoppedClock extends Clock {
  override now(): number {
    return Date.parse('2026-11-24T02:00:00.000Z');
  }
}
const reader = new CommandMetaReader(new StoppedClock());
const liu = { person: 'liu', post: null, department: null, role: 'window' };
const request = (headers: Record<string, string>, actor = liu) => ({ headers, actor, id: 'c-1' });
const accept = { act: 'Accept', address: 'applications/a', thing: 'applications/a' };
const read = (headers: Record<string, string>, asked = accept, actor = liu) =>
  reader.read(request(headers, actor), asked);

const fieldOf = (headers: Record<string, string>) => {
  try {
    read(headers);
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors[0]?.field;
    throw error;
  }
  return 'good';
};

test('who, when and why', () => {
  const trace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const { commandId, ...meta } = read({ traceparent: trace, 'if-match': '"3"' });
  expect(commandId).toMatch(/^[0-9a-f-]{36}$/);
  expect(meta).toStrictEqual({
    actor: liu,
    onBehalfOf: null,
    occurredAt: '2026-11-24T02:00:00.000Z',
    now: '2026-11-24T02:00:00.000Z',
    correlationId: 'c-1',
    causationId: null,
    traceparent: trace,
    expectedRevision: 3n,
  });
  expect(read({ traceparent: 'garbage' }).traceparent).toBe(null);
  expect(read({ traceparent: `${trace}-${'x'.repeat(201)}` }).traceparent).toBe(null);
});

test('a key gives one id to one act of one person, and no key a new one each time', () => {
  const key = { 'idempotency-key': 'k' };
  const id = read(key).commandId;
  expect(read(key).commandId).toBe(id);
  expect(
    new Set([
      id,
      read({ 'idempotency-key': 'l' }).commandId,
      read(key, { ...accept, address: 'applications/b' }).commandId,
      read(key, accept, { ...liu, person: 'wang' }).commandId,
      read({}).commandId,
      read({}).commandId,
    ]).size,
  ).toBe(6);
});

test('D22 a key counts per person and act, whatever thing it is used for; without a key nothing is recorded', () => {
  const key = { 'idempotency-key': 'k' };
  const first = read(key).keyUse;
  expect(first).toEqual({ key: expect.stringMatching(/^[0-9a-f]{64}$/), thing: 'applications/a' });
  const other = { act: 'Accept', address: 'applications/b', thing: 'applications/b' };
  expect(read(key, other).keyUse).toEqual({ key: first?.key, thing: 'applications/b' });
  expect(read(key, { ...accept, act: 'Approve' }).keyUse?.key).not.toBe(first?.key);
  expect(read(key, accept, { ...liu, person: 'wang' }).keyUse?.key).not.toBe(first?.key);
  expect('keyUse' in read({})).toBe(false);
});

test('a revision may be said in three ways, and a key in visible characters', () => {
  const revision = (value: string) => read({ 'if-match': value }).expectedRevision;
  expect(['"3"', '3', 'W/"3"', '*'].map(revision)).toEqual([3n, 3n, 3n, null]);
  expect(
    ['three', '"3", "4"', '', '-1', '"1', '99999999999999999999'].map((value) =>
      fieldOf({ 'if-match': value }),
    ),
  ).toEqual(Array(6).fill('If-Match'));
  expect(['', 'a b', 'é', 'x'.repeat(201)].map((key) => fieldOf({ 'idempotency-key': key }))).toEqual(
    Array(4).fill('Idempotency-Key'),
  );
  expect(fieldOf({ 'idempotency-key': 'x'.repeat(200) })).toBe('good');
});

test('a correlation id is taken over when it is a plain word', () => {
  expect(correlationId('order-17')).toBe('order-17');
  for (const header of [undefined, '', 'a b', 'x'.repeat(129), 'a\nb', ['a', 'b']]) {
    expect(correlationId(header)).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  }
});
