import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('filing-window', 'window', 'development-reform');
  for (const id of ['mill', 'dam']) await county.project(id, 'enterprise-filing');
});
afterAll(() => county.close());

it('2.1d a complete filing with no review closes the same day', async () => {
  const path = '/applications/mill-LX-01';
  // What 核准备案条例 Art. 13 asks for.
  await county.done(`${path}/submission`, 'demo-applicant', {
    materials: [
      '企业基本情况',
      '项目名称、建设地点、建设规模、建设内容',
      '项目总投资额',
      '项目符合产业政策的声明',
    ],
  });
  county.clock.to('2026-11-24T08:30:00.000Z');
  await county.done(`${path}/immediate-completion`, 'filing-window', { outcome: '备案' });
  const { stage, outcome, submittedAt, endedAt, latePromised, open } = await county.read(
    path,
    'demo-applicant',
  );
  expect({ stage, outcome, submittedAt, endedAt, latePromised, open }).toEqual({
    stage: 'closed',
    outcome: '备案',
    submittedAt: '2026-11-24T02:00:00.000Z',
    endedAt: '2026-11-24T08:30:00.000Z',
    latePromised: false,
    open: false,
  });
  expect(await county.timeline('mill-LX-01')).toEqual([
    'ApplicationSubmitted',
    'ApplicationAccepted',
    'ApplicationClosed',
  ]);
  const { breaches } = await county.read('/reports/accountability?project=mill', 'demo-supervisor');
  expect(breaches).toEqual([]);
});

it('2.1d what is incomplete, or needs a decision, does not go straight through', async () => {
  await county.list('LX-01', [{ name: '项目备案信息表', key: true }]);
  await county.done('/applications/dam-LX-01/submission', 'demo-applicant', { materials: ['申请书'] });
  await county.done('/applications/dam-LX-07/submission', 'demo-applicant');
  const answer = await county.server.post('/applications/dam-LX-01/immediate-completion', 'filing-window', {
    outcome: '备案',
  });
  expect([answer.status, answer.body['code'], answer.body['article'], answer.body['params']]).toEqual([
    409,
    'application.materials-missing',
    '企业投资项目核准和备案管理条例 Art. 3, 13',
    { application: 'dam-LX-01', missing: '项目备案信息表' },
  ]);
  expect(
    await county.refused('/applications/dam-LX-07/immediate-completion', 'demo-window', { outcome: '备案' }),
  ).toBe('409 application.not-immediate');
});
