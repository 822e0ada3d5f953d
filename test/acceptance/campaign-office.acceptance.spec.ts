import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('fagai', 'campaign-office', 'development-reform');
  await county.account('zhengfuban', 'campaign-office', 'government-office');
  await county.account('shuiwu', 'campaign-office', 'water');
  for (const id of ['mill', 'dam']) await county.project(id);
});
afterAll(() => county.close());

const designate = (project: string, as: string) =>
  county.server.post(`/projects/${project}/key-designation`, as, { leader: 'demo-leader', reason: '重点' });

it('0.5 two departments run the campaign office at once, and no third does', async () => {
  // Until the office is assigned, the role alone counts.
  expect((await county.server.get('/reports/overview', 'shuiwu')).status).toBe(200);
  const assignment = { from: '2026-11-24', until: '2026-12-31', reason: '共同筹备' };
  expect(await county.refused('/campaign-office/government-office/assignment', 'fagai', assignment)).toBe(
    '403 http.wrong-role',
  );
  await county.done('/campaign-office/development-reform/assignment', 'demo-leader', { reason: '共同筹备' });
  await county.done('/campaign-office/government-office/assignment', 'demo-leader', assignment);
  expect(await county.read('/campaign-office', 'demo-applicant')).toEqual({
    on: '2026-11-24',
    items: [
      { department: 'development-reform', from: '2026-11-24', until: null },
      { department: 'government-office', from: '2026-11-24', until: '2026-12-31' },
    ],
  });

  expect((await designate('mill', 'fagai')).status).toBe(202);
  expect((await designate('dam', 'zhengfuban')).status).toBe(202);
  const events = await county.server.events();
  const { status, body } = await designate('dam', 'shuiwu');
  expect([status, body['code'], body['params']]).toEqual([
    403,
    'campaign-office.not-assigned',
    {
      ...{ person: 'shuiwu', department: 'water', day: '2026-11-24' },
      departments: 'development-reform, government-office',
    },
  ]);
  expect((await county.server.get('/reports/overview', 'shuiwu')).status).toBe(403);
  expect(await county.server.events()).toBe(events);
});

it('0.5 each acts for their own department, and the record says which', async () => {
  const { items } = await county.read('/audit?type=KeyProjectDesignated', 'demo-supervisor');
  expect(
    items.map(({ stream, actor }: Body) => [stream, actor.person, actor.role, actor.department]).sort(),
  ).toEqual([
    ['project-dam', 'zhengfuban', 'campaign-office', 'government-office'],
    ['project-mill', 'fagai', 'campaign-office', 'development-reform'],
  ]);
});

it('0.5 a term ends on its last day, or when it is ended', async () => {
  county.clock.to('2026-12-31T15:00:00.000Z');
  expect((await designate('mill', 'zhengfuban')).status).toBe(202);
  county.clock.to('2026-12-31T16:00:00.000Z');
  expect((await designate('mill', 'zhengfuban')).body['code']).toBe('campaign-office.not-assigned');
  expect((await county.server.get('/reports/overview', 'fagai')).status).toBe(200);
  await county.done('/campaign-office/development-reform/end', 'demo-leader', { reason: '机构调整' });
  county.clock.to('2027-01-02T02:00:00.000Z');
  expect((await county.server.get('/reports/overview', 'fagai')).status).toBe(403);
});

it('0.5 what cannot be assigned is refused', async () => {
  const assign = (department: string, body: object) =>
    county.refused(`/campaign-office/${department}/assignment`, 'demo-admin', body);
  expect([
    await assign('nowhere', {}),
    await assign('water', { from: '2027-02-30' }),
    await assign('water', { from: '2027-03-01', until: '2027-02-01' }),
    await assign('water', { from: 'tomorrow' }),
    await county.refused('/campaign-office/water/end', 'demo-admin'),
  ]).toEqual([
    '422 campaign.unknown-departments',
    '400 http.invalid-input',
    '422 campaign.ends-before-it-begins',
    '400 http.invalid-input',
    '409 campaign-office.never-assigned',
  ]);
});
