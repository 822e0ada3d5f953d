import 'reflect-metadata';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestServer } from '../e2e/server.js';
import { exchange, lines, type RawAnswer } from '../support/raw-http.js';

let server: TestServer;
let authorization: string;

beforeAll(async () => {
  server = await TestServer.start({ env: { REQUEST_TIME_LIMIT_MS: '1000' } });
  authorization = `authorization: Bearer ${await server.token('demo-applicant')}`;
});
afterAll(() => server.remove());

const END = ['host: county', 'connection: close'];
const problem = ({ status, headers, body }: RawAnswer) => [status, headers['content-type'], body?.code];
const PROBLEM = 'application/problem+json; charset=utf-8';
const told = (status: number, code: string) => [status, PROBLEM, code];
const say = (...all: readonly string[]) => exchange(server.url, lines(...all));
const project = JSON.stringify({ id: 'odd', name: 'odd', template: 'small' });
const posting = (...headers: readonly string[]) =>
  lines(
    'POST /api/v1/projects HTTP/1.1',
    ...END,
    authorization,
    'content-type: application/json',
    ...headers,
  );

describe('D21 an address', () => {
  test('D21 with a slash too many is another address, for every method', async () => {
    const answers = [
      await say('GET /health/live/ HTTP/1.1', ...END),
      await say('GET /api/v1/projects/ HTTP/1.1', ...END, authorization),
      await say('POST /api/v1/projects/ HTTP/1.1', ...END, authorization, 'content-length: 0'),
      await say('DELETE /api/v1/projects/ HTTP/1.1', ...END, authorization),
      await say('GET //health/live HTTP/1.1', ...END),
    ];
    expect(answers.map(problem)).toEqual(Array(5).fill(told(404, 'http.not-found')));
  });

  test('D21 whose escapes are broken is a bad request', async () => {
    for (const path of ['/api/v1/applications/%zz', '/%', '/api/v1/projects/%E0%A4%A']) {
      const answer = await say(`GET ${path} HTTP/1.1`, ...END, authorization);
      expect([path, ...problem(answer)]).toEqual([path, ...told(400, 'http.bad-request')]);
    }
  });

  test('D21 written in full, as a proxy sends it, is the same as its path', async () => {
    const live = { status: 'live' };
    const full = await say('GET http://county/health/live HTTP/1.1', ...END);
    const secure = await say('GET HTTPS://county:443/health/live HTTP/1.1', ...END);
    expect([full.status, full.body, secure.status, secure.body]).toEqual([200, live, 200, live]);
    expect(problem(await say('GET http://county HTTP/1.1', ...END))).toEqual(told(404, 'http.not-found'));
    expect(problem(await say('GET http://county?x HTTP/1.1', ...END))).toEqual(told(404, 'http.not-found'));
  });

  test('D21 that is an asterisk asks about the server: no such method is taken', async () => {
    const options = await say('OPTIONS * HTTP/1.1', ...END);
    expect([...problem(options), options.headers['allow']]).toEqual([
      ...told(405, 'http.method-not-allowed'),
      'GET, HEAD, POST, DELETE',
    ]);
    expect(problem(await say('GET * HTTP/1.1', ...END))).toEqual(told(400, 'http.bad-request'));
  });
});

describe('D21 a method', () => {
  test('D21 that an address does not take is 405 and says which it takes; without such an address it is 404', async () => {
    for (const method of ['OPTIONS', 'TRACE', 'PUT', 'DELETE', 'PROPFIND']) {
      const taken = await say(`${method} /health/live HTTP/1.1`, ...END);
      const unknown = await say(`${method} /nowhere HTTP/1.1`, ...END);
      expect([method, ...problem(taken), taken.headers['allow']]).toEqual([
        method,
        ...told(405, 'http.method-not-allowed'),
        'GET, HEAD',
      ]);
      expect([method, ...problem(unknown)]).toEqual([method, ...told(404, 'http.not-found')]);
    }
  });

  test('D21 that HTTP does not know, and a tunnel, are 405', async () => {
    for (const first of ['FETCHIT /health/live HTTP/1.1', 'CONNECT county:443 HTTP/1.1']) {
      const answer = await say(first, ...END);
      expect([first, ...problem(answer), answer.headers['allow']]).toEqual([
        first,
        ...told(405, 'http.method-not-allowed'),
        'GET, HEAD, POST, DELETE',
      ]);
    }
  });

  test('D21 HEAD is GET without the body', async () => {
    const head = await say('HEAD /health/live HTTP/1.1', ...END);
    expect([head.status, head.headers['content-length'], head.body]).toEqual([
      200,
      `${'{"status":"live"}'.length}`,
      null,
    ]);
    const unknown = await say('HEAD /nowhere HTTP/1.1', ...END);
    expect([unknown.status, unknown.body]).toEqual([404, null]);
  });
});

