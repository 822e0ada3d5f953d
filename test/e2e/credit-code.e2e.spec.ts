import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { creditCodeOf } from '../support/credit-codes.js';
import { type Answer, type Body, TestServer } from './server.js';

// Codes that their holders publish; libs/identity/credit-code.spec.ts computes them by the standard.
const [TENCENT, SHANGHAI, BAIDU, HUAWEI] = [
  '9144030071526726XG',
  '91310000775785552L',
  '91110000802100433B',
  '914403001922038216',
] as const;

/** A server whose clock the test sets. */
const clock = { at: Date.parse('2026-03-02T01:00:00.000Z'), now: () => clock.at };
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ clock });
});
afterAll(() => server.remove());

const said = ({ status, body }: Answer) => `${status} ${body['code'] ?? 'ok'}`;
const open = (id: string, creditCode: unknown, over: object = {}, headers: Record<string, string> = {}) =>
  server.post(
    '/accounts',
    'demo-admin',
    { id, displayName: '企业', role: 'applicant', creditCode, ...over },
    headers,
  );

test('T3 text that is not a credit code is refused, naming the field, and leaves nothing', async () => {
  const events = await server.events();
  const answers = [
    await open('a', '440301103097413'),
    await open('a', TENCENT.toLowerCase()),
    await open('a', '9144030071526726XH'),
    await open('a', TENCENT, { role: 'supervisor' }),
    await open('a', TENCENT, { department: 'water', post: '局长' }),
  ];
  expect(answers.map((answer) => [said(answer), answer.body['params']['field']])).toEqual([
    ['422 account.credit-code-malformed', 'creditCode'],
    ['422 account.credit-code-malformed', 'creditCode'],
    ['422 account.credit-code-check-character', 'creditCode'],
    ['422 account.credit-code-of-staff', 'creditCode'],
    ['422 account.credit-code-of-staff', 'creditCode'],
  ]);
  expect(answers[2]?.body['messages']).toEqual({
    zh: '统一社会信用代码“9144030071526726XH”的校验码不正确，请核对',
    en: 'The check character of the unified social credit code 9144030071526726XH is wrong',
  });
  for (const code of ['', ' ', '全角', 42, ['9144030071526726XG']])
    expect([code, (await open('a', code)).status]).toEqual([code, 400]);
  expect(await server.events()).toBe(events);
});

test('T3 a credit code belongs to one open account, which is named to those who open accounts', async () => {
  expect(said(await open('tencent', TENCENT))).toBe('201 ok');
  const second = await open('other', TENCENT, { role: 'agent' });
  expect([second.status, second.body['code'], second.body['params'], second.body['messages']]).toEqual([
    409,
    'account.credit-code-taken',
    { field: 'creditCode', code: TENCENT, account: 'tencent' },
    {
      zh: `统一社会信用代码“${TENCENT}”已由账号 tencent 登记`,
      en: `The unified social credit code ${TENCENT} is already used by account tencent`,
    },
  ]);
  await server.caughtUp();
  const { body } = await server.get('/accounts?limit=200', 'demo-admin');
  expect(
    body.items.filter((one: Body) => 'creditCode' in one).map(({ id, creditCode }: Body) => [id, creditCode]),
  ).toEqual([
    ['demo-applicant', '91210521MA0DEMXY0Q'],
    ['tencent', TENCENT],
  ]);
  const stored: unknown[] = [];
  for await (const { data } of server.system.eventStore.readStream('account-tencent')) stored.push(data);
  expect(stored).toEqual([
    {
      account: 'tencent',
      displayName: { person: 'tencent', key: expect.any(String), sealed: expect.any(String) },
      role: 'applicant',
      passwordHash: null,
      creditCode: TENCENT,
    },
  ]);
  expect((await server.get('/me', 'tencent')).body['creditCode']).toBe(TENCENT);
});

test('T3 when many open accounts with one credit code at once, one gets it, and a retry gets its first answer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, number) => open(`race-${number}`, SHANGHAI)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
  const key = { 'idempotency-key': 'once' };
  const [first, again] = [await open('baidu', BAIDU, {}, key), await open('baidu', BAIDU, {}, key)];
  expect([said(first), said(again)]).toEqual(['201 ok', '201 ok']);
  expect(again.body).toEqual(first.body);
});

