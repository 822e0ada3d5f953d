import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { County } from '../acceptance/county.js';
import { type Body } from '../e2e/server.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('water-reviewer', 'reviewer', 'water');
  await county.account('gone', 'reviewer', 'natural-resources');
  await county.done('/accounts/gone/closure', 'demo-admin', { reason: '调离' });
  await county.account('an-agent', 'agent');
  await county.account('gone-applicant', 'applicant');
  await county.done('/accounts/gone-applicant/closure', 'demo-admin', { reason: '注销' });
  await county.project('mill');
  await county.done('/projects', 'demo-window', { id: 'office', name: '窗口登记', template: 'small' });
  await county.done('/projects', 'demo-window', {
    id: 'named',
    name: '已定',
    template: 'small',
    applicant: 'demo-applicant',
  });
  await county.done('/applications/mill-LX-06/submission', 'demo-applicant');
  await county.done('/applications/mill-LX-06/acceptance', 'demo-window');
  await county.done('/sessions', 'demo-campaign', { id: 'extra', day: '2026-11-24' });
  await county.done('/plans', 'demo-campaign', { id: 'plan', title: '方案', tasks: [TASK] });
  const pledge = { id: 'pledge', text: '提速', indicator: INDICATOR, dueOn: '2026-12-31' };
  await county.done('/pledges', 'demo-head', pledge);
});
afterAll(() => county.close());

const TASK = { task: 't1', title: '公开目录', department: 'natural-resources', dueOn: '2026-12-31' };
const INDICATOR = { name: '平均天数', unit: '天', target: 5, direction: 'at-most' };
const MATTER = {
  ...{
    id: 'TT-01',
    name: '测试事项',
    nameEn: 'Test',
    kind: 'licence',
    legalBasis: [{ law: '城乡规划法', article: 'Art. 36', verified: false }],
    materials: [],
  },
  ...{ statutory: null, promised: null, limitsVerified: false, steps: [], effectiveFrom: '2026-01-01' },
};
const template = (lead: string, code: string) => ({
  ...{ id: 'test', name: '测试', nameEn: 'Test' },
  stages: [{ name: '一', lead, matters: [{ code, prerequisites: [] }] }],
});
const REGISTER = { id: 'new', name: '新项目', template: 'small' };
const DUTY = { person: 'demo-reviewer' };
const NOWHERE = 'nowhere';
const SEAT = { department: 'natural-resources', person: 'demo-head' };

type Row = readonly [
  operation: string,
  field: string,
  as: string,
  path: string,
  body: object,
  answer: string,
];

