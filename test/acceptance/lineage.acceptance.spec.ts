import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Policies } from '#libs/shell/system';
import { asTwoAdmins } from '../support/second-admin.js';
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
  await asTwoAdmins(server, '/accounts', {
    id: 'old-window',
    displayName: '老窗口',
    role: 'window',
    password: 'long enough',
    department: 'planning',
    post: '窗口',
    from: '2018-01-01',
  });
  await filing('TS-01', '规划许可', 'planning', 'old');
  await post('/projects', 'demo-applicant', { id: 'p1', name: '老项目', template: 'old' });
  await post('/applications/p1-TS-01/submission', 'demo-applicant', {});
  await post('/applications/p1-TS-01/acceptance', 'old-window', {});
});
afterAll(() => server.remove());

async function post(path: string, as: string, body: object): Promise<void> {
  const answer = await server.post(path, as, body);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}
/** A matter that a department has filed, alone in a template. */
async function filing(matter: string, name: string, department: string, template: string): Promise<void> {
  await post('/matters', 'demo-admin', {
    id: matter,
    name,
    nameEn: matter,
    kind: 'filing',
    department,
    legalBasis: [],
    statutory: null,
    promised: null,
    limitsVerified: false,
    materials: [],
    steps: ['受理'],
    effectiveFrom: '2010-01-01',
  });
  const stages = [{ name, lead: department, matters: [{ code: matter, prerequisites: [] }] }];
  await post('/templates', 'demo-admin', { id: template, name, nameEn: template, stages });
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

test('2.1a before the reform, each department counts for itself', async () => {
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

test('2.1a a department that was succeeded cannot succeed another, so there is no circle; none is succeeded twice', async () => {
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
    [400, 'http.invalid-input'],
  ]);
});

test('2.1a a reform that is announced for later moves nothing yet', async () => {
  expect((await succeed('forestry', 'natural-resources', '2199-01-01')).status).toBe(202);
  await server.caughtUp();
  const { body } = await server.get('/departments/forestry', 'demo-applicant');
  expect([body['status'], body['current']]).toEqual(['succeeded', 'forestry']);
});

describe('2.1a the applications of a department that no longer exists', () => {
  const caseOf = async (id: string, as = 'demo-leader'): Promise<Body> => {
    await server.caughtUp();
    return (await server.get(`/applications/${id}`, as)).body;
  };
  const typesOf = async (id: string): Promise<Body[]> => {
    await server.caughtUp();
    const { body } = await server.get(`/applications/${id}/timeline`, 'demo-leader');
    return body['items'].map(({ type, department }: Body) => [type, department]);
  };

  test('go to its successor from the first day on, in the lists, the custody and the power to decide', async () => {
    const policies = server.app.get(Policies);
    await policies.catchUp();
    await policies.catchUp();
    expect(policies.status().flatMap(({ faults }) => faults)).toEqual([]);
    const { department, holder, reviewer, acts, handOffs, revision } = await caseOf('p1-TS-01');
    expect({ department, holder, reviewer, acts, handOffs, revision }).toEqual({
      department: 'natural-resources',
      holder: {
        ...{ party: 'department', department: 'natural-resources', post: null, person: null },
        ...{ departmentName: '自然资源局', departmentNameEn: 'Natural Resources Bureau', displayName: null },
      },
      reviewer: null,
      // A reform is not an act of a person, and not a hand-off.
      acts: 1,
      handOffs: 0,
      revision: '2',
    });
    expect(await workload()).toEqual([
      { department: 'natural-resources', events: 0, open: 1, includes: undefined },
      { department: 'planning', events: 1, open: 0, includes: undefined },
    ]);
    const { body: list } = await server.get('/worklist', 'demo-window');
    expect(list['items'].map(({ id }: Body) => id)).toEqual(['p1-TS-01']);

    const closed = await server.post('/applications/p1-TS-01/closure', 'demo-window', { outcome: '备案' });
    expect(closed.status).toBe(202);
    expect(await typesOf('p1-TS-01')).toEqual([
      ['ApplicationSubmitted', null],
      ['ApplicationAccepted', 'planning'],
      ['ApplicationTakenOver', null],
      ['ApplicationClosed', 'natural-resources'],
    ]);
    const { body } = await server.get('/reports/accountability?project=p1', 'demo-supervisor');
    expect(body['totalMinutes']).toBe(
      body['items'].reduce((sum: number, { minutes }: Body) => sum + minutes, 0),
    );
    const { body: conformance } = await server.get('/projects/p1/conformance', 'demo-supervisor');
    expect(conformance['items']).toEqual([]);
  });

  test('a new application is the successor’s, whatever name the catalogue still has', async () => {
    await post('/projects', 'demo-applicant', { id: 'p2', name: '新项目', template: 'old' });
    await post('/applications/p2-TS-01/submission', 'demo-applicant', {});
    expect((await caseOf('p2-TS-01'))['department']).toBe('natural-resources');
    expect(refusal(await server.post('/applications/p2-TS-01/acceptance', 'old-window', {}))).toEqual([
      403,
      'application.other-department',
    ]);
    await post('/applications/p2-TS-01/acceptance', 'demo-window', {});
  });

  test('are the successor’s as soon as it acts, before any timer has come to say so', async () => {
    await post('/departments', 'demo-admin', { id: 'fire', name: '消防大队', region: '210521' });
    await asTwoAdmins(server, '/accounts', {
      id: 'fire-window',
      displayName: '消防窗口',
      role: 'window',
      password: 'long enough',
      department: 'fire',
      post: '窗口',
    });
    await filing('TS-02', '消防备案', 'fire', 'fire');
    await post('/projects', 'demo-applicant', { id: 'p3', name: '三', template: 'fire' });
    await post('/applications/p3-TS-02/submission', 'demo-applicant', {});
    await post('/applications/p3-TS-02/acceptance', 'fire-window', {});
    await post('/applications/p3-TS-02/closure', 'fire-window', { outcome: '备案' });
    await post('/requests', 'demo-applicant', {
      id: 'r1',
      department: 'fire',
      urgency: 'normal',
      text: '何时验收',
    });
    const seen = async () => {
      await server.caughtUp();
      const paths = [
        '/applications/p3-TS-02',
        '/projects/p3',
        '/worklist?department=fire&open=false',
        '/requests/r1',
      ];
      return Promise.all(paths.map(async (path) => (await server.get(path, 'demo-window')).status));
    };
    expect(await seen()).toEqual([403, 403, 403, 403]);
    const correct = () => server.post('/applications/p3-TS-02/steps', 'demo-window', { step: '归档' });
    expect(refusal(await correct())).toEqual([403, 'application.other-department']);
    expect((await succeed('fire', 'natural-resources', '2026-01-01')).status).toBe(202);
    expect(await seen()).toEqual([200, 200, 200, 200]);
    // Not an act that the stage allows, and refused for that: the application is the successor's now.
    expect(refusal(await correct())).toEqual([409, 'application.ended']);
    expect(await typesOf('p3-TS-02')).toEqual([
      ['ApplicationSubmitted', null],
      ['ApplicationAccepted', 'fire'],
      ['ApplicationClosed', 'fire'],
      ['ApplicationTakenOver', null],
    ]);
    const answer = (as: string) => server.post('/requests/r1/answer', as, { answer: '下周' });
    expect(refusal(await answer('fire-window'))).toEqual([403, 'request.other-department']);
    expect((await answer('demo-window')).status).toBe(202);
    // What ended stays under the name of who ended it.
    const { department, stage } = await caseOf('p3-TS-02');
    expect([department, stage]).toEqual(['fire', 'closed']);
    expect(
      refusal(await server.post('/applications/p3-TS-02/steps', 'fire-window', { step: '归档' })),
    ).toEqual([403, 'application.other-department']);
  });

  test('leave to its successor what they had to answer: challenges, advice, and responsibility for matters', async () => {
    await post('/departments', 'demo-admin', { id: 'seismic', name: '地震局', region: '210521' });
    await filing('TS-03', '抗震备案', 'seismic', 'seismic');
    await post('/projects', 'demo-applicant', { id: 'p4', name: '四', template: 'seismic' });
    const challenge = (id: string) =>
      post('/challenges', 'demo-applicant', {
        id,
        matter: 'TS-03',
        condition: { kind: 'step', name: '受理' },
        reason: '没有依据',
      });
    await challenge('q1');
    await post('/projects/p4/pre-review-request', 'demo-applicant', { matter: 'TS-03', question: '可行吗' });
    const acts = async () => {
      const answers = [
        await server.post('/challenges/q1/answer', 'demo-head', {
          law: '防震减灾法',
          article: 'Art. 35',
          explanation: '法定要求',
        }),
        await server.post('/projects/p4/pre-review', 'demo-reviewer', { matter: 'TS-03', opinion: '可行' }),
        await server.post('/duties/TS-03/assignment', 'demo-head', { person: 'demo-reviewer' }),
      ];
      return answers.map(refusal);
    };
    const seen = async () => {
      await server.caughtUp();
      const list = await server.get('/challenges?department=seismic&status=answered', 'demo-head');
      return [list.status, (await server.get('/challenges/q1', 'demo-head')).status];
    };
    expect(await acts()).toEqual([
      [403, 'challenge.other-department'],
      [403, 'project.other-department'],
      [403, 'duty.not-your-department'],
    ]);
    expect(await seen()).toEqual([403, 403]);
    expect((await succeed('seismic', 'natural-resources', '2026-01-01')).status).toBe(202);
    expect(await acts()).toEqual([
      [202, undefined],
      [202, undefined],
      [202, undefined],
    ]);
    expect(await seen()).toEqual([200, 200]);
    await challenge('q2');
    await server.caughtUp();
    const departments = ['q1', 'q2'].map(async (id) => {
      const { body } = await server.get(`/challenges/${id}`, 'demo-supervisor');
      return [body['status'], body['department']];
    });
    expect(await Promise.all(departments)).toEqual([
      ['answered', 'seismic'],
      ['open', 'natural-resources'],
    ]);
    const { body: duty } = await server.get('/matters/TS-03/responsible', 'demo-supervisor');
    expect([duty['person'], duty['department']]).toEqual(['demo-reviewer', 'natural-resources']);
  });
});
