import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asTwoAdmins } from '../support/second-admin.js';
import { type Answer, type Body, TestServer } from '../e2e/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.remove());

const refusal = ({ status, body }: Answer) => [status, body['code']];
const openAccount = (id: string, department: string, post: string, from: string) =>
  asTwoAdmins(server, '/accounts', {
    id,
    displayName: id,
    role: 'reviewer',
    password: 'long enough',
    department,
    post,
    from,
  });
const assign = (matter: string, body: object, as = 'demo-admin') =>
  server.post(`/duties/${matter}/assignment`, as, body);
const responsible = (matter: string, on: string) =>
  server.get(`/matters/${matter}/responsible?on=${on}`, 'demo-supervisor');

describe('who was responsible for a matter on a day', () => {
  beforeAll(async () => {
    await openAccount('li', 'natural-resources', '审查岗', '2025-01-01');
    await openAccount('wang', 'natural-resources', '副局长', '2025-01-01');
    await openAccount('qian', 'water', '审查岗', '2025-01-01');
  });

  test('2.1a has exactly one responsible post and person, also across a handover', async () => {
    const nobody = await responsible('GC-02', '2026-01-01');
    expect([nobody.status, nobody.body]).toEqual([200, null]);
    expect((await assign('GC-02', { person: 'li', from: '2026-01-10' }, 'demo-head')).status).toBe(202);
    expect((await assign('GC-02', { person: 'wang', from: '2026-06-01', reason: '轮岗' })).status).toBe(202);
    const answers = await Promise.all(
      ['2026-01-09', '2026-01-10', '2026-05-31', '2026-06-01', '2030-01-01'].map(async (day) => {
        const { status, body } = await responsible('GC-02', day);
        return status === 200 ? body : status;
      }),
    );
    const li = { matter: 'GC-02', department: 'natural-resources', post: '审查岗', person: 'li' };
    const wang = { matter: 'GC-02', department: 'natural-resources', post: '副局长', person: 'wang' };
    const over = { lead: 'natural-resources', co: [], principal: null, deputy: null };
    const term = { since: '2026-01-10', until: '2026-05-31', inPost: true };
    const open = { since: '2026-06-01', until: null, inPost: true };
    expect(answers).toEqual([
      null,
      { ...li, on: '2026-01-10', ...term, ...over },
      { ...li, on: '2026-05-31', ...term, ...over },
      { ...wang, on: '2026-06-01', ...open, ...over },
      { ...wang, on: '2030-01-01', ...open, ...over },
    ]);
    expect((await server.get('/matters/GC-02/responsible?on=2026-02-30', 'demo-supervisor')).status).toBe(
      400,
    );
  });

  test('2.1a shows when the person has left the post and a handover is due', async () => {
    await openAccount('zhao', 'natural-resources', '科长', '2025-01-01');
    await assign('LX-07', { person: 'zhao', from: '2026-01-10' });
    await asTwoAdmins(server, '/accounts/zhao/post-end', { until: '2026-03-31' });
    expect((await responsible('LX-07', '2026-03-31')).body).toMatchObject({ person: 'zhao', inPost: true });
    expect((await responsible('LX-07', '2026-04-01')).body).toMatchObject({ person: 'zhao', inPost: false });
    await server.caughtUp();
    const gaps = await server.get('/duty-gaps?on=2026-04-01', 'demo-supervisor');
    expect(gaps.body['items'].filter(({ matter }: Body) => matter === 'LX-07')).toEqual([
      {
        matter: 'LX-07',
        name: '建设用地规划许可证核发',
        department: 'natural-resources',
        cause: 'post-ended',
        last: { department: 'natural-resources', post: '科长', person: 'zhao' },
      },
    ]);
  });

  test('2.1a names lead, co-departments, principal and deputy, also across their handovers', async () => {
    await openAccount('sun', 'county-government', '副县长', '2025-01-01');
    await openAccount('zhou', 'county-government', '副县长', '2025-01-01');
    await openAccount('zhang', 'natural-resources', '局长', '2025-01-01');
    await openAccount('he', 'natural-resources', '主任', '2025-01-01');
    const first = { person: 'he', co: ['water', 'emergency'], principal: 'zhang', deputy: 'sun' };
    const refused = await assign('GC-03', { ...first, from: '2024-12-31' });
    expect(refusal(refused)).toEqual([422, 'duty.no-post']);
    expect((await assign('GC-03', { ...first, from: '2026-01-01' })).status).toBe(202);
    expect((await assign('GC-03', { person: 'he', deputy: 'zhou', from: '2026-07-01' })).status).toBe(202);
    expect((await assign('GC-03', { person: 'wang', from: '2026-10-01' })).status).toBe(202);
    await asTwoAdmins(server, '/accounts/sun/post-end', { until: '2026-03-31' });
    const who = (person: string, post: string, department = 'natural-resources') => ({
      ...{ person, post, department },
      inPost: true,
    });
    const both = {
      ...{ matter: 'GC-03', lead: 'natural-resources', co: ['emergency', 'water'] },
      principal: who('zhang', '局长'),
    };
    const sun = who('sun', '副县长', 'county-government');
    const zhou = who('zhou', '副县长', 'county-government');
    const early = { ...both, ...who('he', '主任'), since: '2026-01-01', until: '2026-06-30' };
    expect([
      (await responsible('GC-03', '2026-03-31')).body,
      (await responsible('GC-03', '2026-04-01')).body,
      (await responsible('GC-03', '2026-09-30')).body,
      (await responsible('GC-03', '2026-10-01')).body,
    ]).toEqual([
      { ...early, on: '2026-03-31', deputy: sun },
      { ...early, on: '2026-04-01', deputy: { ...sun, inPost: false } },
      {
        ...{ ...both, ...who('he', '主任'), on: '2026-09-30', since: '2026-07-01', until: '2026-09-30' },
        deputy: zhou,
      },
      {
        ...{ ...both, ...who('wang', '副局长'), on: '2026-10-01', since: '2026-10-01', until: null },
        deputy: zhou,
      },
    ]);
    const { body } = await server.get('/audit?stream=duty-GC-03', 'demo-supervisor');
    expect(body['items'].map(({ data }: Body) => [data.from, data.changed])).toEqual([
      ['2026-10-01', ['person']],
      ['2026-07-01', ['deputy']],
      ['2026-01-01', ['person', 'lead', 'co', 'principal', 'deputy']],
    ]);
  });

  test('2.1a a person without a post in the department is refused, and nothing is stored', async () => {
    const events = await server.events();
    expect([
      refusal(await assign('GC-02', { person: 'qian' })),
      refusal(await assign('GC-02', { person: 'li', from: '2024-12-31' })),
      refusal(await assign('GC-02', { person: 'li', from: '2026-03-01' })),
      refusal(await assign('XX-99', { person: 'li' })),
      refusal(await assign('SG-05', { person: 'li' }, 'demo-head')),
      refusal(await assign('GC-02', { person: 'li' }, 'demo-reviewer')),
      refusal(await assign('GC-02', { person: 'li', lead: 'water', from: '2026-09-01' })),
      refusal(await assign('GC-02', { person: 'li', co: ['nowhere'], from: '2026-09-01' })),
      refusal(await assign('GC-02', { person: '', from: 'tomorrow' })),
    ]).toEqual([
      [422, 'duty.other-department'],
      [422, 'duty.no-post'],
      [409, 'duty.not-after'],
      [404, 'duty.unknown-matter'],
      [403, 'duty.not-your-department'],
      [403, 'http.wrong-role'],
      [422, 'duty.lead-decides'],
      [422, 'duty.unknown-departments'],
      [400, 'http.invalid-input'],
    ]);
    expect(await server.events()).toBe(events);
  });
});

