import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HandClock } from '../support/hand-clock.js';
import { type Answer, type Body, TestServer } from './server.js';

const clock = new HandClock();
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ clock });
  await server.post('/projects', 'demo-applicant', { id: 'mill', name: '水磨', template: 'small' });
  await server.post('/applications/mill-LX-06/submission', 'demo-applicant');
  const open = (id: string, role: string, extra: object = {}) =>
    server.post('/accounts', 'demo-admin', {
      id,
      displayName: id,
      role,
      password: `${id}-password`,
      ...extra,
    });
  await open('wang', 'applicant');
  await open('water-window', 'window', { department: 'water', post: '窗口' });
  await open('water-head', 'department-head', { department: 'water', post: '局长' });
  await open('postless', 'window');
  await server.caughtUp();
});
afterAll(() => server.remove());

const code = ({ status, body }: Answer) => `${status} ${body['code'] ?? 'ok'}`;

test('no token, or one that is not good: 401 and how to sign in', async () => {
  const good = await server.token('demo-window');
  const tokens = [undefined, 'Basic x', 'Bearer', 'Bearer rubbish', `Bearer ${good}x`, `bearer ${good}`];
  const answers = await Promise.all(
    tokens.map((authorization) =>
      server.send('GET', '/me', { headers: authorization === undefined ? {} : { authorization } }),
    ),
  );
  expect(answers.map(code)).toEqual([...Array<string>(5).fill('401 http.unauthenticated'), '200 ok']);
  expect(answers[0]?.headers.get('www-authenticate')).toBe('Bearer realm="zhitong"');
  const command = await server.send('POST', '/applications/mill-LX-06/acceptance', { body: {} });
  expect(code(command)).toBe('401 http.unauthenticated');
});

test('nothing is open to everybody but signing in and what the law has published', async () => {
  const { body: document } = await server.http.get('/api/docs-json');
  const routes = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const open: string[] = [];
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    const { status } = await server.send(method, path.replace('/api/v1', '').replace(/\{\w+\}/g, 'x'));
    if (status !== 401) open.push(route);
  }
  expect(routes.length).toBeGreaterThan(40);
  expect(open.sort()).toEqual(
    [
      // Signing out and asking for one's own session need none: they answer that there is none.
      'DELETE /session',
      'GET /abolished-matters',
      'GET /catalogues/{id}',
      'GET /matters',
      'GET /matters/{code}',
      'GET /matters/{code}/responsible',
      // 行政许可法 Art. 40: the public may look at decisions to grant.
      'GET /permits',
      'GET /questionnaire',
      'GET /session',
      'GET /session/provider',
      'GET /templates',
      'GET /templates/{code}',
      'POST /session',
      'POST /tokens',
    ].map((route) => route.replace(' ', ' /api/v1')),
  );
});

test('each command is for its roles', async () => {
  const accounts = [
    'demo-applicant',
    'demo-window',
    'demo-reviewer',
    'demo-head',
    'demo-supervisor',
    'demo-leader',
  ];
  const acts = ['acceptance', 'approval', 'withdrawal', 'escalation', 'delivery'];
  const events = await server.events();
  const refused = await Promise.all(
    accounts.map(async (account) => {
      // Bodies are wrong on purpose: permission is checked before the body.
      const answers = await Promise.all(
        acts.map((act) => server.post(`/applications/mill-LX-06/${act}`, account, { surprise: 1 })),
      );
      return acts.filter((_, index) => answers[index]?.status === 403);
    }),
  );
  expect(Object.fromEntries(accounts.map((account, index) => [account, refused[index]]))).toEqual({
    'demo-applicant': ['acceptance', 'approval', 'delivery'],
    'demo-window': ['approval', 'withdrawal'],
    'demo-reviewer': ['acceptance', 'approval', 'withdrawal', 'delivery'],
    'demo-head': ['acceptance', 'withdrawal', 'delivery'],
    'demo-supervisor': ['acceptance', 'approval', 'withdrawal', 'delivery'],
    'demo-leader': acts,
  });
  expect(await server.events()).toBe(events);
});

