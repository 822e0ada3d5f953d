import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestServer } from './server.js';

let directory: string;
let server: TestServer;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-keys-'));
  server = await TestServer.start({ directory });
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

async function restart(): Promise<void> {
  await server.caughtUp();
  await server.stop();
  server = await TestServer.start({ directory });
}

const key = { 'idempotency-key': 'K' };
const register = (id: string, name = '水磨') =>
  server.post('/projects', 'demo-applicant', { id, name, template: 'small' }, key);
const refused = [422, 'command.id-reused'];

test('D22 a key used for a new thing is accepted for that one only, also after a restart, and its retry keeps its answer', async () => {
  const first = await register('a-1');
  expect(first.status).toBe(201);
  await restart();
  const events = await server.events();
  const other = await register('a-3');
  expect([other.status, other.body['code']]).toEqual(refused);
  const again = await register('a-1');
  expect([again.status, again.body]).toEqual([201, first.body]);
  const renamed = await register('a-1', '堤');
  expect([renamed.status, renamed.body['code']]).toEqual(refused);
  expect(await server.events()).toBe(events);
});

test('D22 a key used for an act on one thing is not good for another thing, nor after a restart', async () => {
  await server.post('/projects', 'demo-applicant', { id: 'b-1', name: '坝', template: 'small' });
  await server.post('/projects', 'demo-applicant', { id: 'b-2', name: '坝', template: 'small' });
  const submit = (id: string) =>
    server.post(`/applications/${id}-LX-06/submission`, 'demo-applicant', {}, key);
  const first = await submit('b-1');
  expect(first.status).toBe(202);
  for (const turn of ['before', 'after']) {
    if (turn === 'after') await restart();
    const other = await submit('b-2');
    expect([turn, other.status, other.body['code']]).toEqual([turn, ...refused]);
    expect((await submit('b-1')).body).toEqual(first.body);
  }
  // The same key is another one for another act and for another person.
  const withdrawn = await server.post(
    '/applications/b-1-LX-06/withdrawal',
    'demo-applicant',
    { reason: '改期' },
    key,
  );
  expect(withdrawn.status).toBe(202);
});

test('D22 of many at once with one key for different things, one wins, and its retry is answered', async () => {
  const concurrent = { 'idempotency-key': 'many' };
  const post = (n: number) =>
    server.post('/projects', 'demo-applicant', { id: `c-${n}`, name: '渠', template: 'small' }, concurrent);
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => post(n)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array<number>(11).fill(422)]);
  const won = answers.findIndex(({ status }) => status === 201);
  expect((await post(won)).body).toEqual(answers[won]?.body);
});