describe('D21 headers', () => {
  test('D21 of more than 16 KB are 431', async () => {
    const answer = await say('GET /health/live HTTP/1.1', ...END, `x-filling: ${'x'.repeat(20_000)}`);
    expect(problem(answer)).toEqual(told(431, 'http.headers-too-large'));
    const long = await say(`GET /health/live?${'x'.repeat(20_000)} HTTP/1.1`, ...END);
    expect(problem(long)).toEqual(told(431, 'http.headers-too-large'));
  });

  test('D21 without a host, or with two, are refused; HTTP/1.0 needs none', async () => {
    expect(problem(await say('GET /health/live HTTP/1.1', 'connection: close'))).toEqual(
      told(400, 'http.bad-request'),
    );
    expect(problem(await say('GET /health/live HTTP/1.1', ...END, 'host: other'))).toEqual(
      told(400, 'http.bad-request'),
    );
    const old = await say('GET /health/live HTTP/1.0');
    expect([old.status, old.body]).toEqual([200, { status: 'live' }]);
  });

  test('D21 that give two lengths, or a length and chunks, are refused before anything is done', async () => {
    const answers = [
      await exchange(server.url, posting('content-length: 2', 'content-length: 3') + project),
      await exchange(server.url, posting('content-length: 2', 'transfer-encoding: chunked') + project),
      await exchange(server.url, posting('content-length: -1') + project),
      await say('GET /health/live HTTP/9.9', ...END),
      await exchange(server.url, '\u0016\u0003\u0001 what is not HTTP\r\n\r\n'),
    ];
    expect(answers.map(problem)).toEqual(Array(5).fill(told(400, 'http.bad-request')));
    expect((await server.get('/projects/odd', 'demo-leader')).status).toBe(404);
  });

  test('D21 that ask for more than to go on are 417', async () => {
    const answer = await exchange(server.url, posting('expect: a-cup-of-tea', 'content-length: 0'));
    expect(problem(answer)).toEqual(told(417, 'http.expectation-failed'));
  });

  test('D21 an answer to an unparsable request says in both languages what is wrong, and is not cached', async () => {
    const { headers, body } = await say('GET /health/live HTTP/1.1', `x: ${'x'.repeat(20_000)}`);
    expect(body).toEqual({
      type: 'urn:zhitong:problem:http.headers-too-large',
      title: 'Request Header Fields Too Large',
      status: 431,
      detail: 'The headers are larger than the limit',
      instance: '',
      code: 'http.headers-too-large',
      messages: { zh: '请求头超过大小上限', en: 'The headers are larger than the limit' },
    });
    expect([headers['cache-control'], headers['x-content-type-options'], headers['connection']]).toEqual([
      'no-store',
      'nosniff',
      'close',
    ]);
  });
});

describe('D21 a body', () => {
  test('D21 that is compressed or encoded otherwise is 415 and says what is taken', async () => {
    for (const coding of ['gzip', 'GZIP', 'br', 'deflate', 'x-own', 'identity, gzip']) {
      const answer = await exchange(
        server.url,
        posting(`content-encoding: ${coding}`, `content-length: ${project.length}`) + project,
      );
      expect([coding, ...problem(answer), answer.headers['accept-encoding']]).toEqual([
        coding,
        ...told(415, 'http.unsupported-encoding'),
        'identity',
      ]);
    }
    expect((await server.get('/projects/odd', 'demo-leader')).status).toBe(404);
    const plain = JSON.stringify({ id: 'plain', name: 'plain', template: 'small' });
    const taken = await exchange(
      server.url,
      posting('content-encoding: identity', `content-length: ${plain.length}`) + plain,
    );
    expect(taken.status).toBe(201);
  });

  test('D21 or a head that does not arrive within the time limit is 408, and the connection is ended', async () => {
    const [body, chunks, head] = await Promise.all([
      exchange(server.url, posting('content-length: 100') + project.slice(0, 10)),
      exchange(server.url, `${posting('transfer-encoding: chunked')}a\r\n{"id":"od`),
      exchange(server.url, 'POST /api/v1/projects HTTP/1.1\r\nhost: cou'),
    ]);
    expect([body, chunks, head].map(problem)).toEqual(Array(3).fill(told(408, 'http.too-slow')));
  });
});

describe('D21 a stop', () => {
  test('D21 does not wait for half a body, half a head, or one who sends nothing', async () => {
    // Its own time limit would let them hold it for ten minutes.
    const stopping = await TestServer.start({ env: { REQUEST_TIME_LIMIT_MS: '600000', SEED: 'catalogue' } });
    const { hostname, port } = new URL(stopping.url);
    const begun = (text: string) =>
      new Promise<Socket>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.write(text, () => resolve(socket)));
        socket.on('error', () => undefined);
      });
    const arrived = new Promise<void>((resolve) => {
      stopping.app.getHttpServer().once('request', () => resolve());
    });
    const sockets = await Promise.all([
      begun(posting('content-length: 100') + project.slice(0, 10)),
      begun('POST /api/v1/projects HTTP/1.1\r\nhost: cou'),
      begun(''),
    ]);
    await arrived;
    const cut = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    const started = performance.now();
    await stopping.remove();
    await Promise.all(cut);
    // Not a measure of speed: a stop that waits for them takes the ten minutes, or 30 s where the process cuts it off.
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