describe('the catalogue as it is published', () => {
  const publish = (id: string, effectiveFrom: string) =>
    server.post('/catalogues', 'demo-campaign', { id, effectiveFrom });
  const gapsOn = async (day: string): Promise<Body[]> =>
    (await server.get(`/duty-gaps?on=${day}`, 'demo-campaign')).body['items'];

  test('3.1f0 is refused while a matter has no responsible person, lists the gaps, and is published once each has one', async () => {
    await server.caughtUp();
    const day = '2027-01-01';
    const refused = await publish('2027-1', day);
    expect([...refusal(refused), refused.body['detail']]).toEqual([
      409,
      'catalogue.unassigned-matters',
      expect.stringContaining(day),
    ]);

    const gaps = await gapsOn(day);
    const departments = new Set(gaps.map(({ department }) => department ?? 'service-centre'));
    for (const department of departments)
      await openAccount(`duty-${department}`, department, '审批科长', '2025-01-01');
    for (const { matter, department } of gaps) {
      const { status } = await assign(matter, {
        person: `duty-${department ?? 'service-centre'}`,
        from: '2026-12-01',
      });
      expect([matter, status]).toEqual([matter, 202]);
    }
    expect(await gapsOn(day)).toEqual([]);
    // Most of them had no responsible person before December.
    expect((await gapsOn('2026-11-30')).length).toBe(gaps.length);

    expect((await publish('2027-1', day)).status).toBe(201);
    const { status, body } = await server.get('/catalogues/2027-1', 'demo-applicant');
    expect([status, body['effectiveFrom']]).toEqual([200, day]);
    const matters = (await server.get('/matters?limit=1000', 'demo-applicant')).body['items'];
    expect(body['entries'].map(({ matter }: Body) => matter)).toEqual(matters.map(({ code }: Body) => code));
    expect(body['entries'].find(({ matter }: Body) => matter === 'GC-02')).toEqual({
      matter: 'GC-02',
      // The second lists the detailed plan of 城乡规划法 Art. 40 too, the third the opinion in historic quarters.
      matterVersion: 3,
      verified: false,
      department: 'natural-resources',
      post: '副局长',
      person: 'wang',
    });
  });

  test('3.1f0 a closed account leaves a gap', async () => {
    await server.post('/accounts/duty-water/closure', 'demo-admin', { reason: '调离' });
    const gaps = await gapsOn('2027-01-01');
    expect(gaps.length).toBeGreaterThan(0);
    expect(new Set(gaps.map(({ department, cause }) => `${department}: ${cause}`))).toEqual(
      new Set(['water: account-closed']),
    );
    expect(refusal(await publish('2027-2', '2027-01-01'))).toEqual([409, 'catalogue.unassigned-matters']);
  });
});
