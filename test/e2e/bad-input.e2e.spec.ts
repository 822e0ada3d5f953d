import 'reflect-metadata';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body, TestServer } from './server.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ env: { BODY_LIMIT: '5000' } });
  await server.post('/projects', 'demo-applicant', { id: 'mill', name: '水磨', template: 'small' });
  await server.post('/applications/mill-LX-06/submission', 'demo-applicant');
});
afterAll(() => server.remove());

const acceptance = '/applications/mill-LX-06/acceptance';

test('every field that is wrong is named with its reason, in both languages, and nothing is stored', async () => {
  const events = await server.events();
  const answer = await server.post('/applications/mill-LX-06/supplement-request', 'demo-window', {
    items: [{ material: '图', reason: '' }, { material: 7 }],
    haste: true,
  });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.body['code']).toBe('http.invalid-input');
  expect(answer.body['messages']).toEqual({ zh: '提交的内容有误', en: 'The input is not valid' });
  expect(answer.body['errors']).toEqual([
    { field: 'haste', reason: 'is not a field of this command', reasonZh: '提交了无法识别的字段' },
    { field: 'items[0].reason', reason: 'should not be empty', reasonZh: '不能为空' },
    { field: 'items[1].material', reason: 'must be a string', reasonZh: '必须是字符串' },
    { field: 'items[1].reason', reason: 'is required', reasonZh: '必须填写' },
  ]);
  expect(await server.events()).toBe(events);
});

test('bodies that cannot be read', async () => {
  const events = await server.events();
  const token = { authorization: `Bearer ${await server.token('demo-window')}` };
  const send = async (body: string, type = 'application/json') => {
    const answer = await server.send('POST', acceptance, {
      body,
      headers: { ...token, 'content-type': type },
    });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    return `${answer.status} ${answer.body['code']}`;
  };
  expect([
    await send('{"note":'),
    await send('{"__proto__":{"actor":"x"}}'),
    await send('{"constructor":{"prototype":{"x":1}}}'),
    await send('[]'),
    await send('"text"'),
    await send('null'),
    await send('{"note":"a","id":"other"}'),
    await send('{"note":"a","meta":{}}'),
    await send('{"type":"ApproveApplication"}'),
    await send(`{"note":"${'x'.repeat(5000)}"}`),
    await send('note=a', 'application/x-www-form-urlencoded'),
    await send('note', 'text/plain'),
    await send('<note/>', 'application/xml'),
    await send('{}', 'rubbish'),
  ]).toEqual([
    '400 http.malformed-json',
    '400 http.malformed-json',
    '400 http.malformed-json',
    '400 http.invalid-input',
    '400 http.invalid-input',
    '400 http.invalid-input',
    '400 http.invalid-input',
    '400 http.invalid-input',
    '400 http.invalid-input',
    '413 http.too-large',
    '415 http.unsupported-media-type',
    '415 http.unsupported-media-type',
    '415 http.unsupported-media-type',
    '415 http.unsupported-media-type',
  ]);
  expect(await server.events()).toBe(events);
});

test('headers that cannot be read', async () => {
  const field = async (headers: Record<string, string>) => {
    const answer = await server.post(acceptance, 'demo-window', {}, headers);
    return [answer.status, answer.body['errors']?.[0]?.['field']];
  };
  expect([
    await field({ 'if-match': 'latest' }),
    await field({ 'if-match': '"0", "1"' }),
    await field({ 'idempotency-key': 'a b' }),
    await field({ 'idempotency-key': 'x'.repeat(201) }),
  ]).toEqual([
    [400, 'If-Match'],
    [400, 'If-Match'],
    [400, 'Idempotency-Key'],
    [400, 'Idempotency-Key'],
  ]);
});

test('addresses and methods that are not there', async () => {
  const answers = await Promise.all([
    server.get('/nothing', 'demo-window'),
    server.send('DELETE', '/projects/mill', { as: 'demo-window' }),
    server.send('GET', acceptance, { as: 'demo-window' }),
    server.post('/applications/..%2F..%2Fetc/acceptance', 'demo-window'),
    server.post(`/applications/${'x'.repeat(201)}/acceptance`, 'demo-window'),
    server.post(`/applications/${'x'.repeat(3_000)}/acceptance`, 'demo-window'),
    server.get(`/applications/${'x'.repeat(3_000)}`, 'demo-window'),
    server.post('/applications/a b/acceptance', 'demo-window'),
    server.get('/projects/%ZZ', 'demo-window'),
  ]);
  expect(answers.map(({ status, body, headers }) => [status, body['code'], headers.get('allow')])).toEqual([
    [404, 'http.not-found', null],
    [405, 'http.method-not-allowed', 'GET, HEAD'],
    [405, 'http.method-not-allowed', 'POST'],
    [404, 'http.not-found', null],
    [404, 'http.not-found', null],
    [414, 'http.uri-too-long', null],
    [414, 'http.uri-too-long', null],
    [404, 'http.not-found', null],
    [400, 'http.bad-request', null],
  ]);
});