test('T3 a closed account gives its credit code back, to be registered anew ten minutes after it was taken', async () => {
  expect(said(await open('huawei', HUAWEI))).toBe('201 ok');
  expect((await server.post('/accounts/huawei/closure', 'demo-admin', { reason: '企业注销' })).status).toBe(
    202,
  );
  clock.at += 10 * 60_000 + 1;
  expect(said(await open('huawei-2', HUAWEI))).toBe('201 ok');
});

const register = (id: string, creditCode: unknown, as = 'demo-admin', headers: Record<string, string> = {}) =>
  server.post(`/accounts/${id}/credit-code`, as, { creditCode }, headers);

test('T3 an account that is there already gets its credit code by the same rules as one that is opened', async () => {
  const [first, second] = [creditCodeOf(1), creditCodeOf(2)];
  expect([await open('early', undefined), await open('holder', first)].map(said)).toEqual([
    '201 ok',
    '201 ok',
  ]);
  const events = await server.events();
  const refused = [
    await register('early', '440301103097413'),
    await register('early', second.toLowerCase()),
    await register('early', TENCENT.replace('XG', 'XH')),
    await register('early', first),
    await register('demo-window', second),
    await register('nobody', second),
    await register('early', second, 'early'),
  ];
  expect(refused.map((answer) => [said(answer), answer.body['params']?.['field'] ?? null])).toEqual([
    ['422 account.credit-code-malformed', 'creditCode'],
    ['422 account.credit-code-malformed', 'creditCode'],
    ['422 account.credit-code-check-character', 'creditCode'],
    ['409 account.credit-code-taken', 'creditCode'],
    ['422 account.credit-code-of-staff', 'creditCode'],
    ['404 account.unknown', null],
    ['403 http.wrong-role', null],
  ]);
  for (const code of [undefined, '', ' ', '全角', 42])
    expect([code, (await register('early', code)).status]).toEqual([code, 400]);
  expect(await server.events()).toBe(events);

  expect(said(await register('early', second))).toBe('202 ok');
  expect((await server.get('/me', 'early')).body['creditCode']).toBe(second);
  await server.caughtUp();
  const { body } = await server.get('/accounts?limit=200', 'demo-admin');
  expect(body.items.find(({ id }: Body) => id === 'early')['creditCode']).toBe(second);
  expect(said(await open('late', second))).toBe('409 account.credit-code-taken');
  const stored: unknown[] = [];
  for await (const { type, data } of server.system.eventStore.readStream('account-early'))
    stored.push([type, data]);
  expect(stored.slice(1)).toEqual([['CreditCodeRegistered', { account: 'early', creditCode: second }]]);
});

test('T3 a credit code that was registered wrongly is corrected, and free for its true holder ten minutes after it was taken', async () => {
  const [wrong, right] = [creditCodeOf(3), creditCodeOf(4)];
  expect(said(await open('mistyped', wrong))).toBe('201 ok');
  expect(said(await register('mistyped', right))).toBe('202 ok');
  clock.at += 10 * 60_000 + 1;
  expect(said(await open('true-holder', wrong))).toBe('201 ok');
  expect((await server.get('/me', 'mistyped')).body['creditCode']).toBe(right);
  expect(said(await register('mistyped', wrong))).toBe('409 account.credit-code-taken');
});

test('T3 a refused command takes no credit code: another account gets it at once', async () => {
  const [department, weak, revision] = [creditCodeOf(5), creditCodeOf(6), creditCodeOf(7)];
  const events = await server.events();
  const refused = [
    await open('refused', department, { role: 'agent', department: 'no-such', post: 'x' }),
    await open('refused', weak, { password: 'password1234' }),
    await register('early', revision, 'demo-admin', { 'if-match': '"99"' }),
  ];
  expect(refused.map(said)).toEqual([
    '422 department.unknown',
    '422 account.password-common',
    '412 command.stale-revision',
  ]);
  expect(await server.events()).toBe(events);
  for (const [number, code] of [department, weak, revision].entries()) {
    expect(said(await open(`next-${number}`, code))).toBe('201 ok');
  }
});
