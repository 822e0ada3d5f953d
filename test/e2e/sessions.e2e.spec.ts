import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HandClock } from '../support/hand-clock.js';
import { type Answer, TestServer } from './server.js';

const clock = new HandClock();
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ clock });
});
afterAll(() => server.remove());

const code = ({ status, body }: Answer) => `${status} ${body?.code ?? 'ok'}`;
const setCookies = ({ headers }: Answer) => headers.get('set-cookie') ?? '';
/** The cookie of a session as a browser sends it back. */
const cookieOf = (answer: Answer) => /__Host-zhitong=[^;]*/.exec(setCookies(answer))?.[0] ?? '';
const signIn = (name: string, headers: Record<string, string> = {}) =>
  server.send('POST', '/session', { body: { name, password: server.passwords.get(name) }, headers });
const HERE = { 'sec-fetch-site': 'same-origin' };
const sent = (cookie: string, headers: Record<string, string> = HERE) => ({ cookie, ...headers });

test('22 a browser signs in, is known by its cookie, and signs out', async () => {
  const signedIn = await signIn('demo-reviewer', { 'user-agent': 'Browser 1' });
  expect([signedIn.status, signedIn.body]).toEqual([
    201,
    {
      id: expect.stringMatching(/^[\w-]{16}$/),
      person: 'demo-reviewer',
      expiresAt: new Date(clock.time + 43_200_000).toISOString(),
    },
  ]);
  expect(setCookies(signedIn)).toMatch(
    /^__Host-zhitong=demo-reviewer\.[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict/,
  );
  const cookie = cookieOf(signedIn);
  const me = await server.get('/me', undefined, sent(cookie));
  expect([code(me), me.body.person]).toEqual(['200 ok', 'demo-reviewer']);
  expect((await server.get('/session', undefined, sent(cookie))).body).toEqual({
    ways: ['password'],
    session: signedIn.body,
  });
  const out = await server.send('DELETE', '/session', { headers: sent(cookie) });
  expect([out.status, out.body, setCookies(out)]).toEqual([
    204,
    null,
    '__Host-zhitong=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict',
  ]);
  expect(code(await server.get('/me', undefined, sent(cookie)))).toBe('401 http.session-ended');
  expect((await server.get('/session', undefined, sent(cookie))).body.session).toBe(null);
  // What is published is shown to whom the browser still sends the cookie of a session that has ended.
  expect(code(await server.get('/matters', undefined, sent(cookie)))).toBe('200 ok');
  expect(code(await server.send('DELETE', '/session', { headers: sent(cookie) }))).toBe('204 ok');
  expect(code(await server.send('DELETE', '/session'))).toBe('204 ok');
});

test('22 a wrong password begins no session, and guessing is slowed down as with tokens', async () => {
  const guess = () =>
    server.send('POST', '/session', { body: { name: 'demo-leader', password: 'wrong-wrong-1' } });
  const answers: Answer[] = [];
  for (let number = 0; number < 6; number++) answers.push(await guess());
  expect(answers.map(code)).toEqual([
    ...Array<string>(5).fill('401 sign-in.refused'),
    '429 sign-in.too-many',
  ]);
  expect(answers.map(cookieOf)).toEqual(Array<string>(6).fill(''));
});

test('22 a request that a page of another site made the browser send is refused', async () => {
  const cookie = cookieOf(await signIn('demo-applicant'));
  const own = new URL(server.url);
  const post = (headers: Record<string, string>) =>
    server.send('POST', '/requests', { body: {}, headers: { cookie, ...headers } });
  const read = (headers: Record<string, string>) => server.get('/me', undefined, { cookie, ...headers });
  const refused = await Promise.all([
    post({ 'sec-fetch-site': 'cross-site' }),
    post({ 'sec-fetch-site': 'same-site' }),
    post({ 'sec-fetch-site': 'none' }),
    post({ 'sec-fetch-site': 'surprise' }),
    post({ origin: 'https://evil.example' }),
    post({ origin: 'null' }),
    post({ origin: `http://${own.hostname}:1` }),
    read({ 'sec-fetch-site': 'cross-site' }),
    read({ 'sec-fetch-site': 'same-site' }),
    read({ origin: 'https://evil.example' }),
    server.send('DELETE', '/session', { headers: { cookie, 'sec-fetch-site': 'cross-site' } }),
    signIn('demo-applicant', { 'sec-fetch-site': 'cross-site' }),
  ]);
  expect(refused.map(code)).toEqual(refused.map(() => '403 http.cross-site'));
  const letIn = await Promise.all([
    read({ 'sec-fetch-site': 'same-origin' }),
    read({ 'sec-fetch-site': 'none' }),
    read({ origin: own.origin }),
    read({}),
  ]);
  expect(letIn.map(code)).toEqual(letIn.map(() => '200 ok'));
  // Refused for what is in them, not for where they come from.
  const asked = [post(HERE), post({ origin: own.origin }), post({})];
  expect((await Promise.all(asked)).map(code)).toEqual(asked.map(() => '400 http.invalid-input'));
  // A token is sent on purpose.
  const byToken = { 'sec-fetch-site': 'cross-site', cookie };
  expect(code(await server.get('/me', 'demo-window', byToken))).toBe('200 ok');
});

test('22 one sees where one is signed in, and ends it at once', async () => {
  const first = await signIn('demo-window', { 'user-agent': 'Phone' });
  clock.time += 60_000;
  const second = await signIn('demo-window', { 'user-agent': 'Desk' });
  const [phone, desk] = [cookieOf(first), cookieOf(second)];
  const listed = await server.get('/me/sessions', undefined, sent(desk));
  const shown = (answer: Answer, device: string, at: number, current: boolean) => ({
    id: answer.body.id,
    startedAt: new Date(at).toISOString(),
    lastSeenAt: new Date(at).toISOString(),
    expiresAt: answer.body.expiresAt,
    by: 'password',
    address: '127.0.0.1',
    device,
    current,
  });
  expect(listed.body).toEqual({
    items: [shown(second, 'Desk', clock.time, true), shown(first, 'Phone', clock.time - 60_000, false)],
  });
  const end = (id: string, as?: string) =>
    server.send('DELETE', `/me/sessions/${id}`, as === undefined ? { headers: sent(desk) } : { as });
  expect(code(await end(first.body.id, 'demo-head'))).toBe('404 http.not-found');
  expect(code(await end(first.body.id))).toBe('204 ok');
  expect(code(await end(first.body.id))).toBe('404 http.not-found');
  const known = async () =>
    [await server.get('/me', undefined, sent(phone)), await server.get('/me', undefined, sent(desk))].map(
      code,
    );
  expect(await known()).toEqual(['401 http.session-ended', '200 ok']);
  expect(code(await end(second.body.id, 'demo-window'))).toBe('204 ok');
  expect(await known()).toEqual(['401 http.session-ended', '401 http.session-ended']);
});

test('22 signing in again ends the session that the browser had', async () => {
  const before = cookieOf(await signIn('demo-head'));
  const after = cookieOf(await signIn('demo-head', { cookie: before }));
  expect(code(await server.get('/me', undefined, sent(before)))).toBe('401 http.session-ended');
  expect(code(await server.get('/me', undefined, sent(after)))).toBe('200 ok');
});

test('22 sessions end when the password changes and when the account is closed', async () => {
  const open = { id: 'zhou', displayName: '周', role: 'applicant', password: 'kite-over-the-mill' };
  expect(code(await server.post('/accounts', 'demo-admin', open))).toBe('201 ok');
  const signInAs = (password: string) =>
    server.send('POST', '/session', { body: { name: 'zhou', password } });
  const first = await signInAs('kite-over-the-mill');
  expect(first.body.mustChangePassword).toBe(true);
  const cookie = cookieOf(first);
  // Good for changing the password, and for nothing else.
  expect(code(await server.get('/me', undefined, sent(cookie)))).toBe('403 account.must-change-password');
  const changed = await server.send('POST', '/accounts/zhou/password', {
    body: { current: 'kite-over-the-mill', password: 'plum-river-kite-7' },
    headers: sent(cookie),
  });
  expect(code(changed)).toBe('202 ok');
  expect(code(await server.get('/me', undefined, sent(cookie)))).toBe('401 http.session-ended');
  const again = cookieOf(await signInAs('plum-river-kite-7'));
  expect(code(await server.get('/me', undefined, sent(again)))).toBe('200 ok');
  expect(code(await server.post('/accounts/zhou/closure', 'demo-admin', { reason: '测试' }))).toBe('202 ok');
  expect(code(await server.get('/me', undefined, sent(again)))).toBe('401 http.session-ended');
});

test('22 a token is refreshed by itself, and by nothing else', async () => {
  const issued = await server.send('POST', '/tokens', {
    body: { name: 'demo-supervisor', password: server.passwords.get('demo-supervisor') },
  });
  clock.time += 3_600_000;
  const refresh = (headers: Record<string, string>) => server.send('POST', '/tokens/refresh', { headers });
  const refreshed = await refresh({ authorization: `Bearer ${issued.body.token}` });
  expect([refreshed.status, refreshed.body]).toEqual([
    201,
    {
      token: expect.any(String),
      tokenType: 'Bearer',
      expiresAt: new Date(Math.floor(clock.time / 1000) * 1000 + 43_200_000).toISOString(),
    },
  ]);
  const me = await server.get('/me', undefined, { authorization: `Bearer ${refreshed.body.token}` });
  expect([code(me), me.body.person]).toEqual(['200 ok', 'demo-supervisor']);
  const cookie = cookieOf(await signIn('demo-supervisor'));
  const others = [refresh({}), refresh({ authorization: 'Bearer rubbish' }), refresh(sent(cookie))];
  expect((await Promise.all(others)).map(code)).toEqual(others.map(() => '401 http.unauthenticated'));
});

test('22 a session is there after a restart', async () => {
  const cookie = cookieOf(await signIn('demo-admin'));
  const { directory } = server;
  await server.stop();
  server = await TestServer.start({ clock, directory });
  const me = await server.get('/me', undefined, sent(cookie));
  expect([code(me), me.body.person]).toEqual(['200 ok', 'demo-admin']);
});