test('query parameters are checked like bodies', async () => {
  const fields = async (path: string) => {
    const answer = await server.get(path, 'demo-leader');
    return [
      answer.status,
      answer.body['errors']?.map((error: Body) => error['field']) ?? answer.body['code'],
    ];
  };
  expect([
    await fields('/worklist?limit=0'),
    await fields('/worklist?limit=1001&lamp=blue'),
    await fields('/worklist?surprise=1'),
    await fields('/worklist?limit=1&limit=2'),
    await fields('/worklist?cursor=rubbish'),
    await fields('/audit?from=yesterday'),
    await fields('/audit?from=2026-02-30'),
    await fields('/reports/workload?from=2026-01-01'),
    await fields('/reports/workload?by=day'),
    await fields('/reports/accountability'),
  ]).toEqual([
    [400, ['limit']],
    [400, ['lamp', 'limit']],
    [400, ['surprise']],
    [400, ['limit']],
    [400, 'query.invalid'],
    [400, ['from']],
    [400, ['from']],
    [400, ['to']],
    [400, ['department']],
    [400, ['project']],
  ]);
});

test('new things need a name that fits into an address', async () => {
  const answers = await Promise.all(
    [undefined, '', 'a b', '-a', 'a/b', 7, 'x'.repeat(101)].map((id) =>
      server.post('/accounts', 'demo-admin', { id, displayName: 'x', role: 'applicant' }),
    ),
  );
  expect(answers.map(({ status, body }) => [status, body['errors']?.[0]?.['field']])).toEqual(
    Array(7).fill([400, 'id']),
  );
});

test('what is not HTTP is answered in the same form', async () => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write('RUBBISH\r\n\r\n');
  const answer = await text(socket);
  expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
    status: 400,
    code: 'http.bad-request',
  });
});

test('every answer carries the correlation id of its request, and the log has it', async () => {
  const answer = await server.post(acceptance, 'demo-window', {}, { 'x-correlation-id': 'order-17' });
  expect([answer.status, answer.headers.get('x-correlation-id')]).toEqual([202, 'order-17']);
  const stored = await server.system.eventStore.readAt(BigInt(answer.body['position'] ?? ''));
  expect([stored?.type, stored?.metadata.correlationId]).toEqual(['ApplicationAccepted', 'order-17']);
  const refused = await server.post(acceptance, 'demo-window', {}, { 'x-correlation-id': 'order-18' });
  expect([refused.status, refused.headers.get('x-correlation-id')]).toEqual([409, 'order-18']);
});

test('refusals are counted by code, commands by outcome, requests by route', async () => {
  const metrics = await server.metrics();
  expect(metrics).toMatch(/^zhitong_refusals_total\{code="http\.malformed-json"\} 3$/m);
  expect(metrics).toMatch(/^zhitong_commands_total\{type="AcceptApplication",outcome="done"\} 1$/m);
  expect(metrics).toMatch(
    /^zhitong_http_request_seconds_count\{method="POST",route="\/api\/v1\/applications\/:id\/submission",status="202"\} 1$/m,
  );
  expect(metrics).toMatch(/^zhitong_append_seconds_count \d+$/m);
});

test('the interface describes itself', async () => {
  const document = (await server.http.get('/api/docs-json')).body as {
    paths: Record<string, Record<string, { summary: string; requestBody?: object }>>;
  };
  expect(
    Object.keys(document.paths)
      .filter((path) => path.startsWith('/api/v1/applications'))
      .sort(),
  ).toEqual(
    [
      '',
      '/acceptance',
      '/acceptance-refusal',
      '/approval',
      '/assignment',
      '/back-entries',
      '/clock',
      '/closure',
      '/commitment',
      '/commitment-check',
      '/consultation',
      '/consultation-closure',
      '/consultation-opinion',
      '/corrections',
      '/deficiency-fulfilment',
      '/deficiency-lapse',
      '/deficient-acceptance',
      '/delivery',
      '/documents',
      '/documents/{document}',
      '/escalation',
      '/escalation-return',
      '/extension',
      '/fast-track',
      '/immediate-completion',
      '/issue-decisions',
      '/issue-options',
      '/issues',
      '/permit-amendment',
      '/permit-cancellation',
      '/permit-recall',
      '/permit-renewal',
      '/permit-renewal-application',
      '/permit-renewal-refusal',
      '/permit-revocation',
      '/permit-use',
      '/permit-use-postponement',
      '/permit-verification',
      '/rating',
      '/refusal',
      '/resumption',
      '/return',
      '/reused-documents',
      '/send-back',
      '/special-handling',
      '/steps',
      '/submission',
      '/supplement',
      '/supplement-request',
      '/suspension',
      '/timeline',
      '/transfer',
      '/withdrawal',
      '/works-resumption',
      '/works-stop',
      '/works-stop-finding',
    ].map((path) => `/api/v1/applications/{id}${path}`),
  );
  const acceptance = document.paths['/api/v1/applications/{id}/acceptance']?.['post'];
  expect(acceptance?.summary).toBe('受理 Accept (行政许可法 Art. 32)');
  expect(acceptance?.requestBody).toEqual({
    required: false,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          additionalProperties: false,
          properties: {
            note: {
              type: 'string',
              minLength: 1,
              maxLength: 4000,
              description: "A note in the caller's own words.",
            },
          },
        },
      },
    },
  });
  expect((await server.http.get('/api/docs')).status).toBe(200);
});