test('a department acts on its own applications, an applicant on their own', async () => {
  const answers = await Promise.all([
    server.post('/applications/mill-LX-06/acceptance', 'water-window'),
    server.post('/applications/mill-LX-06/approval', 'water-head'),
    server.post('/applications/mill-LX-06/acceptance', 'postless'),
    server.post('/applications/mill-LX-06/withdrawal', 'wang'),
    server.post('/applications/mill-LX-07/submission', 'wang'),
  ]);
  expect(answers.map(code)).toEqual([
    '403 application.other-department',
    '403 application.other-department',
    '403 application.other-department',
    '403 application.not-the-applicant',
    '403 application.not-the-applicant',
  ]);
});

test('who reads what', async () => {
  const paths = [
    '/projects/mill',
    '/projects/mill/timeline',
    '/applications/mill-LX-06',
    '/applications/mill-LX-06/timeline',
    '/worklist',
    '/worklist?department=natural-resources',
    '/reports/overview',
    '/reports/workload',
    '/reports/accountability?project=mill',
    '/audit',
  ];
  const matrix: Record<string, readonly number[]> = {};
  for (const account of [
    'demo-applicant',
    'wang',
    'demo-window',
    'water-window',
    'postless',
    'demo-supervisor',
    'demo-leader',
    'demo-campaign',
    'demo-admin',
  ]) {
    matrix[account] = await Promise.all(paths.map(async (path) => (await server.get(path, account)).status));
  }
  const all = Array<number>(10).fill(200);
  expect(matrix).toEqual({
    'demo-applicant': [200, 200, 200, 200, 200, 403, 403, 403, 403, 403],
    wang: [403, 403, 403, 403, 200, 403, 403, 403, 403, 403],
    'demo-window': [200, 200, 200, 200, 200, 200, 403, 403, 403, 403],
    'water-window': [403, 403, 403, 403, 200, 403, 403, 403, 403, 403],
    postless: [403, 403, 403, 403, 403, 403, 403, 403, 403, 403],
    'demo-supervisor': all,
    'demo-leader': all,
    'demo-campaign': all,
    'demo-admin': all,
  });
});

test('lists hold what one may see', async () => {
  const ids = async (path: string, account: string) =>
    (await server.get(path, account)).body['items']?.map((item: Body) => item['id']);
  expect(await ids('/projects', 'demo-applicant')).toEqual(['mill']);
  expect(await ids('/projects', 'wang')).toEqual([]);
  expect(await ids('/worklist', 'demo-window')).toEqual(['mill-LX-06']);
  expect(await ids('/worklist', 'water-window')).toEqual([]);
  expect(await ids('/worklist', 'demo-applicant')).toEqual(['mill-LX-06']);
});

