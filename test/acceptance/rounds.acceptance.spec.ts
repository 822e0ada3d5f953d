import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.done('/templates', 'demo-admin', {
    id: 'site-then-land',
    name: '选址与用地',
    nameEn: 'Site, then land',
    stages: [
      {
        name: '立项用地规划许可',
        lead: 'natural-resources',
        matters: [
          { code: 'LX-06', prerequisites: [] },
          { code: 'LX-07', prerequisites: ['LX-06'] },
        ],
      },
    ],
  });
});
afterAll(() => county.close());

const REFUSAL = { article: '城乡规划法 Art. 36', reason: '选址不符合规划' };
const REVOCATION = { ground: 'procedure', reason: '未经公示', publicHarm: false, compensation: '无损失' };

const FORM = ['申请表'];

const submitted = (id: string) => county.handIn(id, 'demo-applicant', FORM);

async function underReview(id: string): Promise<void> {
  await submitted(id);
  await county.done(`/applications/${id}/acceptance`, 'demo-window');
  await county.review(id);
}

const granted = (id: string) => county.delivered(id, { reviewer: 'demo-reviewer', also: FORM });

async function refused(id: string): Promise<void> {
  await underReview(id);
  await county.done(`/applications/${id}/refusal`, 'demo-head', REFUSAL);
  await county.done(`/applications/${id}/delivery`, 'demo-window');
}

/** How an application of a kind came to its end without a permit in force. */
const ENDS: Record<string, (id: string) => Promise<unknown>> = {
  refused,
  withdrawn: async (id) => {
    await submitted(id);
    await county.done(`/applications/${id}/withdrawal`, 'demo-applicant');
  },
  'not-accepted': async (id) => {
    await submitted(id);
    await county.done(`/applications/${id}/acceptance-refusal`, 'demo-window', {
      article: '行政许可法 Art. 32(1)',
      reason: '依法不需要取得行政许可',
    });
  },
  revoked: async (id) => {
    await granted(id);
    await county.done(`/applications/${id}/permit-revocation`, 'demo-head', REVOCATION);
  },
  recalled: async (id) => {
    await granted(id);
    const recall = { ground: 'facts-changed', reason: '客观情况变化', compensation: '依法补偿' };
    await county.done(`/applications/${id}/permit-recall`, 'demo-head', recall);
  },
  cancelled: async (id) => {
    await granted(id);
    const end = { ground: 'terminated', reason: '企业终止' };
    await county.done(`/applications/${id}/permit-cancellation`, 'demo-head', end);
  },
};

const rowsOf = async (project: string, matter: string) => {
  const { applications } = await county.read(`/projects/${project}`, 'demo-applicant');
  return applications
    .filter((one: Body) => one['matter'] === matter)
    .map((one: Body) => [one['application'], one['previousRound'], one['status'], one['outcome']]);
};

/** Ends of a permit that was in force. */
const WAS_GRANTED: readonly string[] = ['revoked', 'recalled', 'cancelled'];

test.each(Object.entries(ENDS))(
  'F18 after an application was %s its matter is applied for again, as a case of its own',
  async (outcome, end) => {
    const project = `again-${outcome}`;
    const first = `${project}-LX-06`;
    await county.project(project, 'site-then-land');
    // Nothing ended yet: there is no second round.
    expect(await county.refused(`/applications/${first}-2/submission`, 'demo-applicant')).toBe(
      '404 application.round-not-next',
    );
    await end(first);
    const { next } = await county.read(`/applications/${first}`, 'demo-applicant');
    expect([next.act, next.actor, next.application]).toEqual(['apply-again', 'applicant', `${first}-2`]);
    expect(await county.refused(`/applications/${first}-3/submission`, 'demo-applicant')).toBe(
      '404 application.round-not-next',
    );
    // Its dependant waits, until the second round is granted.
    await underReview(`${project}-LX-07`);
    expect(await county.refused(`/applications/${project}-LX-07/approval`, 'demo-head')).toBe(
      `409 application.prerequisites-not-${WAS_GRANTED.includes(outcome) ? 'in-force' : 'granted'}`,
    );
    await granted(`${first}-2`);
    await county.done(`/applications/${project}-LX-07/approval`, 'demo-head');
    expect(await rowsOf(project, 'LX-06')).toEqual([
      [first, undefined, 'ended', outcome],
      [`${first}-2`, first, 'ended', 'granted'],
    ]);
    const second = await county.read(`/applications/${first}-2`, 'demo-applicant');
    expect([second['previousRound'], second['matter'], second['next']]).toEqual([first, 'LX-06', null]);
    expect((await county.read(`/applications/${first}`, 'demo-applicant'))['next']).toBe(null);
    // Granted and in force: no third.
    const third = await county.server.post(`/applications/${first}-3/submission`, 'demo-applicant', {});
    expect([third.status, third.body['code'], third.body['params']]).toEqual([
      409,
      'application.round-in-force',
      { application: `${first}-3`, previous: `${first}-2`, stage: 'delivered', stageZh: '已送达' },
    ]);
  },
);