/** Every field that names something, sent with an unknown name; the other fields are right. */
const TABLE: readonly Row[] = [
  [
    'OpenAccount',
    'department',
    'demo-admin',
    '/accounts',
    { id: 'x', displayName: 'x', role: 'reviewer', department: NOWHERE, post: '审查' },
    '422 department.unknown',
  ],
  [
    'HoldPost',
    'department',
    'demo-admin',
    '/accounts/demo-applicant/posts',
    { post: '审查', department: NOWHERE },
    '422 department.unknown',
  ],
  [
    'SucceedDepartment',
    'successor',
    'demo-admin',
    '/departments/water/succession',
    { successor: NOWHERE, reason: '机构改革' },
    '422 department.unknown',
  ],
  [
    'PublishMatter',
    'department',
    'demo-admin',
    '/matters',
    { ...MATTER, department: NOWHERE },
    '422 reference.no-department',
  ],
  [
    'ReviseMatter',
    'department',
    'demo-admin',
    '/matters/LX-06/revision',
    { ...MATTER, id: undefined, department: NOWHERE, reason: '修订' },
    '422 reference.no-department',
  ],
  [
    'PublishTemplate',
    'stages[].lead',
    'demo-admin',
    '/templates',
    template(NOWHERE, 'LX-06'),
    '422 reference.no-department',
  ],
  [
    'PublishTemplate',
    'stages[].matters[].code',
    'demo-admin',
    '/templates',
    template('water', 'ZZ-99'),
    '422 template.unknown-matter',
  ],
  [
    'ReviseTemplate',
    'stages[].lead',
    'demo-admin',
    '/templates/small/revision',
    { ...template(NOWHERE, 'LX-06'), id: undefined, reason: '修订' },
    '422 reference.no-department',
  ],
  [
    'ReviseTemplate',
    'stages[].matters[].code',
    'demo-admin',
    '/templates/small/revision',
    { ...template('water', 'ZZ-99'), id: undefined, reason: '修订' },
    '422 template.unknown-matter',
  ],
  [
    'ChallengeThreshold',
    'matter',
    'demo-applicant',
    '/challenges',
    { id: 'x', matter: 'ZZ-99', condition: { kind: 'other', name: '保证金' }, reason: '无依据' },
    '422 challenge.unknown-matter',
  ],
  ['AssignDuty', 'person', 'demo-head', '/duties/LX-06/assignment', { person: 'nobody' }, '422 duty.no-post'],
  ['AssignDuty', 'person', 'demo-head', '/duties/LX-06/assignment', { person: 'gone' }, '422 duty.no-post'],
  [
    'AssignDuty',
    'lead',
    'demo-head',
    '/duties/LX-06/assignment',
    { ...DUTY, lead: NOWHERE },
    '422 duty.unknown-departments',
  ],
  [
    'AssignDuty',
    'co',
    'demo-head',
    '/duties/LX-06/assignment',
    { ...DUTY, co: [NOWHERE] },
    '422 duty.unknown-departments',
  ],
  [
    'AssignDuty',
    'principal',
    'demo-head',
    '/duties/LX-06/assignment',
    { ...DUTY, principal: 'nobody' },
    '422 duty.no-post',
  ],
  [
    'AssignDuty',
    'deputy',
    'demo-head',
    '/duties/LX-06/assignment',
    { ...DUTY, deputy: 'nobody' },
    '422 duty.no-post',
  ],
  [
    'PostAtWindow',
    'person',
    'demo-head',
    '/rosters/natural-resources/posts',
    { person: 'nobody', window: '1' },
    '422 roster.not-window-staff',
  ],
  [
    'GrantDelegation',
    'person',
    'demo-head',
    '/rosters/natural-resources/delegation',
    { delegation: 'd', person: 'nobody', full: true, until: '2026-12-31' },
    '422 roster.not-at-a-window',
  ],
  [
    'GrantDelegation',
    'matters',
    'demo-head',
    '/rosters/natural-resources/delegation',
    { delegation: 'd', person: 'demo-window', matters: ['ZZ-99'], until: '2026-12-31' },
    '422 roster.unknown-matters',
  ],
  [
    'EndWindowPost',
    'person',
    'demo-head',
    '/rosters/natural-resources/post-end',
    { person: 'nobody' },
    '409 roster.not-at-a-window',
  ],
  [
    'CloseWindow',
    'window',
    'demo-head',
    '/rosters/natural-resources/closure',
    { window: 'none' },
    '404 roster.window-unknown',
  ],
  [
    'RevokeDelegation',
    'delegation',
    'demo-head',
    '/rosters/natural-resources/delegation-revocation',
    { delegation: 'none', reason: '收回' },
    '404 roster.delegation-unknown',
  ],
  [
    'RegisterProject',
    'template',
    'demo-window',
    '/projects',
    { ...REGISTER, template: 'castle' },
    '422 project.unknown-template',
  ],
  ...['nobody', 'demo-head', 'gone-applicant'].map((applicant): Row => [
    'RegisterProject',
    'applicant',
    'demo-window',
    '/projects',
    { ...REGISTER, applicant },
    '422 reference.no-account',
  ]),
  ...['nobody', 'demo-head', 'gone-applicant'].map((applicant): Row => [
    'NameApplicant',
    'applicant',
    'demo-window',
    '/projects/office/applicant',
    { applicant },
    '422 reference.no-account',
  ]),
  ...['nobody', 'demo-head', 'gone-applicant'].map((applicant): Row => [
    'CorrectApplicant',
    'applicant',
    'demo-window',
    '/projects/named/applicant-correction',
    { applicant, reason: '写错' },
    '422 reference.no-account',
  ]),
  ...['副县长', 'demo-head', 'demo-applicant'].map((leader): Row => [
    'DesignateKeyProject',
    'leader',
    'demo-campaign',
    '/projects/mill/key-designation',
    { leader, reason: '重点' },
    '422 reference.no-account',
  ]),
  [
    'SubmitApplication',
    'applicant',
    'demo-window',
    '/applications/office-LX-06/submission',
    { applicant: 'nobody' },
    '422 reference.no-account',
  ],
  ...['nobody', 'demo-applicant', 'gone', 'water-reviewer', 'demo-leader', 'demo-admin'].map(
    (person): Row => [
      'AssignReviewer',
      'person',
      'demo-head',
      '/applications/mill-LX-06/assignment',
      { person },
      '422 reference.no-staff',
    ],
  ),
  [
    'AssignReviewer',
    'post',
    'demo-head',
    '/applications/mill-LX-06/assignment',
    { person: 'demo-reviewer', post: '局长' },
    '422 reference.no-post',
  ],
  [
    'TransferApplication',
    'department',
    'demo-head',
    '/applications/mill-LX-06/transfer',
    { department: NOWHERE, reason: '归口' },
    '422 application.unknown-department',
  ],
  ...['nobody', 'demo-reviewer', 'demo-applicant'].map((person): Row => [
    'TransferApplication',
    'person',
    'demo-head',
    '/applications/mill-LX-06/transfer',
    { department: 'water', person, reason: '归口' },
    '422 reference.no-staff',
  ]),
  [
    'TransferApplication',
    'post',
    'demo-head',
    '/applications/mill-LX-06/transfer',
    { department: 'water', person: 'water-reviewer', post: '局长', reason: '归口' },
    '422 reference.no-post',
  ],
  [
    'TransferApplication',
    'post',
    'demo-head',
    '/applications/mill-LX-06/transfer',
    { department: 'water', post: '局长', reason: '归口' },
    '422 reference.post-of-nobody',
  ],
  [
    'RequestConsultation',
    'departments',
    'demo-head',
    '/applications/mill-LX-06/consultation',
    { departments: [NOWHERE], question: '？', days: 3 },
    '422 application.unknown-department',
  ],
  [
    'RequestPreReview',
    'matter',
    'demo-applicant',
    '/projects/mill/pre-review-request',
    { matter: 'ZZ-99', question: '？' },
    '422 project.no-such-matter',
  ],
  [
    'GivePreReview',
    'matter',
    'demo-head',
    '/projects/mill/pre-review',
    { matter: 'ZZ-99', opinion: '可' },
    '422 project.no-such-matter',
  ],
  [
    'RaiseJurisdictionDispute',
    'application',
    'demo-head',
    '/disputes',
    { id: 'x', application: 'none-LX-06', departments: ['water'], reason: '不清' },
    '404 dispute.unknown-application',
  ],
  [
    'RaiseJurisdictionDispute',
    'departments',
    'demo-head',
    '/disputes',
    { id: 'x', application: 'mill-LX-06', departments: [NOWHERE], reason: '不清' },
    '422 dispute.unknown-department',
  ],
  [
    'GrantMandate',
    'agent',
    'demo-applicant',
    '/mandates',
    { id: 'x', agent: 'nobody', lastDay: '2026-12-31' },
    '422 mandate.not-an-agent',
  ],
  [
    'GrantMandate',
    'applicant',
    'demo-window',
    '/mandates',
    { id: 'x', agent: 'an-agent', applicant: 'nobody', lastDay: '2026-12-31' },
    '422 mandate.not-an-applicant',
  ],
  [
    'GrantMandate',
    'project',
    'demo-applicant',
    '/mandates',
    { id: 'x', agent: 'an-agent', project: 'none', lastDay: '2026-12-31' },
    '422 mandate.not-their-project',
  ],
  [
    'OpenJointReview',
    'chair',
    'demo-campaign',
    '/sessions/extra/opening',
    { chair: 'nobody', attendance: [SEAT] },
    '422 reference.no-account',
  ],
  [
    'OpenJointReview',
    'attendance[].department',
    'demo-campaign',
    '/sessions/extra/opening',
    { chair: 'demo-leader', attendance: [{ ...SEAT, department: NOWHERE }] },
    '422 session.unknown-department',
  ],
  ...['nobody', 'gone', 'water-reviewer'].map((person): Row => [
    'OpenJointReview',
    'attendance[].person',
    'demo-campaign',
    '/sessions/extra/opening',
    { chair: 'demo-leader', attendance: [SEAT, { ...SEAT, person }] },
    '422 reference.no-staff',
  ]),
  [
    'MakePledge',
    'department',
    'demo-campaign',
    '/pledges',
    { id: 'x', department: NOWHERE, text: '提速', indicator: INDICATOR, dueOn: '2026-12-31' },
    '422 campaign.unknown-departments',
  ],
  [
    'FulfilPledge',
    'events[].stream',
    'demo-head',
    '/pledges/pledge/fulfilment',
    { value: 4, events: [{ stream: 'application-none', revision: '0' }] },
    '422 campaign.no-such-event',
  ],
  [
    'PublishPlan',
    'tasks[].department',
    'demo-campaign',
    '/plans',
    { id: 'x', title: '方案', tasks: [{ ...TASK, department: NOWHERE }] },
    '422 campaign.unknown-departments',
  ],
  [
    'RevisePlan',
    'tasks[].department',
    'demo-campaign',
    '/plans/plan/revision',
    { title: '方案', tasks: [{ ...TASK, department: NOWHERE }], reason: '调整' },
    '422 campaign.unknown-departments',
  ],
  [
    'DischargeTask',
    'task',
    'demo-head',
    '/plans/plan/discharge',
    { task: 'none', events: [{ stream: 'application-mill-LX-06', revision: '0' }] },
    '404 plan.unknown-task',
  ],
  [
    'DischargeTask',
    'events[].stream',
    'demo-head',
    '/plans/plan/discharge',
    { task: 't1', events: [{ stream: 'application-none', revision: '0' }] },
    '422 campaign.no-such-event',
  ],
  [
    'ProposeImprovement',
    'matter',
    'demo-head',
    '/improvements',
    { id: 'x', matter: 'ZZ-99', title: '改', change: '减材料' },
    '422 improvement.unknown-matter',
  ],
  [
    'RaiseRequest',
    'department',
    'demo-applicant',
    '/requests',
    { id: 'x', department: NOWHERE, urgency: 'urgent', text: '请加快' },
    '422 request.unknown-department',
  ],
];

