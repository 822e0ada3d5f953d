import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '#libs/shell/system';
import { TestServer, type Answer } from '../e2e/server.js';

const refusal = ({ status, headers, body }: Answer, limit: number, instance: string) => {
  const seconds = Number(headers.get('retry-after'));
  expect(seconds >= 1 && seconds <= 60).toBe(true);
  expect([status, body]).toEqual([
    429,
    {
      type: 'urn:zhitong:problem:http.too-many-requests',
      title: 'Too Many Requests',
      status: 429,
      detail: `Too many requests: at most ${limit} a minute are allowed; try again in ${seconds} s`,
      instance,
      code: 'http.too-many-requests',
      params: { limit, seconds },
      messages: {
        zh: `操作过于频繁：每分钟最多 ${limit} 次，请 ${seconds} 秒后再试`,
        en: `Too many requests: at most ${limit} a minute are allowed; try again in ${seconds} s`,
      },
    },
  ]);
};
const repeat = async (times: number, ask: (index: number) => Promise<Answer>): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (let index = 0; index < times; index++) answers.push(await ask(index));
  return answers;
};
const statuses = (answers: readonly Answer[]) => [...new Set(answers.map(({ status }) => status))];

describe('D17 rates by default', () => {
  test('D17 a person may act twice a second for a whole minute, and no faster than that for long', () => {
    // A busy window clerk acts once a second; 200 projects in 4.7 s are more than any person makes.
    const { rates } = readConfig({});
    expect(rates.commands).toBeGreaterThanOrEqual(2 * 60);
    expect(rates.commands).toBeLessThan(200);
    expect(rates.reads).toBeGreaterThan(rates.commands);
  });
});

describe('D17 above a rate', () => {
  let server: TestServer;
  beforeAll(async () => {
    const env = { RATE_COMMANDS: '3', RATE_READS: '4', RATE_EXPORTS: '2', RATE_UNKNOWN: '12' };
    server = await TestServer.start({ env });
  });
  afterAll(() => server.remove());
  const register = (id: string, as: string) =>
    server.post('/projects', as, { id, name: id, template: 'small' });

  test('D17 commands of one person are 429 with the time to come back, and nothing is stored', async () => {
    expect(statuses(await repeat(3, (index) => register(`fast-${index}`, 'demo-applicant')))).toEqual([201]);
    const before = await server.events();
    refusal(await register('fast-3', 'demo-applicant'), 3, '/api/v1/projects');
    expect(await server.events()).toBe(before);
    // Refused ones are counted too, and refusals by the law: trying is what is bounded.
    refusal(await register('fast-0', 'demo-applicant'), 3, '/api/v1/projects');
  });

  test('D17 another person at the same address is not held up, nor the same one who reads', async () => {
    const other = await server.post('/applications/fast-0-LX-06/acceptance', 'demo-window', {});
    expect([other.status, other.body.code]).not.toEqual([429, 'http.too-many-requests']);
    await server.caughtUp();
    expect((await server.get('/projects/fast-0', 'demo-applicant')).status).toBe(200);
  });

  test('D17 reads, and reports with the audit trail, have rates of their own', async () => {
    expect(statuses(await repeat(2, () => server.get('/reports/workload', 'demo-leader')))).toEqual([200]);
    refusal(await server.get('/reports/overview', 'demo-leader'), 2, '/api/v1/reports/overview');
    refusal(await server.get('/audit?limit=1', 'demo-leader'), 2, '/api/v1/audit?limit=1');
    expect(statuses(await repeat(4, () => server.get('/me', 'demo-leader')))).toEqual([200]);
    refusal(await server.get('/me', 'demo-leader'), 4, '/api/v1/me');
  });

  test('D17 callers that are not signed in are counted by address; probes are never counted', async () => {
    const answers = await repeat(20, () => server.send('GET', '/me'));
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array<number>(12).fill(401),
      ...Array<number>(8).fill(429),
    ]);
    refusal(
      await server.send('GET', '/me', { headers: { authorization: 'Bearer made-up' } }),
      12,
      '/api/v1/me',
    );
    const live = await Promise.all(Array.from({ length: 30 }, () => server.http.get('/health/live')));
    expect([...new Set(live.map(({ status }) => status))]).toEqual([200]);
    // Who is signed in at the same address goes on.
    expect((await server.get('/me', 'demo-window')).status).toBe(200);
  });
});
