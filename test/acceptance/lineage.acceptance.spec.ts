import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, type Body, TestServer } from '../e2e/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await post('/departments', 'demo-admin', {
    id: 'planning',
    name: '规划局',
    nameEn: 'Planning Bureau',
    region: '210521',
  });
  await post('/departments', 'demo-admin', { id: 'county-planning', name: '县规划处', region: '210521' });
  await post('/accounts', 'demo-admin', {
    id: 'old-window',
    displayName: '老窗口',
    role: 'window',
    password: 'long enough',
    department: 'planning',
    post: '窗口',
    from: '2018-01-01',
  });
  await post('/matters', 'demo-admin', {
    id: 'TS-01',
    name: '规划许可',
    nameEn: 'Planning permit',
    kind: 'filing',
    department: 'planning',
    legalBasis: [],
    statutory: null,
    promised: null,
    limitsVerified: false,
    materials: [],
    steps: ['受理'],
    effectiveFrom: '2010-01-01',
  });
  await post('/templates', 'demo-admin', {
    id: 'old',
    name: '旧流程',
    nameEn: 'Old',
    stages: [{ name: '规划', lead: 'planning', matters: [{ code: 'TS-01', prerequisites: [] }] }],
  });
  await post('/projects', 'demo-applicant', { id: 'p1', name: '老项目', template: 'old' });
  await post('/applications/p1-TS-01/submission', 'demo-applicant', {});
  await post('/applications/p1-TS-01/acceptance', 'old-window', {});
});
afterAll(() => server.remove());

async function post(path: string, as: string, body: object): Promise<void> {
  const answer = await server.post(path, as, body);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}
const refusal = ({ status, body }: Answer) => [status, body['code']];
const succeed = (id: string, successor: string, from: string) =>
  server.post(`/departments/${id}/succession`, 'demo-admin', { successor, from, reason: '机构改革' });
const workload = async (query = ''): Promise<Body[]> => {
  await server.caughtUp();
  const { body } = await server.get(`/reports/workload${query}`, 'demo-leader');
  return body['items'].map(({ department, events, open, includes }: Body) => ({
    department,
    events,
    open,
    includes,
  }));
};

test('2.1a before the reform, each department stands for itself', async () => {
  const own = [{ department: 'planning', events: 1, open: 1, includes: undefined }];
  expect(await workload()).toEqual(own);
  expect(await workload('?rollUp=true')).toEqual(own);
});

test('2.1a after the reform, old events keep the old name and reports roll up to the successor', async () => {
  expect((await succeed('county-planning', 'planning', '2015-01-01')).status).toBe(202);
  expect((await succeed('planning', 'natural-resources', '2019-01-01')).status).toBe(202);

  expect(await workload()).toEqual([{ department: 'planning', events: 1, open: 1, includes: undefined }]);
  const rolled = [{ department: 'natural-resources', events: 1, open: 1, includes: ['planning'] }];
  expect(await workload('?rollUp=true')).toEqual(rolled);
  expect(await workload('?rollUp=true&department=planning')).toEqual(rolled);
  expect(await workload('?rollUp=true&department=natural-resources')).toEqual(rolled);
  expect(await workload('?department=natural-resources')).toEqual([]);

  const { body } = await server.get('/audit?stream=application-p1-TS-01', 'demo-supervisor');
  expect(body['items'].map(({ type, actor }: Body) => [type, actor.department])).toEqual([
    ['ApplicationAccepted', 'planning'],
    ['ApplicationSubmitted', null],
  ]);
});

test('2.1a the lineage of a department shows both ways, through every reform', async () => {
  const of = async (id: string) => (await server.get(`/departments/${id}`, 'demo-applicant')).body;
  expect(await of('county-planning')).toMatchObject({
    name: '县规划处',
    status: 'succeeded',
    succession: { successor: 'planning', from: '2015-01-01', reason: '机构改革' },
    current: 'natural-resources',
    predecessors: [],
  });
  expect(await of('natural-resources')).toMatchObject({
    status: 'standing',
    succession: null,
    current: 'natural-resources',
    predecessors: ['county-planning', 'planning'],
  });
  expect((await server.get('/departments/none', 'demo-applicant')).status).toBe(404);
  const { body } = await server.get('/departments?limit=1000', 'demo-applicant');
  expect(body['items'].map(({ id }: Body) => id)).toEqual(
    expect.arrayContaining(['county-planning', 'natural-resources', 'planning', 'water']),
  );
});

test('2.1a nobody takes over who was succeeded, so no line runs in a circle; nobody is succeeded twice', async () => {
  expect([
    refusal(await succeed('natural-resources', 'county-planning', '2026-01-01')),
    refusal(await succeed('water', 'planning', '2026-01-01')),
    refusal(await succeed('planning', 'water', '2026-01-01')),
    refusal(await succeed('water', 'water', '2026-01-01')),
    refusal(await succeed('water', 'nobody', '2026-01-01')),
    refusal(await succeed('water', 'forestry', '2026-02-30')),
  ]).toEqual([
    [422, 'department.succeeded'],
    [422, 'department.succeeded'],
    [409, 'department.succeeded'],
    [422, 'department.succeeds-itself'],
    [422, 'department.unknown'],
    [422, 'account.not-a-day'],
  ]);
});

test('2.1a a reform that is announced for later moves nothing yet', async () => {
  expect((await succeed('forestry', 'natural-resources', '2999-01-01')).status).toBe(202);
  await server.caughtUp();
  const { body } = await server.get('/departments/forestry', 'demo-applicant');
  expect([body['status'], body['current']]).toEqual(['succeeded', 'forestry']);
});