test('F18 never a new round while one runs, and one only when two are handed in at once', async () => {
  await county.project('once', 'site-then-land');
  await submitted('once-LX-06');
  const early = await county.server.post('/applications/once-LX-06-2/submission', 'demo-applicant', {});
  expect([early.status, early.body['code'], early.body['params']['previous']]).toEqual([
    409,
    'application.round-open',
    'once-LX-06',
  ]);
  await county.done('/applications/once-LX-06/withdrawal', 'demo-applicant');
  const both = await Promise.all(
    [1, 2].map(() => county.server.post('/applications/once-LX-06-2/submission', 'demo-applicant', {})),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
  for (const id of ['once-LX-06-1', 'once-LX-06-02', 'once-LX-06-0', 'once-LX-06-x']) {
    const found = await county.server.post(`/applications/${id}/submission`, 'demo-applicant', {});
    expect([id, found.status]).toEqual([id, 404]);
  }
});

test('F18 reports count each round, the forecast waits for the last one, and the project is open again', async () => {
  await county.project('count', 'site-then-land');
  const overview = async () => {
    const {
      opened,
      ended,
      refused: no,
    } = (await county.read('/reports/overview', 'demo-leader'))['applications'];
    return [opened, ended, no];
  };
  await refused('count-LX-06');
  const before = await overview();
  const blocked = await county.read('/projects/count/forecast', 'demo-applicant');
  expect([blocked['blockedBy'], blocked['earliestFinish']]).toEqual([['count-LX-06'], null]);
  await refused('count-LX-06-2');
  await submitted('count-LX-06-3');
  expect(await overview()).toEqual([before[0] + 2, before[1] + 1, before[2] + 1]);
  const forecast = await county.read('/projects/count/forecast', 'demo-applicant');
  expect(forecast['blockedBy']).toEqual([]);
  expect(forecast['earliestFinish']).not.toBe(null);
  expect((await county.read('/projects/count', 'demo-applicant'))['status']).toBe('open');
  const { next } = await county.read('/projects/count/timeline', 'demo-applicant');
  expect(
    next
      .filter((one: Body) => one['matter'] === 'LX-06')
      .map((one: Body) => [one['application'], one['next']?.act ?? null]),
  ).toEqual([
    ['count-LX-06', null],
    ['count-LX-06-2', null],
    ['count-LX-06-3', 'accept-or-notify'],
  ]);
});

test('F18 the form of a stage hands in anew what had ended, once, whatever its retry finds', async () => {
  await county.project('form', 'site-then-land');
  const form = { stage: '立项用地规划许可' };
  await submitted('form-LX-06');
  await county.done('/applications/form-LX-06/withdrawal', 'demo-applicant');
  const key = { 'idempotency-key': 'form-1' };
  const sent = await county.server.post('/projects/form/stage-submission', 'demo-applicant', form, key);
  const ids = (answer: typeof sent) => answer.body['applications'].map((one: Body) => one['application']);
  expect([sent.status, ids(sent)]).toEqual([202, ['form-LX-06-2', 'form-LX-07']]);
  await county.done('/applications/form-LX-06-2/withdrawal', 'demo-applicant');
  const retry = await county.server.post('/projects/form/stage-submission', 'demo-applicant', form, key);
  expect([retry.status, ids(retry)]).toEqual([202, ['form-LX-06-2', 'form-LX-07']]);
  expect(await rowsOf('form', 'LX-06')).toEqual([
    ['form-LX-06', undefined, 'ended', 'withdrawn'],
    ['form-LX-06-2', 'form-LX-06', 'ended', 'withdrawn'],
  ]);
});
