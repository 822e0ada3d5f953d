import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HandClock } from '../support/hand-clock.js';
import { secondAdmin } from '../support/second-admin.js';
import { type Answer, type Body, TestServer } from './server.js';

let server: TestServer;
let second: string;
beforeAll(async () => {
  server = await TestServer.start({ clock: new HandClock() });
});
afterAll(() => server.remove());

const code = ({ status, body }: Answer) => `${status} ${body['code'] ?? 'ok'}`;
const signIn = async (name: string, password: string) =>
  code(await server.send('POST', '/tokens', { body: { name, password } }));
const confirm = async (account: string, as: string, proposal = 1) =>
  code(await server.post(`/accounts/${account}/change-confirmation`, as, { proposal }));

test('D14 the last administrator cannot close himself', async () => {
  const closed = await server.post('/accounts/demo-admin/closure', 'demo-admin', { reason: '退休' });
  expect(code(closed)).toBe('409 account.last-admin');
  second = await secondAdmin(server);
  await server.caughtUp();
});

test('D14 a back-dated head waits for a second administrator', async () => {
  const head = {
    ...{ id: 'late-head', displayName: '王五', role: 'department-head', password: 'kite-over-the-mill' },
    ...{ department: 'water', post: '局长', from: '2026-01-01' },
  };
  const opened = await server.post('/accounts', 'demo-admin', head);
  expect([opened.status, opened.body]).toEqual([
    201,
    {
      ...{ id: 'late-head', revision: '0', position: expect.any(String) },
      ...{ awaits: 'second-person', proposal: 1 },
    },
  ]);
  expect(await signIn('late-head', 'kite-over-the-mill')).toBe('401 sign-in.refused');
  expect(await confirm('late-head', 'demo-admin')).toBe('403 account.second-person-needed');
  expect(await confirm('late-head', 'demo-supervisor')).toBe('403 account.not-yours');
  expect(await confirm('nobody', 'demo-window')).toBe('403 account.not-yours');
  expect(await confirm('late-head', second, 2)).toBe('404 account.no-such-proposal');
  await server.caughtUp();
  const waiting = await server.get('/accounts?waiting=true', 'demo-supervisor');
  expect(waiting.body['items'].map(({ id, waiting: changes }: Body) => [id, changes])).toEqual([
    [
      'late-head',
      [
        {
          ...{ proposal: 1, act: 'open', causes: ['back-dated'], proposedBy: 'demo-admin' },
          ...{ proposedAt: '2026-11-24T02:00:00.000Z', role: 'department-head', post: '局长' },
          ...{ department: 'water', from: '2026-01-01', until: null, reason: null },
        },
      ],
    ],
  ]);
  expect(await confirm('late-head', second)).toBe('202 ok');
  expect(await signIn('late-head', 'kite-over-the-mill')).toBe('201 ok');
});

test('D14 the leader’s password is not one administrator’s to set', async () => {
  const old = server.passwords.get('demo-leader') ?? '';
  const reset = await server.post('/accounts/demo-leader/password', 'demo-admin', {
    password: 'kite-over-the-mill',
  });
  expect([code(reset), reset.body['awaits']]).toEqual(['202 ok', 'second-person']);
  expect([await signIn('demo-leader', 'kite-over-the-mill'), await signIn('demo-leader', old)]).toEqual([
    '401 sign-in.refused',
    '201 ok',
  ]);
  // The holder may agree as well as another administrator.
  expect(await confirm('demo-leader', 'demo-leader')).toBe('202 ok');
  expect(await signIn('demo-leader', 'kite-over-the-mill')).toBe('201 ok');
  const trail = await server.get(
    '/audit?stream=account-demo-leader&type=AccountChangeProposed',
    'demo-supervisor',
  );
  await server.caughtUp();
  expect(JSON.stringify(trail.body)).not.toContain('argon2');
});

test('D14 the supervisor’s account is not one administrator’s to close', async () => {
  const closed = await server.post('/accounts/demo-supervisor/closure', 'demo-admin', { reason: '调离' });
  expect([code(closed), closed.body['awaits']]).toEqual(['202 ok', 'second-person']);
  expect((await server.get('/me', 'demo-supervisor')).status).toBe(200);
  const refusal = { proposal: 1, reason: '本人在岗' };
  expect(
    code(await server.post('/accounts/demo-supervisor/change-refusal', 'demo-supervisor', refusal)),
  ).toBe('202 ok');
  expect(await confirm('demo-supervisor', second)).toBe('404 account.no-such-proposal');
});

test('D14 the holder and the supervision office are notified', async () => {
  await server.caughtUp();
  const told = async (as: string) =>
    (await server.get('/account-notices', as)).body['items'].map(({ id, notices }: Body) => [
      id,
      notices
        .filter(({ by }: Body) => by !== 'system')
        .map(({ kind, act, by }: Body) => `${kind} ${act} ${by}`),
    ]);
  expect(await told('demo-leader')).toEqual(await told('demo-supervisor'));
  const all = new Map(await told('demo-supervisor'));
  expect(all.get('late-head')).toEqual([
    'proposed open demo-admin',
    `done post ${second}`,
    `confirmed open ${second}`,
  ]);
  expect(all.get('demo-leader')).toEqual(['proposed password demo-admin', 'confirmed password demo-leader']);
  expect(all.get('demo-supervisor')).toEqual([
    'proposed closure demo-admin',
    'dropped closure demo-supervisor',
  ]);
  expect(await told('late-head')).toEqual([['late-head', all.get('late-head')]]);
  expect(await told('demo-window')).toEqual([]);
});

test('D14 a supervisor is opened by two administrators', async () => {
  const account = { id: 'new-eyes', displayName: '赵六', role: 'supervisor', password: 'kite-over-the-mill' };
  const post = { department: 'supervision-office', post: '督查' };
  const opened = await server.post('/accounts', 'demo-admin', { ...account, ...post });
  expect([opened.status, opened.body['awaits'], opened.body['proposal']]).toEqual([201, 'second-person', 1]);
  expect(await signIn('new-eyes', 'kite-over-the-mill')).toBe('401 sign-in.refused');
  expect(await confirm('new-eyes', 'demo-admin')).toBe('403 account.second-person-needed');
  expect(await confirm('new-eyes', second)).toBe('202 ok');
  expect(await signIn('new-eyes', 'kite-over-the-mill')).toBe('201 ok');
});

test('D14 two administrators who close each other at once leave one', async () => {
  const close = (id: string, as: string) => server.post(`/accounts/${id}/closure`, as, { reason: '退休' });
  await close('demo-admin', second);
  await close(second, 'demo-admin');
  const answers = await Promise.all([confirm('demo-admin', 'demo-admin'), confirm(second, second)]);
  expect(answers.sort()).toEqual(['202 ok', '409 account.last-admin']);
});
