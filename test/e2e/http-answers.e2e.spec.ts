import 'reflect-metadata';
import { get as ask, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { makeLogger } from '#libs/shell/nest';
import { TestServer } from './server.js';

const lines: { readonly [field: string]: unknown }[] = [];
let server: TestServer;
let token: string;
beforeAll(async () => {
  const log = makeLogger('info', { write: (line: string) => void lines.push(JSON.parse(line)) });
  server = await TestServer.start({ log });
  token = await server.token('demo-window');
});
afterAll(() => server.remove());
beforeEach(() => {
  lines.length = 0;
});

interface Raw {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** As it comes over the wire, not decoded. */
function raw(path: string, headers: OutgoingHttpHeaders = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    ask(`${server.url}${path}`, { headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    }).on('error', reject);
  });
}

const MATTERS = '/api/v1/matters?limit=200';

test('22 an answer is compressed for a caller who takes it, and says so to caches', async () => {
  const plain = await raw(MATTERS);
  const [br, gzip] = await Promise.all([
    raw(MATTERS, { 'accept-encoding': 'gzip, br' }),
    raw(MATTERS, { 'accept-encoding': 'gzip' }),
  ]);
  expect([plain, br, gzip].map(({ headers }) => headers['content-encoding'])).toEqual([
    undefined,
    'br',
    'gzip',
  ]);
  expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
  expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  expect(br.body.length).toBeLessThan(plain.body.length / 4);
  expect(br.headers.vary).toMatch(/accept-encoding/i);
  expect(br.headers.vary).toMatch(/authorization, cookie/i);
  expect([br, gzip].map(({ headers }) => headers.etag)).toEqual([plain.headers.etag, plain.headers.etag]);
});

test('22 a short answer, and one that holds a secret, are sent as they are', async () => {
  const headers = { 'accept-encoding': 'gzip, br', authorization: `Bearer ${token}` };
  const me = await raw('/api/v1/me', headers);
  expect([me.status, me.headers['content-encoding']]).toEqual([200, undefined]);
  const session = await raw('/api/v1/session', headers);
  expect([session.status, session.headers['content-encoding']]).toEqual([200, undefined]);
  const document = await raw('/api/docs-json', headers);
  expect([document.status, document.headers['content-encoding']]).toEqual([200, 'br']);
});

test('22 who has what would be sent is answered 304 without it', async () => {
  const { headers } = await raw(MATTERS);
  const tag = headers.etag ?? '';
  expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
  for (const known of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
    const again = await raw(MATTERS, { 'if-none-match': known, 'accept-encoding': 'br' });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, tag]);
    expect(again.headers['cache-control']).toBe('public, max-age=60');
  }
  for (const other of ['"other"', 'W/"other"', 'rubbish', tag.slice(0, -2)]) {
    expect((await raw(MATTERS, { 'if-none-match': other })).status).toBe(200);
  }
});

test('22 a thing that commands are based on has its revision for a tag, until it changes', async () => {
  const body = { id: 'tag-1', name: 'Mill', template: 'small' };
  expect((await server.post('/projects', 'demo-applicant', body)).status).toBe(201);
  const id = 'tag-1-LX-06';
  const submitted = await server.post(`/applications/${id}/submission`, 'demo-applicant', {
    materials: ['Site plan'],
  });
  const after = `?after=${submitted.body.position}`;
  const known = await server.get(`/applications/${id}${after}`, 'demo-applicant');
  const tag = known.headers.get('etag') ?? '';
  expect(tag).toMatch(/^"\d+"$/);
  const ask = (path: string) => server.get(path, 'demo-applicant', { 'if-none-match': tag });
  const same = await ask(`/applications/${id}`);
  expect([same.status, same.body, same.headers.get('etag')]).toEqual([304, null, tag]);
  // To another person, and after something else was sent under the same tag, all of it is sent.
  const other = await server.get(`/applications/${id}`, 'demo-window', { 'if-none-match': tag });
  expect([other.status, other.body.id]).toEqual([200, id]);
  const done = await server.post(`/applications/${id}/withdrawal`, 'demo-applicant', {
    reason: 'Another site',
  });
  expect(done.status).toBe(202);
  const changed = await ask(`/applications/${id}?after=${done.body.position}`);
  expect([changed.status, changed.headers.get('etag') === tag]).toEqual([200, false]);
  // What another may not see is refused, also to who knows the tag.
  expect((await server.get(`/applications/${id}`, undefined, { 'if-none-match': '*' })).status).toBe(401);
});

test('22 each request leaves one line: who, where, with what and how long, and nothing of what was asked', async () => {
  const id = 'request-of-a-caller';
  const answers = [
    await raw(`/api/v1/worklist?limit=2&after=1`, {
      authorization: `Bearer ${token}`,
      'x-correlation-id': id,
    }),
    await raw('/api/v1/applications/secret-thing', { authorization: `Bearer ${token}` }),
    await raw('/api/v1/matters'),
    await raw('/api/v1/me'),
    await raw('/nowhere/at/all?name=Li'),
  ];
  expect(answers.map(({ headers }) => typeof headers['x-correlation-id'])).toEqual(
    answers.map(() => 'string'),
  );
  expect(answers[0]?.headers['x-correlation-id']).toBe(id);
  const requests = lines.filter(({ msg }) => msg === 'request');
  const line = (index: number, route: string, person: string | null, code?: string) => ({
    level: 'info',
    time: expect.any(String),
    correlationId: answers[index]?.headers['x-correlation-id'],
    person,
    method: 'GET',
    route,
    status: answers[index]?.status,
    ms: expect.any(Number),
    ...(code === undefined ? {} : { code }),
    msg: 'request',
  });
  expect(requests).toEqual([
    line(0, '/api/v1/worklist', 'demo-window'),
    line(1, '/api/v1/applications/:id', 'demo-window', 'http.not-found'),
    line(2, '/api/v1/matters', null),
    line(3, '/api/v1/me', null, 'http.unauthenticated'),
    line(4, 'unknown', null, 'http.not-found'),
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/secret-thing|after=1|name=Li|nowhere/);
});
