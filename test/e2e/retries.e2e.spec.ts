import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestServer } from './server.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await server.post('/projects', 'demo-applicant', { id: 'mill', name: '水磨', template: 'small' });
  await server.post('/applications/mill-LX-06/submission', 'demo-applicant');
  await server.post('/applications/mill-LX-06/acceptance', 'demo-window');
});
afterAll(() => server.remove());

const steps = '/applications/mill-LX-06/steps';

test('a stale If-Match is refused before any rule, and stores nothing', async () => {
  const events = await server.events();
  const stale = await server.post(steps, 'demo-reviewer', { step: 'a' }, { 'if-match': '"0"' });
  expect([stale.status, stale.body['code'], stale.body['params']]).toEqual([
    412,
    'command.stale-revision',
    { pinned: '0', actual: '1' },
  ]);
  expect(await server.events()).toBe(events);
  const fresh = await server.post(steps, 'demo-reviewer', { step: 'a' }, { 'if-match': '"1"' });
  expect([fresh.status, fresh.headers.get('etag')]).toEqual([202, '"2"']);
});

test('of many who hold the same revision, one wins', async () => {
  const { headers } = await server.post(steps, 'demo-reviewer', { step: 'b' });
  const pinned = { 'if-match': headers.get('etag') ?? '' };
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => server.post(steps, 'demo-reviewer', { step: 'c' }, pinned)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array<number>(7).fill(412)]);
});

test('an Idempotency-Key makes a retry return the first answer', async () => {
  const key = { 'idempotency-key': 'visit-1' };
  const first = await server.post(steps, 'demo-reviewer', { step: 'd' }, key);
  await server.post(steps, 'demo-reviewer', { step: 'e' });
  const events = await server.events();
  const again = await server.post(steps, 'demo-reviewer', { step: 'd' }, { ...key, 'if-match': '"0"' });
  expect([again.status, again.body, again.headers.get('etag')]).toEqual([
    202,
    first.body,
    first.headers.get('etag'),
  ]);
  expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
    null,
    'true',
  ]);
  expect(await server.events()).toBe(events);
});

test('the same key with another body is not a retry', async () => {
  const key = { 'idempotency-key': 'visit-2' };
  await server.post(steps, 'demo-reviewer', { step: 'f' }, key);
  const events = await server.events();
  const other = await server.post(steps, 'demo-reviewer', { step: 'g' }, key);
  expect([other.status, other.body['code']]).toEqual([422, 'command.id-reused']);
  expect(await server.events()).toBe(events);
  // Another person, or another thing, has keys of its own.
  expect((await server.post(steps, 'demo-window', { step: 'g' }, key)).status).toBe(202);
});

test('the same key sent many times at once is one command', async () => {
  const events = await server.events();
  const key = { 'idempotency-key': 'visit-3' };
  const answers = await Promise.all(
    Array.from({ length: 16 }, () => server.post(steps, 'demo-reviewer', { step: 'h' }, key)),
  );
  expect(new Set(answers.map(({ status, body }) => `${status} ${body['position']}`)).size).toBe(1);
  expect(await server.events()).toBe(events + 1);
});

test('a new thing is registered once; its key is not good for another', async () => {
  const key = { 'idempotency-key': 'register-1' };
  const body = { id: 'dam', name: '水坝', template: 'small' };
  const first = await server.post('/projects', 'demo-applicant', body, key);
  const again = await server.post('/projects', 'demo-applicant', body, key);
  const renamed = await server.post('/projects', 'demo-applicant', { ...body, name: '堤' }, key);
  const another = await server.post('/projects', 'demo-applicant', { ...body, id: 'dyke' }, key);
  const taken = await server.post('/projects', 'demo-applicant', body);
  expect([first, again, renamed, another, taken].map(({ status }) => status)).toEqual([
    201, 201, 422, 422, 409,
  ]);
  expect(again.body).toEqual(first.body);
});

test('?after= reads one’s own write, every time', async () => {
  for (let round = 0; round < 20; round++) {
    const { body } = await server.post(steps, 'demo-reviewer', { step: `round ${round}` });
    const found = await server.get(`/applications/mill-LX-06?after=${body['position']}`, 'demo-reviewer');
    expect([found.status, found.body['revision'], found.body['lastStep']]).toEqual([
      200,
      body['revision'],
      `round ${round}`,
    ]);
  }
});

test('?after= must be a position that exists', async () => {
  const beyond = `${((await server.system.eventStore.lastPosition()) ?? 0n) + 1n}`;
  const answers = await Promise.all(
    [beyond, 'soon', '-1', '', '1.5'].map((after) => server.get(`/worklist?after=${after}`, 'demo-window')),
  );
  expect(answers.map(({ status, body }) => [status, body['errors']?.[0]?.['field']])).toEqual(
    Array(5).fill([400, 'after']),
  );
});
