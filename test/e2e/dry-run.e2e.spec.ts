import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { County } from '../acceptance/county.js';
import { type Answer } from './server.js';

const DRY = { prefer: 'handling=dry-run' };

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.project('dry');
});
afterAll(() => county.close());

const tried = (path: string, as: string, body: object = {}, headers: Record<string, string> = {}) =>
  county.server.post(path, as, body, { ...DRY, ...headers });

const problemOf = ({ status, body }: Answer) => [status, body.code, body.article ?? null, body.params];

// That every command, by everyone who may, says in a dry run what it then records, is asked by test/security/commands-walk.ts.
describe('a command with Prefer: handling=dry-run', () => {
  test('22.3 says what would be recorded, and which number would be counted; nothing is stored', async () => {
    await county.handIn('dry-LX-06');
    const end = await county.server.events();
    const { status, headers, body } = await tried('/applications/dry-LX-06/acceptance', 'demo-window', {
      note: '齐全',
    });
    expect([status, headers.get('preference-applied'), headers.get('etag')]).toEqual([
      200,
      'handling=dry-run',
      null,
    ]);
    expect(body.provisional).toEqual(['receiptNumber']);
    const [counted, accepted] = body.events;
    expect([body.id, body.revision, body.events.length]).toEqual(['dry-LX-06', '1', 2]);
    expect([counted.type, counted.data.holder]).toEqual(['NumberTaken', 'dry-LX-06']);
    expect([accepted.stream, accepted.revision, accepted.type, accepted.data.note]).toEqual([
      'application-dry-LX-06',
      '1',
      'ApplicationAccepted',
      '齐全',
    ]);
    expect(await county.server.events()).toBe(end);
    const real = await county.done('/applications/dry-LX-06/acceptance', 'demo-window', { note: '齐全' });
    expect([real.status, real.body.receiptNumber]).toEqual([202, accepted.data.receiptNumber]);
  });

  test('22.3 is refused as the command itself is: stage, person, body, revision, what it names', async () => {
    const cases: [path: string, as: string, body: object, headers?: Record<string, string>][] = [
      [
        '/applications/dry-LX-06/supplement-request',
        'demo-window',
        { items: [{ material: '图', reason: '缺' }] },
      ],
      ['/applications/dry-LX-06/acceptance', 'demo-reviewer', {}],
      ['/applications/dry-LX-06/assignment', 'demo-head', { person: 'nobody-at-all' }],
      ['/applications/dry-LX-06/steps', 'demo-reviewer', { step: '' }],
      ['/applications/dry-LX-06/steps', 'demo-reviewer', { step: '审查' }, { 'if-match': '"0"' }],
      ['/applications/dry-LX-99/submission', 'demo-applicant', { materials: ['图'] }],
      ['/projects', 'demo-applicant', { id: 'dry', name: '另一个', template: 'small' }],
    ];
    for (const [path, as, body, headers = {}] of cases) {
      const dry = problemOf(await tried(path, as, body, headers));
      expect(dry[0]).toBeGreaterThanOrEqual(400);
      expect(problemOf(await county.server.post(path, as, body, headers))).toEqual(dry);
    }
  });

  test('22.3 uses no Idempotency-Key, makes no key for personal data, takes no value that is unique', async () => {
    const key = { 'idempotency-key': 'form-1' };
    const { personalKeys } = await keys();
    const first = await tried(
      '/projects',
      'demo-applicant',
      { id: 'dry-2', name: '二', template: 'small' },
      key,
    );
    expect([first.status, first.body.events[0].type]).toEqual([200, 'ProjectRegistered']);
    const person = { displayName: '欧阳明月', role: 'applicant', password: 'dry-run-password-1' };
    const account = await tried('/accounts', 'demo-admin', { id: 'dry-person', ...person });
    expect([account.status, account.body.events[0].data]).toEqual([
      200,
      { account: 'dry-person', displayName: '欧阳明月', role: 'applicant', passwordHash: '(set)' },
    ]);
    expect((await keys()).personalKeys).toEqual(personalKeys);
    const other = { id: 'dry-3', name: '三', template: 'small' };
    const real = await county.server.post('/projects', 'demo-applicant', other, key);
    expect([real.status, real.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  test('22.3 of a retry says that nothing would be recorded', async () => {
    const key = { 'idempotency-key': 'step-1' };
    const path = '/applications/dry-LX-06/steps';
    const sent = { step: '现场查看' };
    expect((await county.server.post(path, 'demo-reviewer', sent, key)).status).toBe(202);
    const again = await tried(path, 'demo-reviewer', sent, key);
    expect([again.status, again.body.events]).toEqual([200, []]);
  });

  test('22.3 no guess of a password is free: wrong ones are counted as they are without it', async () => {
    await county.account('dry-guess', 'applicant');
    const guess = () =>
      tried('/accounts/dry-guess/password', 'dry-guess', {
        current: 'wrong',
        password: 'a-long-new-password-7',
      });
    const statuses: number[] = [];
    for (let index = 0; index < 6; index++) statuses.push((await guess()).status);
    expect(statuses.slice(0, 5).every((status) => status < 429)).toBe(true);
    expect(statuses[5]).toBe(429);
  });
});

async function keys(): Promise<{ readonly personalKeys: readonly string[] }> {
  const personalKeys: string[] = [];
  for await (const { person } of county.server.system.personalKeys.all()) personalKeys.push(person);
  return { personalKeys };
}
