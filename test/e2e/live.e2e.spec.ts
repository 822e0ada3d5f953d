import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { LiveStreams } from '#libs/shell/live';
import { EventStream, type Frame } from '../support/event-stream.js';
import { type Answer, TestServer } from './server.js';

const env = { STREAM_HEARTBEAT_MS: '1000', MAX_STREAMS: '12' };
let server: TestServer;
const streams: EventStream[] = [];
beforeAll(async () => {
  server = await TestServer.start({ env });
  for (const id of ['live-1', 'live-2']) {
    const body = { id, name: 'Mill', template: 'small' };
    await done(server.post('/projects', 'demo-applicant', body));
    await done(
      server.post(`/applications/${id}-LX-06/submission`, 'demo-applicant', { materials: ['Plan'] }),
    );
  }
  await done(server.post('/accounts', 'demo-admin', { id: 'other', displayName: '他', role: 'applicant' }));
  await server.caughtUp();
});
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});
afterAll(() => server.remove());

const code = ({ status, body }: Answer) => `${status} ${body?.code ?? 'ok'}`;
async function done(answering: Promise<Answer>): Promise<string> {
  const answer = await answering;
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return answer.body.position;
}
async function follow(
  as: string,
  topics: string,
  headers: Record<string, string> = {},
): Promise<EventStream> {
  const shown = { authorization: `Bearer ${await server.token(as)}`, ...headers };
  const stream = await EventStream.open(`${server.url}/api/v1/stream?topics=${topics}`, shown);
  streams.push(stream);
  return stream;
}
const ready = (stream: EventStream) => stream.until(({ frames }) => frames.length > 0);
const note = (project: string, text: string) =>
  done(
    server.post(`/applications/${project}-LX-06/supplement-request`, 'demo-window', {
      items: [{ material: 'Plan', reason: text }],
    }),
  );
const handIn = (project: string) =>
  done(server.post(`/applications/${project}-LX-06/supplement`, 'demo-applicant', { materials: ['Plan 2'] }));

test('22 a change comes once queries show it, with the position as its id', async () => {
  const stream = await ready(
    await follow('demo-applicant', 'application:live-1-LX-06,project:live-1,worklist'),
  );
  expect([
    stream.status,
    stream.response.headers['content-type'],
    stream.response.headers['content-encoding'],
  ]).toEqual([200, 'text/event-stream; charset=utf-8', undefined]);
  expect(stream.frames[0]).toEqual({
    id: stream.lastId,
    event: 'ready',
    data: { position: stream.lastId },
  });
  const position = await note('live-1', 'one');
  await stream.until(({ changes }) => changes.length > 0);
  expect(stream.changes[0]).toEqual({
    id: position,
    event: 'message',
    data: {
      position,
      topics: ['application:live-1-LX-06', 'project:live-1', 'worklist'],
      application: 'live-1-LX-06',
      project: 'live-1',
    },
  });
  // Asked without `after`: it is shown already.
  const { body } = await server.get('/applications/live-1-LX-06', 'demo-applicant');
  expect(body.supplement ?? body.next).toBeTruthy();
  await handIn('live-1');
});

test('22 who comes back with the last id gets what they missed, without gap and without repetition', async () => {
  const topic = 'application:live-2-LX-06';
  const first = await ready(await follow('demo-window', topic));
  const began = first.lastId;
  const one = await note('live-2', 'one');
  await first.until(({ lastId }) => lastId === one);
  first.close();
  await handIn('live-2');
  await done(server.post('/applications/live-2-LX-06/acceptance', 'demo-window', { note: 'Complete' }));
  const again = await follow('demo-window', topic, { 'last-event-id': one });
  const body = { step: 'On-site check' };
  const last = await done(server.post('/applications/live-2-LX-06/steps', 'demo-reviewer', body));
  await again.until(({ lastId }) => lastId === last);
  const audit = await server.get('/audit?stream=application-live-2-LX-06&limit=100', 'demo-supervisor');
  const positions: number[] = audit.body.items.map(({ position }: { position: string }) => Number(position));
  const inOrder = positions.sort((a, b) => a - b);
  const idsOf = (changes: readonly Frame[]) => changes.map(({ id }) => Number(id));
  expect([...idsOf(first.changes), ...idsOf(again.changes)]).toEqual(
    inOrder.filter((position) => position > Number(began)),
  );
  const all = await follow('demo-window', topic, { 'last-event-id': '0' });
  await all.until(({ lastId }) => lastId === last);
  expect(idsOf(all.changes)).toEqual(inOrder);
});

