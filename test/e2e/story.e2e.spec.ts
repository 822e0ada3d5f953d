import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { physicalModel, wholeOf } from '#libs/engine/event-sourcing';
import { handIn } from '../support/materials.js';
import { type Answer, type Body, TestServer } from './server.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.remove());

const application = '/applications/mill-LX-06';

test('an application from registration to delivery', async () => {
  const registered = await server.post('/projects', 'demo-applicant', {
    id: 'mill',
    name: '水磨',
    template: 'small',
  });
  expect([registered.status, registered.headers.get('location'), registered.headers.get('etag')]).toEqual([
    201,
    '/api/v1/projects/mill',
    '"0"',
  ]);
  expect(registered.body).toEqual({
    id: 'mill',
    revision: '0',
    position: expect.stringMatching(/^\d+$/),
    applications: [
      ['LX-06', 'natural-resources', []],
      ['LX-02', 'development-reform', ['mill-LX-06']],
      ['LX-07', 'natural-resources', ['mill-LX-02']],
      ['LX-08', 'natural-resources', ['mill-LX-07']],
      ['GC-01', 'natural-resources', ['mill-LX-07']],
      ['GC-02', 'natural-resources', ['mill-LX-08', 'mill-GC-01']],
      ['SG-01', 'housing-construction', ['mill-GC-02']],
      ['SG-05', 'housing-construction', ['mill-LX-08', 'mill-GC-02', 'mill-SG-01']],
      ['JG-01', 'natural-resources', ['mill-GC-02']],
      ['JG-03', 'housing-construction', ['mill-SG-05']],
      ['JG-10', 'housing-construction', ['mill-JG-01', 'mill-JG-03']],
    ].map(([matter, department, prerequisites]) => ({
      application: `mill-${matter as string}`,
      matter,
      matterName: expect.any(String),
      stage: expect.any(String),
      department,
      prerequisites,
    })),
  });

  const acts: readonly (readonly [string, string, object])[] = [
    ['submission', 'demo-applicant', { materials: ['申请书'] }],
    ['supplement-request', 'demo-window', { items: [{ material: '宗地图', reason: '缺图' }] }],
    ['supplement', 'demo-applicant', { materials: ['宗地图'] }],
    ['acceptance', 'demo-window', {}],
    ['assignment', 'demo-window', { person: 'demo-reviewer', post: '审查' }],
    ['steps', 'demo-reviewer', { step: '现场踏勘' }],
    ['return', 'demo-reviewer', { reason: '面积不符', article: '土地管理法 Art. 52' }],
    ['submission', 'demo-applicant', { materials: ['更正的申请书'] }],
    ['escalation', 'demo-applicant', { reason: '逾期未办' }],
    ['approval', 'demo-head', { permit: '用字第1号' }],
    ['delivery', 'demo-window', { method: '窗口领取' }],
  ];
  const answers: Answer[] = [];
  for (const [path, as, body] of acts) answers.push(await server.post(`${application}/${path}`, as, body));
  expect(answers.map(({ status, body }) => [status, body['id'], body['revision']])).toEqual(
    acts.map((_, index) => [202, 'mill-LX-06', `${index}`]),
  );
  expect(answers.map(({ headers }) => headers.get('etag'))).toEqual(acts.map((_, index) => `"${index}"`));

  const after = answers.at(-1)?.body['position'] ?? '';
  const found = await server.get(`${application}?after=${after}`, 'demo-applicant');
  expect([found.status, found.headers.get('etag'), found.body['stage'], found.body['outcome']]).toEqual([
    200,
    '"10"',
    'delivered',
    'granted',
  ]);

  const timeline = await server.get('/projects/mill/timeline', 'demo-applicant');
  expect(timeline.body['items']?.map((item: Body) => [item['type'], item['person']])).toEqual([
    ['ProjectRegistered', 'demo-applicant'],
    ['ApplicationSubmitted', 'demo-applicant'],
    ['SupplementRequested', 'demo-window'],
    ['SupplementSubmitted', 'demo-applicant'],
    ['ApplicationAccepted', 'demo-window'],
    ['ReviewerAssigned', 'demo-window'],
    ['StepRecorded', 'demo-reviewer'],
    ['ApplicationReturned', 'demo-reviewer'],
    ['ApplicationResubmitted', 'demo-applicant'],
    ['ApplicationEscalated', 'demo-applicant'],
    ['ApplicationApproved', 'demo-head'],
    ['DecisionDelivered', 'demo-window'],
  ]);

  const own = await server.get('/applications/mill-LX-06/timeline?limit=2', 'demo-applicant');
  expect(own.body['items']?.map((item: Body) => item['type'])).toEqual([
    'ApplicationSubmitted',
    'SupplementRequested',
  ]);
  const next = await server.get(
    `/applications/mill-LX-06/timeline?limit=2&cursor=${encodeURIComponent(own.body['nextCursor'] ?? '')}`,
    'demo-applicant',
  );
  expect(next.body['items']?.map((item: Body) => item['type'])).toEqual([
    'SupplementSubmitted',
    'ApplicationAccepted',
  ]);
});