test('only an administrator opens accounts, and no answer shows a password', async () => {
  const body = { id: 'li', displayName: '李', role: 'reviewer', password: 'li-password' };
  expect(code(await server.post('/accounts', 'demo-head', body))).toBe('403 http.wrong-role');
  const opened = await server.post('/accounts', 'demo-admin', { ...body, department: 'water', post: '审查' });
  expect([code(opened), opened.headers.get('location')]).toEqual(['201 ok', '/api/v1/accounts/li']);
  const audit = await server.get(`/audit?stream=account-li&after=${opened.body['position']}`, 'demo-admin');
  expect(audit.body['items']?.map((item: Body) => [item['type'], item['data']])).toEqual([
    ['PostHeld', { account: 'li', post: '审查', department: 'water', from: '2026-11-24' }],
    ['AccountOpened', { account: 'li', displayName: '李', role: 'reviewer', passwordHash: '(set)' }],
  ]);
  const stored: string[] = [];
  for await (const event of server.system.eventStore.readStream('account-li')) {
    stored.push(
      JSON.stringify(event, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
    );
  }
  expect(stored.filter((text) => text.includes('li-password'))).toEqual([]);
});

test('signing in gives a token that works, until the password changes or the account is closed', async () => {
  const signIn = (name: string, password: string) =>
    server.send('POST', '/tokens', { body: { name, password } });
  const me = async (token: string) =>
    code(await server.get('/me', undefined, { authorization: `Bearer ${token}` }));

  // An administrator set the first one, so its holder changes it before anything else.
  const first = { current: 'wang-password', password: 'a-first-own-password' };
  await server.post('/accounts/wang/password', 'wang', first);
  const signedIn = await signIn('wang', 'a-first-own-password');
  expect(signedIn.status).toBe(201);
  expect(signedIn.headers.get('cache-control')).toBe('no-store');
  expect(signedIn.body).toEqual({
    token: expect.any(String),
    tokenType: 'Bearer',
    expiresAt: '2026-11-24T14:00:00.000Z',
  });
  const token = signedIn.body['token'] ?? '';
  expect(await me(token)).toBe('200 ok');

  const wrong = { current: 'not-it-at-all', password: 'a-second-own-password' };
  expect(code(await server.post('/accounts/wang/password', 'wang', wrong))).toBe(
    '422 account.wrong-password',
  );
  expect(code(await server.post('/accounts/li/password', 'wang', wrong))).toBe('403 account.not-yours');
  const right = { current: 'a-first-own-password', password: 'a-second-own-password' };
  expect(code(await server.post('/accounts/wang/password', 'wang', right))).toBe('202 ok');
  expect(await me(token)).toBe('401 http.unauthenticated');
  expect(code(await signIn('wang', 'a-first-own-password'))).toBe('401 sign-in.refused');
  const renewed = (await signIn('wang', 'a-second-own-password')).body['token'] ?? '';
  expect(await me(renewed)).toBe('200 ok');

  await server.post('/accounts/wang/closure', 'demo-admin', { reason: '测试' });
  expect(await me(renewed)).toBe('401 http.unauthenticated');
  expect(code(await signIn('wang', 'a-second-own-password'))).toBe('401 sign-in.refused');
});

test('a post counts on its days, to the legal day', async () => {
  const token = await server.token('demo-window');
  const me = async () =>
    (await server.get('/me', undefined, { authorization: `Bearer ${token}` })).body['department'];
  expect(await me()).toBe('natural-resources');
  await server.post('/accounts/demo-window/post-end', 'demo-admin', { until: '2026-11-24' });
  expect(await me()).toBe('natural-resources');
  // 24:00 in China is 16:00 UTC. The token outlives the day; the person's post does not.
  clock.time = Date.parse('2026-11-24T13:59:00.000Z');
  expect(await me()).toBe('natural-resources');
  const late = await server.token('demo-window');
  clock.time = Date.parse('2026-11-24T16:00:00.000Z');
  const tomorrow = await server.get('/me', undefined, { authorization: `Bearer ${late}` });
  expect([tomorrow.body['person'], tomorrow.body['department'], tomorrow.body['post']]).toEqual([
    'demo-window',
    null,
    null,
  ]);
  const expired = await server.get('/me', undefined, { authorization: `Bearer ${token}` });
  expect(code(expired)).toBe('401 http.token-expired');
});

test('guessing is slowed down: 429 and when to try again', async () => {
  const guess = (name: string) => server.send('POST', '/tokens', { body: { name, password: 'guess' } });
  const codes: string[] = [];
  for (let attempt = 0; attempt < 6; attempt++) codes.push(code(await guess('demo-leader')));
  expect(codes).toEqual([...Array<string>(5).fill('401 sign-in.refused'), '429 sign-in.too-many']);
  const limited = await guess('demo-leader');
  expect([limited.headers.get('retry-after'), limited.body['params']]).toEqual(['60', { seconds: 60 }]);
  const right = { name: 'demo-leader', password: server.passwords.get('demo-leader') };
  expect(code(await server.send('POST', '/tokens', { body: right }))).toBe('429 sign-in.too-many');
  // An unknown name gets the same answer as a wrong password.
  expect(code(await guess('nobody'))).toBe('401 sign-in.refused');
  clock.time += 60_000;
  expect(code(await server.send('POST', '/tokens', { body: right }))).toBe('201 ok');
});
