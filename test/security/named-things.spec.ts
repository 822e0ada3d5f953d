import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { County } from '../acceptance/county.js';
import { type Body } from '../e2e/server.js';
import { NAMED_BY_CASES } from './named-by-cases.js';
import { NAMED_BY_COUNTY } from './named-by-county.js';
import { INDICATOR, TASK } from './naming.js';

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
  await county.done('/applications/mill-LX-06/assignment', 'demo-head', { person: 'demo-reviewer' });
  await county.server.caughtUp();
  await county.done('/sessions', 'demo-campaign', { id: 'extra', day: '2026-11-24' });
  await county.done('/plans', 'demo-campaign', { id: 'plan', title: '方案', tasks: [TASK] });
  const pledge = { id: 'pledge', text: '提速', indicator: INDICATOR, dueOn: '2026-12-31' };
  await county.done('/pledges', 'demo-head', pledge);
});
afterAll(() => county.close());

/** Every field that names something. */
const TABLE = [...NAMED_BY_COUNTY, ...NAMED_BY_CASES];

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
  'ReuseFile.application': 'held by application.no-file-to-reuse, see files.e2e.spec.ts',
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
      fieldsOf(requestBody?.content['application/json']?.schema ?? {})
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
