import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, TestServer } from './server.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await server.post('/accounts', 'demo-admin', { id: 'wang', displayName: '王五', role: 'applicant' });
  await server.caughtUp();
});
afterAll(() => server.remove());

/** ISO 7064 MOD 11,10 written another way: the last digit is the one for which the walk ends in 1. */
const coded = (random: string): string => {
  const ends = (row: string) =>
    [...row].reduce((p, digit) => (((p + Number(digit)) % 10 || 10) * 2) % 11, 10);
  const before = ends(`261121052104 01${random}`.replaceAll(' ', ''));
  const digit = Array.from({ length: 10 }, (_, one) => one).find((one) => (before + one) % 10 === 1);
  return `2611-210521-04-01-${random}${digit}`;
};
const code = ({ status, body }: Answer) => `${status} ${body['code'] ?? 'ok'}`;
const register = (id: string, nationalCode: string, as = 'demo-applicant') =>
  server.post('/projects', as, { id, name: '冷库', template: 'small', nationalCode });

test('A23 text that is not a project code is refused, naming the field, and leaves nothing', async () => {
  const events = await server.events();
  const good = coded('12345');
  const last = Number(good.at(-1));
  const answers = await Promise.all([
    register('a', 'x'),
    register('a', '2613-210521-04-01-123456'),
    register('a', `${good.slice(0, -1)}${(last + 1) % 10}`),
  ]);
  expect(answers.map((answer) => [code(answer), answer.body['params']['field']])).toEqual([
    ['422 project.code-malformed', 'nationalCode'],
    ['422 project.code-malformed', 'nationalCode'],
    ['422 project.code-check-digit', 'nationalCode'],
  ]);
  expect(await server.events()).toBe(events);
});

test('A23 a code belongs to one project, which is named to those who may see it', async () => {
  const national = coded('00001');
  expect(code(await register('first', national))).toBe('201 ok');
  const own = await register('second', national);
  expect([own.status, own.body['code'], own.body['params'], own.body['messages']]).toEqual([
    409,
    'project.code-taken-by',
    { field: 'nationalCode', code: national, project: 'first' },
    {
      zh: `项目代码“${national}”已被项目“first”使用`,
      en: `The project code ${national} is already used by project first`,
    },
  ]);
  expect(code(await register('second', national, 'demo-window'))).toBe('409 project.code-taken-by');
  const stranger = await register('second', national, 'wang');
  expect([code(stranger), stranger.body['params']]).toEqual([
    '409 project.code-taken',
    { field: 'nationalCode', code: national },
  ]);
  expect(JSON.stringify(stranger.body)).not.toContain('first');
});

test('A23 of many who register one code at once one gets it', async () => {
  const national = coded('00002');
  const ids = Array.from({ length: 8 }, (_, number) => `race-${number}`);
  const answers = await Promise.all(ids.map((id) => register(id, national)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
  // A retry of the one that got it gets the first answer, not a conflict.
  const key = { 'idempotency-key': 'once' };
  const body = { id: 'again', name: '冷库', template: 'small', nationalCode: coded('00003') };
  const sent = [
    await server.post('/projects', 'demo-applicant', body, key),
    await server.post('/projects', 'demo-applicant', body, key),
  ];
  expect(sent.map(code)).toEqual(['201 ok', '201 ok']);
});

test('T3 a refused registration keeps no code: another project gets it at once', async () => {
  const valid = (nationalCode: string) => ({ name: '冷库', template: 'small', nationalCode });
  const send = (id: string, body: object, headers = {}) =>
    server.post('/projects', 'demo-applicant', { id, ...body }, headers);
  const [template, key, revision, length] = ['00004', '00005', '00006', '00007'].map(coded) as [
    string, string, string, string,
  ]; // prettier-ignore
  await send('of-a-key', { name: '冷库', template: 'small' }, { 'idempotency-key': 'used' });
  const events = await server.events();
  const refused = [
    await send('nothing', { ...valid(template), template: 'no-such-template' }),
    await send('nothing', valid(key), { 'idempotency-key': 'used' }),
    await send('nothing', valid(revision), { 'if-match': '"7"' }),
    await send('n'.repeat(98), valid(length)),
  ];
  expect(refused.map(code)).toEqual([
    '422 project.unknown-template',
    '422 command.id-reused',
    '412 command.stale-revision',
    '422 project.id-too-long',
  ]);
  expect(await server.events()).toBe(events);
  for (const [number, national] of [template, key, revision, length].entries()) {
    expect(code(await send(`other-${number}`, valid(national)))).toBe('201 ok');
  }
});
