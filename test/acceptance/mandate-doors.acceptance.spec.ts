import 'reflect-metadata';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Body, TestServer } from '../e2e/server.js';
import { asTwoAdmins } from '../support/second-admin.js';
import { HandClock } from '../support/hand-clock.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ clock: new HandClock('2026-03-02T01:00:00.000Z') });
  const staff = { department: 'natural-resources', post: '窗口', from: '2026-01-01' };
  for (const account of [
    { id: 'an-agent', role: 'agent' },
    { id: 'a-stranger', role: 'applicant' },
    { id: 'a-colleague', role: 'window', ...staff },
    { id: 'far-away', role: 'window', ...staff, department: 'water' },
  ]) {
    const opened = await asTwoAdmins(server, '/accounts', {
      displayName: account.id,
      password: 'heron-lantern-42-quarry',
      ...account,
    });
    expect([account.id, opened.body['id']]).toEqual([account.id, account.id]);
  }
  for (const id of ['mill', 'dam']) {
    await server.post('/projects', 'demo-applicant', { id, name: id, template: 'small' });
  }
  await server.post('/projects', 'a-stranger', { id: 'inn', name: '客栈', template: 'small' });
});
afterAll(() => server.remove());

const MILL = { mandate: 'mill-only' };
const ALL = { mandate: 'all' };
const code = ({ status, body }: { status: number; body: Body }) => [status, body.code];

/** Sends a path as it is written: `fetch` would tidy it. */
async function raw(path: string, body: object): Promise<{ status: number; body: Body }> {
  const authorization = `Bearer ${await server.token('an-agent')}`;
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const headers = { authorization, 'content-type': 'application/json', ...MILL };
    const sent = httpRequest(
      { hostname, port, method: 'POST', path: `/api/v1${path}`, headers },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    sent.on('error', reject).end(JSON.stringify(body));
  });
}

describe('what a mandate covers', () => {
  beforeAll(async () => {
    const grant = { agent: 'an-agent', lastDay: '2026-03-31' };
    expect(
      (await server.post('/mandates', 'demo-applicant', { id: 'mill-only', project: 'mill', ...grant }))
        .status,
    ).toBe(201);
    expect((await server.post('/mandates', 'demo-applicant', { id: 'all', ...grant })).status).toBe(201);
  });

  test('D3 is decided by the matched route: an address that only names the project somewhere is refused', async () => {
    const ask = { id: 'mill', department: 'natural-resources', urgency: 'urgent', text: '请加快' };
    const doubt = {
      id: 'mill',
      matter: 'LX-06',
      condition: { kind: 'threshold', name: '保证金' },
      reason: '无依据',
    };
    const before = await server.events();
    const answers = [
      await raw('/requests?/projects/', ask),
      await raw('/requests?x=/applications/mill-LX-06/', ask),
      await raw('/challenges?a=/projects/', doubt),
      await raw('/requests', ask),
      await raw('/challenges', doubt),
      await raw('/projects', { id: 'mill', name: '水磨', template: 'small' }),
      await raw('/projects', { id: 'mill-2', name: '水磨', template: 'small' }),
      await raw('/projects/dam/stage-submission?x=/applications/mill-LX-06', { stage: '立项用地规划许可' }),
      await raw('/projects/mill-LX-06/stage-submission?x=/applications/', { stage: '立项用地规划许可' }),
      await raw('/projects/MILL/stage-submission', { stage: '立项用地规划许可' }),
      await raw('/applications/dam-LX-06/submission?/projects/mill', { materials: [] }),
      await raw('/applications/mill/submission', {}),
      await raw('/mandates/all/revocation?/projects/mill', { reason: '换人' }),
    ];
    expect(answers.map(code)).toEqual(answers.map(() => [403, 'mandate.other-project']));
    expect(await server.events()).toBe(before);
  });

  test('D3 has no second spelling: slashes that are encoded or doubled, other cases and trailing parts lead nowhere', async () => {
    const before = await server.events();
    const addresses = [
      '/applications/dam-LX-06%2F..%2Fmill-LX-06/submission',
      '/applications//mill-LX-06/submission',
      '//applications/mill-LX-06/submission',
      '/Applications/mill-LX-06/submission',
      '/applications/mill-LX-06/Submission',
      '/applications/mill-LX-06/submission/more',
      '/applications/mill-LX-06/submission/%2e%2e/withdrawal',
      '/projects/dam%2F..%2Fmill/stage-submission',
      '/projects/mill%00/stage-submission',
    ];
    const statuses = [];
    for (const address of addresses) statuses.push([address, (await raw(address, {})).status]);
    expect(statuses).toEqual(addresses.map((address) => [address, 404]));
    // An encoded slash is part of an id, and that address takes no command.
    expect((await raw('/applications/mill-LX-06%2Fsubmission', {})).status).toBe(405);
    expect(await server.events()).toBe(before);
  });

  test('D3 is the project of the thing in the address, of its own principal and of no other', async () => {
    const stage = await server.post('/applications/mill-LX-06/submission', 'an-agent', {}, MILL);
    expect(stage.status).toBe(202);
    const foreign = [
      await server.post('/applications/inn-LX-06/submission', 'an-agent', {}, ALL),
      await server.post(
        '/projects/inn/pre-review-request',
        'an-agent',
        { matter: 'LX-06', question: '？' },
        ALL,
      ),
    ];
    expect(foreign.map(code)).toEqual([
      [403, 'application.not-the-applicant'],
      [403, 'project.not-the-applicant'],
    ]);
  });
});