test('reports include it, and say as of when', async () => {
  const last = `${(await server.system.eventStore.lastPosition()) ?? ''}`;
  const asOf = { position: last, recordedAt: expect.any(String), lagMs: 0 };

  const overview = await server.get(`/reports/overview?after=${last}`, 'demo-leader');
  expect(overview.body).toMatchObject({ projects: 1, completed: 0, completedLate: 0, open: 1, asOf });

  const workload = await server.get('/reports/workload', 'demo-leader');
  expect(workload.body['items']?.map((item: Body) => [item['department'], item['events']])).toEqual([
    ['natural-resources', 7],
  ]);
  expect(workload.body['asOf']).toEqual(asOf);

  const audit = await server.get('/audit?stream=application-mill-LX-06&actor=demo-head', 'demo-supervisor');
  expect(audit.body['items']?.map((item: Body) => [item['type'], item['stream'], item['revision']])).toEqual([
    ['ApplicationApproved', 'application-mill-LX-06', '9'],
  ]);

  const accountability = await server.get('/reports/accountability?project=mill', 'demo-supervisor');
  const minutes = (accountability.body['items'] ?? []).reduce(
    (sum: number, item: Body) => sum + Number(item['minutes']),
    0,
  );
  expect(accountability.status).toBe(200);
  expect(minutes).toBe(accountability.body['totalMinutes']);
});

test('the audit trail finds what an actor did, and gathers many events in a posting whatever positions count', async () => {
  const done: (readonly [string, string])[] = [];
  for await (const { metadata, type, position } of server.system.eventStore.readAll(null))
    if (metadata.actor.person === 'demo-window') done.push([type, `${position}`]);
  const found = await server.get(
    `/audit?actor=demo-window&limit=50&after=${done.at(-1)?.[1] ?? ''}`,
    'demo-supervisor',
  );
  expect(found.body['items']?.map((item: Body) => [item['type'], item['position']])).toEqual(
    done.toReversed(),
  );

  const postings: string[] = [];
  const audit = server.system.kept.filter((each) => wholeOf(each).name === 'audit');
  for (const { model, version } of audit)
    for await (const { document } of server.system.readStore.scan(physicalModel(model, version)))
      if (document['key'] === 'all') postings.push(document.id);
  expect(await server.events()).toBeGreaterThan(70);
  // One a day; two days at midnight, and one more where a range of positions ends.
  expect(postings.length).toBeLessThanOrEqual(3);
});

test('the law’s order is kept, and the refusal cites it', async () => {
  const early = await server.post('/applications/mill-LX-07/acceptance', 'demo-window');
  expect([early.status, early.body['code']]).toEqual([404, 'application.not-submitted']);

  expect((await server.post('/applications/mill-LX-07/submission', 'demo-applicant')).status).toBe(202);
  const approval = await server.post('/applications/mill-LX-07/approval', 'demo-head');
  expect(approval.status).toBe(409);
  expect(approval.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(approval.body).toEqual({
    type: 'urn:zhitong:problem:application.wrong-stage',
    title: 'Conflict',
    status: 409,
    detail: 'Application mill-LX-07 is submitted; "Approve" is not allowed at this stage',
    instance: '/api/v1/applications/mill-LX-07/approval',
    code: 'application.wrong-stage',
    article: '行政许可法 Art. 38',
    params: {
      application: 'mill-LX-07',
      stage: 'submitted',
      stageZh: '已提交',
      act: 'ApproveApplication',
      actZh: '准予许可',
      actEn: 'Approve',
    },
    messages: {
      zh: '申请 mill-LX-07 目前状态为“已提交”，不能准予许可',
      en: 'Application mill-LX-07 is submitted; "Approve" is not allowed at this stage',
    },
  });
});

test('a later matter waits for the earlier one', async () => {
  await server.post('/projects', 'demo-applicant', { id: 'dam', name: '水坝', template: 'small' });
  await handIn(server, 'dam-LX-07');
  await server.post('/applications/dam-LX-07/acceptance', 'demo-window');
  const approval = await server.post('/applications/dam-LX-07/approval', 'demo-head');
  expect([approval.status, approval.body['code'], approval.body['params']]).toEqual([
    409,
    'application.prerequisites-not-granted',
    { application: 'dam-LX-07', missing: 'LX-02 (dam-LX-02)' },
  ]);
});

test('what is not there is said to be not there', async () => {
  const codes = [
    await server.post('/projects', 'demo-applicant', { id: 'x1', name: 'x', template: 'castle' }),
    await server.post('/applications/nothing-LX-06/submission', 'demo-applicant'),
    await server.post('/applications/mill-ZZ-99/submission', 'demo-applicant'),
    await server.post('/applications/rubbish/submission', 'demo-applicant'),
    await server.post('/applications/mill-LX-06/transfer', 'demo-window', {
      department: 'nowhere',
      reason: 'x',
    }),
    await server.get('/projects/nothing', 'demo-leader'),
    await server.get('/applications/mill-SG-05', 'demo-leader'),
    await server.get('/matters/ZZ-99', 'demo-leader'),
    await server.get('/reports/accountability?project=nothing', 'demo-leader'),
  ].map(({ status, body }) => `${status} ${body['code']}`);
  expect(codes).toEqual([
    '422 project.unknown-template',
    '404 application.unknown',
    '404 application.unknown',
    '404 application.unknown',
    '409 application.ended',
    '404 http.not-found',
    '404 http.not-found',
    '404 http.not-found',
    '404 http.not-found',
  ]);
});

test('the catalogue is there to read', async () => {
  const matters = await server.get('/matters?department=natural-resources&limit=1', 'demo-applicant');
  expect([matters.status, matters.body['items']?.length, typeof matters.body['nextCursor']]).toEqual([
    200,
    1,
    'string',
  ]);
  const template = await server.get('/templates/small', 'demo-applicant');
  expect([template.status, template.body['code']]).toEqual([200, 'small']);
});