/** Fields whose name says so and that name nothing which has to be there, or are held by the rules of their area. */
const NAMES_NOTHING: Readonly<Record<string, string>> = {
  'OpenAccount.post': 'makes the post',
  'HoldPost.post': 'makes the post',
  'PostAtWindow.window': 'makes the window',
  'GrantDelegation.delegation': 'makes the delegation',
  'PublishTemplate.stages[].matters': 'a list of objects; their `code` is in the table',
  'ReviseTemplate.stages[].matters': 'a list of objects; their `code` is in the table',
  'FulfilPledge.events': 'a list of objects; their `stream` is in the table',
  'DischargeTask.events': 'a list of objects; their `stream` is in the table',
  'PublishPlan.tasks[].task': 'makes the task',
  'RevisePlan.tasks[].task': 'makes the task, or keeps it',
  'DeliverDecision.recipient': 'whoever took the paper at the window, who needs no account',
  'StartTrial.matterVersion': 'a number; that the matter has it is held by improvement.no-such-version',
  'ResolveAgendaItem.application': 'held by session.not-on-the-agenda, see joint-review.acceptance.spec.ts',
  'ResolveAgendaItem.department': 'held by session.unknown-department, see joint-review.acceptance.spec.ts',
  'ReportResolution.application': 'held by session.nothing-resolved, see joint-review.acceptance.spec.ts',
  'RuleJurisdiction.department': 'held by dispute.not-a-party, see disputes.acceptance.spec.ts',
  'WhatIf.template': 'a question that stores nothing',
  'WhatIf.parallel[].matters': 'a question that stores nothing',
  'WhatIf.terms[].code': 'a question that stores nothing',
};

