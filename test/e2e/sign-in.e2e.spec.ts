import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HandClock } from '../support/hand-clock.js';
import { type Answer, TestServer } from './server.js';

const clock = new HandClock();
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ clock, env: { TRUSTED_PROXIES: '127.0.0.1' } });
});
afterAll(() => server.remove());

const code = ({ status, body }: Answer) => `${status} ${body['code'] ?? 'ok'}`;
const from = (address: string) => ({ 'x-forwarded-for': address });
const signIn = (name: string, password: string, headers: Record<string, string> = {}) =>
  server.send('POST', '/tokens', { body: { name, password }, headers });
const bearer = (answer: Answer) => ({ authorization: `Bearer ${answer.body['token']}` });

test('D2 a body of more than 4 KB is not read by a route without a token', async () => {
  const keys = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key-${index}`, index]));
  const events = await server.events();
  const answer = await server.send('POST', '/tokens', { body: { name: 'a', password: 'b', ...keys } });
  expect([answer.status, answer.body]).toEqual([
    413,
    {
      type: 'urn:zhitong:problem:http.too-large',
      title: 'Content Too Large',
      status: 413,
      detail: expect.any(String),
      instance: '/api/v1/tokens',
      code: 'http.too-large',
      messages: { zh: expect.any(String), en: expect.any(String) },
    },
  ]);
  const short = await server.send('POST', '/tokens', { body: ' '.repeat(4_097) });
  const fits = await server.send('POST', '/tokens', { body: `{"name":"a"}${' '.repeat(4_084)}` });
  expect([short, fits].map(code)).toEqual(['413 http.too-large', '400 http.invalid-input']);
  expect(await server.events()).toBe(events);
});

test('D2 what an address may send is counted before the body is looked at', async () => {
  const bad = () => server.send('POST', '/tokens', { body: { surprise: 1 }, headers: from('198.51.100.1') });
  const codes = new Map<string, number>();
  for (let number = 0; number < 301; number++) {
    const told = code(await bad());
    codes.set(told, (codes.get(told) ?? 0) + 1);
  }
  expect([...codes]).toEqual([
    ['400 http.invalid-input', 300],
    ['429 sign-in.too-many', 1],
  ]);
  expect((await bad()).headers.get('retry-after')).toBe('60');
  // Others are not counted with it.
  expect(code(await signIn('nobody', 'no password', from('198.51.100.2')))).toBe('401 sign-in.refused');
});

test('D11 guessing one’s own current password is slowed down as signing in is', async () => {
  const guess = { current: 'not the right one', password: 'plum-river-kite-7' };
  const codes: string[] = [];
  for (let number = 0; number < 6; number++) {
    codes.push(code(await server.post('/accounts/demo-applicant/password', 'demo-applicant', guess)));
  }
  expect(codes).toEqual([...Array<string>(5).fill('422 account.wrong-password'), '429 sign-in.too-many']);
  const current = server.passwords.get('demo-applicant');
  const right = { current, password: 'plum-river-kite-7' };
  expect(code(await server.post('/accounts/demo-applicant/password', 'demo-applicant', right))).toBe(
    '429 sign-in.too-many',
  );
  clock.time += 60_000;
  expect(code(await server.post('/accounts/demo-applicant/password', 'demo-applicant', right))).toBe(
    '202 ok',
  );
});

test('D11 an unknown account and another’s get the same answer', async () => {
  const body = { current: 'whatever it is', password: 'plum-river-kite-7' };
  const ask = async (id: string) => {
    const { status, body: problem } = await server.post(`/accounts/${id}/password`, 'demo-window', body);
    return { status, ...problem, instance: '' };
  };
  expect(await ask('demo-leader')).toEqual(await ask('nobody-of-this-name'));
  expect((await ask('demo-leader'))['code']).toBe('account.not-yours');
});

test('D12 a password that an administrator set is good for changing it only', async () => {
  const open = (password: string) =>
    server.post('/accounts', 'demo-admin', { id: 'lin', displayName: '林', role: 'applicant', password });
  expect([
    code(await open('ninechars')),
    code(await open('password1234')),
    code(await open('lin-lin-lin')),
  ]).toEqual(['400 http.invalid-input', '422 account.password-common', '422 account.password-is-name']);
  expect(code(await open('kite-over-the-mill'))).toBe('201 ok');

  const first = await signIn('lin', 'kite-over-the-mill');
  expect([first.status, first.body]).toEqual([
    201,
    {
      token: expect.any(String),
      tokenType: 'Bearer',
      expiresAt: expect.any(String),
      mustChangePassword: true,
    },
  ]);
  const refused = await Promise.all([
    server.get('/me', undefined, bearer(first)),
    server.get('/worklist', undefined, bearer(first)),
    server.send('POST', '/projects', {
      body: { id: 'p', name: 'p', template: 'small' },
      headers: bearer(first),
    }),
    server.send('POST', '/accounts/demo-window/password', { body: {}, headers: bearer(first) }),
  ]);
  expect(refused.map(code)).toEqual(Array<string>(4).fill('403 account.must-change-password'));
  expect(refused[0]?.body['messages']).toEqual({
    zh: '该密码由管理员设置，请先修改密码再办理其他业务',
    en: 'This password was set by an administrator; change it before you do anything else',
  });

  const change = (password: string) =>
    server.send('POST', '/accounts/lin/password', {
      body: { current: 'kite-over-the-mill', password },
      headers: bearer(first),
    });
  expect(code(await change('kite-over-the-mill'))).toBe('422 account.password-unchanged');
  expect(code(await change('plum-river-kite-7'))).toBe('202 ok');
  expect(code(await server.get('/me', undefined, bearer(first)))).toBe('401 http.unauthenticated');
  const second = await signIn('lin', 'plum-river-kite-7');
  expect(Object.keys(second.body)).toEqual(['token', 'tokenType', 'expiresAt']);
  expect(code(await server.get('/me', undefined, bearer(second)))).toBe('200 ok');

  const reset = { password: 'another-river-kite' };
  expect(code(await server.post('/accounts/lin/password', 'demo-admin', reset))).toBe('202 ok');
  expect((await signIn('lin', 'another-river-kite')).body['mustChangePassword']).toBe(true);
});

test('D12 the passwords of the demo accounts need no change', async () => {
  const answers = await Promise.all(
    [...server.passwords]
      .filter(([name]) => name !== 'demo-applicant')
      .map(([name, password]) => signIn(name, password, from('203.0.113.200'))),
  );
  expect(answers.map(({ status, body }) => [status, Object.keys(body)])).toEqual(
    answers.map(() => [201, ['token', 'tokenType', 'expiresAt']]),
  );
});

test('D13 thirty wrong tries from eight addresses do not keep out the right password', async () => {
  const addresses = Array.from({ length: 8 }, (_, number) => `2001:db8:0:${number}::7`);
  for (let number = 0; number < 30; number++) {
    const answer = await signIn('demo-leader', 'wrong', from(addresses[number % 8] ?? ''));
    expect(code(answer)).toBe('401 sign-in.refused');
  }
  const password = server.passwords.get('demo-leader') ?? '';
  expect(code(await signIn('demo-leader', password, from('203.0.113.9')))).toBe('201 ok');
});

test('D13 addresses of one /64 count as one; a known device is not slowed down by them', async () => {
  const password = server.passwords.get('demo-head') ?? '';
  const good = await signIn('demo-head', password, from('2001:db8:9:9::1'));
  const cookie = good.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(
    /^zhitong-device=[\w.-]+; Path=\/api\/v1\/tokens; Max-Age=15552000; HttpOnly; SameSite=Strict$/,
  );
  const codes: string[] = [];
  for (let number = 0; number < 6; number++) {
    codes.push(code(await signIn('demo-head', 'wrong', from(`2001:db8:9:9:${number}::1`))));
  }
  expect(codes).toEqual([...Array<string>(5).fill('401 sign-in.refused'), '429 sign-in.too-many']);
  const neighbour = from('2001:db8:9:9::ffff');
  expect(code(await signIn('demo-head', password, neighbour))).toBe('429 sign-in.too-many');
  const device = { ...neighbour, cookie: `theme=dark; ${cookie.split(';')[0]}` };
  const known = await signIn('demo-head', password, device);
  expect([code(known), known.headers.get('set-cookie')]).toEqual(['201 ok', null]);
  // The mark is of this name and opens nothing by itself.
  const mark = (cookie.split(';')[0] ?? '').slice('zhitong-device='.length);
  expect(code(await server.get('/me', undefined, { authorization: `Bearer ${mark}` }))).toBe(
    '401 http.unauthenticated',
  );
});