test('22 nobody learns of what they may not see by asking', async () => {
  const refused = await Promise.all([
    server.get('/stream?topics=application:live-1-LX-06', 'other'),
    server.get('/stream?topics=project:live-1', 'other'),
    server.get('/stream?topics=events', 'demo-window'),
    server.get('/stream?topics=application:nothing', 'demo-window'),
    server.get('/stream?topics=everything', 'demo-window'),
    server.get('/stream?topics=worklist,', 'demo-window'),
    server.get('/stream', 'demo-window', { 'last-event-id': 'x' }),
    server.get('/stream', 'demo-window', { 'last-event-id': '999999999' }),
    server.get('/stream?topic=worklist', 'demo-window'),
    server.get('/stream'),
  ]);
  expect(refused.map(code)).toEqual([
    '403 http.not-yours',
    '403 http.not-yours',
    '403 http.wrong-role',
    '404 http.not-found',
    ...Array<string>(5).fill('400 http.invalid-input'),
    '401 http.unauthenticated',
  ]);
  const other = await ready(await follow('other', 'worklist,notices,positions'));
  const overseer = await ready(await follow('demo-supervisor', 'events'));
  const position = await note('live-1', 'a secret of the applicant');
  await overseer.until(({ changes }) => changes.some(({ id }) => id === position));
  const { items } = (await server.get('/audit?stream=application-live-1-LX-06', 'demo-supervisor')).body;
  const shown = overseer.changes.find(({ id }) => id === position);
  expect(shown?.data.event).toEqual(items.find((item: { position: string }) => item.position === position));
  await other.until(({ changes }) => changes.some(({ id }) => id === position));
  expect(other.changes.map(({ data }) => data)).toContainEqual({ position, topics: ['positions'] });
  expect(JSON.stringify(other.frames)).not.toMatch(/live-1|secret|worklist|notices/);
  await handIn('live-1');
});

test('22 a quiet stream says that it is alive', async () => {
  const stream = await ready(await follow('demo-leader', 'worklist'));
  await stream.until(({ beats }) => beats >= 2);
});

test('22 a stream ends at once when its session does', async () => {
  const name = 'demo-reviewer';
  const signedIn = await server.send('POST', '/session', {
    body: { name, password: server.passwords.get(name) },
  });
  const cookie = /__Host-zhitong=[^;]*/.exec(signedIn.headers.get('set-cookie') ?? '')?.[0] ?? '';
  const open = async (site: string) => {
    const stream = await EventStream.open(`${server.url}/api/v1/stream`, { cookie, 'sec-fetch-site': site });
    streams.push(stream);
    return stream;
  };
  expect((await open('cross-site')).status).toBe(403);
  const stream = await ready(await open('same-origin'));
  await server.send('DELETE', '/session', { headers: { cookie } });
  await stream.ended();
  expect(stream.frames.at(-1)).toEqual({ id: stream.lastId, event: 'end', data: { reason: 'signed-out' } });
});

test('22 a person has eight streams at most, and all together as many as the server takes', async () => {
  await noneOpen();
  for (let number = 0; number < 8; number++) await ready(await follow('demo-head', 'worklist'));
  expect(code(await server.get('/stream', 'demo-head'))).toBe('429 stream.too-many-own');
  for (let number = 0; number < 4; number++) await ready(await follow('demo-leader', 'worklist'));
  const full = await server.get('/stream', 'demo-supervisor');
  expect([code(full), full.headers.get('retry-after')]).toEqual(['503 stream.too-many', '30']);
  for (const stream of streams.splice(0)) stream.close();
  await noneOpen();
  expect((await follow('demo-supervisor', 'worklist')).status).toBe(200);
});

/** Resolves when the server has seen that every reader has gone. */
async function noneOpen(): Promise<void> {
  while (server.app.get(LiveStreams).count > 0) await delay(5);
}

test('22 streams of an api whose read models another process keeps; at a stop each ends with the reason', async () => {
  const { directory } = server;
  await server.stop();
  const projector = await TestServer.start({ directory, env: { ...env, ROLES: 'projector' } });
  server = await TestServer.start({ directory, env: { ...env, ROLES: 'api' } });
  const stream = await ready(await follow('demo-window', 'application:live-1-LX-06'));
  const position = await note('live-1', 'three');
  await stream.until(({ lastId }) => lastId === position);
  expect(stream.changes.at(-1)?.data.application).toBe('live-1-LX-06');
  const stopping = server.stop();
  await stream.ended();
  await stopping;
  expect(stream.frames.at(-1)).toEqual({ id: stream.lastId, event: 'end', data: { reason: 'stopping' } });
  await projector.stop();
  server = await TestServer.start({ directory });
});