const SAYS_SO =
  /(^|\.)(person|departments?|lead|leader|co|principal|deputy|post|agent|applicant|chair|successor|recipient|matters?|matterVersion|code|template|project|application|events|stream|task|delegation|window)$/i;

type Schema = { properties?: Record<string, Schema>; items?: Schema };

function fieldsOf({ properties = {} }: Schema, path = ''): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => [
    path + name,
    ...fieldsOf(schema, `${path}${name}.`),
    ...(schema.items ? fieldsOf(schema.items, `${path}${name}[].`) : []),
  ]);
}

describe('what a command names', () => {
  test('D7 every field whose name shows that it names something is in the table', async () => {
    const answer = await county.server.http
      .get('/api/docs-json')
      .set('authorization', `Bearer ${await county.server.token('demo-admin')}`);
    const { paths } = answer.body as { paths: Record<string, Record<string, Body>> };
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    const found = operations.flatMap(({ operationId, requestBody }) =>
      fieldsOf(requestBody?.content['application/json'].schema ?? {})
        .filter((field) => SAYS_SO.test(field))
        .map((field) => `${operationId}.${field}`),
    );
    const held = [
      ...TABLE.map(([operation, field]) => `${operation}.${field}`),
      ...Object.keys(NAMES_NOTHING),
    ];
    expect([...new Set(held)].sort()).toEqual(found.sort());
  });

  test.each(TABLE)('D7 %s.%s is looked up (%s, %s %j: %s)', async (_, __, as, path, body, answer) => {
    const before = await county.server.events();
    expect(await county.refused(path, as, body)).toBe(answer);
    expect(await county.server.events()).toBe(before);
  });

  test('D7 the refusal names the field and what is wrong with it, in both languages', async () => {
    const path = '/applications/mill-LX-06/assignment';
    const { status, body } = await county.server.post(path, 'demo-head', { person: 'water-reviewer' });
    expect([status, body]).toEqual([
      422,
      {
        type: 'urn:zhitong:problem:reference.no-staff',
        title: 'Unprocessable Content',
        status: 422,
        detail: 'person: water-reviewer does not work on cases in department natural-resources on 2026-11-24',
        instance: `/api/v1${path}`,
        code: 'reference.no-staff',
        params: {
          field: 'person',
          value: 'water-reviewer',
          department: 'natural-resources',
          day: '2026-11-24',
        },
        messages: {
          zh: '人员：“water-reviewer”在2026年11月24日不是自然资源局的在岗办理人员',
          en: 'person: water-reviewer does not work on cases in department natural-resources on 2026-11-24',
        },
      },
    ]);
  });

  test('D7 a caller without permission is refused first, and learns of no account; a retry gets its first answer', async () => {
    expect(
      await county.refused('/applications/mill-LX-06/assignment', 'water-reviewer', { person: 'nobody' }),
    ).toBe('403 http.wrong-role');
    await county.account('water-head', 'department-head', 'water');
    for (const person of ['nobody', 'demo-reviewer']) {
      expect(await county.refused('/applications/mill-LX-06/assignment', 'water-head', { person })).toBe(
        '403 application.other-department',
      );
    }
    await county.account('leaving', 'reviewer', 'natural-resources');
    const assign = () =>
      county.server.post(
        '/applications/mill-LX-06/assignment',
        'demo-head',
        { person: 'leaving' },
        { 'idempotency-key': 'k1' },
      );
    const first = await assign();
    expect(first.status).toBe(202);
    await county.done('/accounts/leaving/closure', 'demo-admin', { reason: '调离' });
    const again = await assign();
    expect([again.status, again.body]).toEqual([202, first.body]);
  });
});