describe('who makes a mandate good', () => {
  const record = (id: string, over: object = {}) =>
    server.post('/mandates', 'demo-window', {
      id,
      agent: 'an-agent',
      applicant: 'a-stranger',
      lastDay: '2026-03-31',
      ...over,
    });
  const withdraw = (mandate: string) =>
    server.post('/applications/inn-LX-06/withdrawal', 'an-agent', {}, { mandate });

  test('D5 the window alone cannot authorise a person to act for an applicant', async () => {
    await server.post('/applications/inn-LX-06/submission', 'a-stranger', {});
    expect((await record('alone', { note: '委托书第1号' })).status).toBe(201);
    const before = await server.events();
    const tried = [
      await withdraw('alone'),
      await server.post('/mandates/alone/confirmation', 'demo-window'),
      await server.post('/mandates/alone/confirmation', 'far-away'),
      await server.post('/mandates/alone/confirmation', 'demo-applicant'),
      await server.post('/mandates/alone/revocation', 'far-away', { reason: '换人' }),
      await server.post('/mandates/alone/confirmation', 'an-agent'),
    ];
    expect(tried.map(code)).toEqual([
      [403, 'mandate.not-confirmed'],
      [403, 'mandate.second-person'],
      [403, 'mandate.not-yours'],
      [403, 'mandate.not-yours'],
      [403, 'mandate.not-yours'],
      [403, 'http.wrong-role'],
    ]);
    expect(await server.events()).toBe(before);
    await server.caughtUp();
    // It shows nothing either, and waits in the list of its applicant and of the department that recorded it.
    expect((await server.get('/applications/inn-LX-06', 'an-agent')).status).toBe(403);
    const standing = async (as: string) => {
      const { body } = await server.get('/mandates', as);
      return body.items
        .filter(({ id }: Body) => id === 'alone')
        .map(({ status, confirmedBy }: Body) => [status, confirmedBy]);
    };
    for (const as of ['a-stranger', 'an-agent', 'demo-window', 'demo-head', 'demo-supervisor']) {
      expect([as, await standing(as)]).toEqual([as, [['recorded', null]]]);
    }
    for (const as of ['far-away', 'demo-applicant']) expect([as, await standing(as)]).toEqual([as, []]);
  });

  test('D5 the applicant makes it good, or a second person of the department from the signed paper', async () => {
    expect((await server.post('/mandates/alone/confirmation', 'a-stranger')).status).toBe(202);
    expect((await record('by-paper', { note: '委托书第2号' })).status).toBe(201);
    expect((await record('no-paper')).status).toBe(201);
    expect(code(await server.post('/mandates/no-paper/confirmation', 'a-colleague'))).toEqual([
      409,
      'mandate.paper-missing',
    ]);
    expect((await server.post('/mandates/by-paper/confirmation', 'a-colleague')).status).toBe(202);
    await server.caughtUp();
    expect((await server.get('/applications/inn-LX-06', 'an-agent')).status).toBe(200);
    expect((await server.post('/mandates/alone/revocation', 'demo-window', { reason: '换人' })).status).toBe(
      202,
    );
    expect(code(await withdraw('alone'))).toEqual([403, 'mandate.revoked']);
    expect((await withdraw('by-paper')).status).toBe(202);
  });

  test('D5 a mandate is for a project of the applicant’s that there is', async () => {
    const refusals = [
      await record('p1', { project: 'nowhere' }),
      await record('p2', { project: 'mill' }),
      await server.post('/mandates', 'demo-applicant', {
        id: 'p3',
        agent: 'an-agent',
        lastDay: '2026-03-31',
        project: 'inn',
      }),
    ];
    expect(refusals.map(code)).toEqual(refusals.map(() => [422, 'mandate.not-their-project']));
  });
});
