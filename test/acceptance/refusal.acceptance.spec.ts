import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.project('mill');
  await county.done('/applications/mill-LX-06/submission', 'demo-applicant');
  await county.done('/applications/mill-LX-06/acceptance', 'demo-window');
  await county.review('mill-LX-06');
});
afterAll(() => county.close());

it('2.1e nothing is refused for being difficult: a refusal names its article, its reason and the remedies', async () => {
  const path = '/applications/mill-LX-06/refusal';
  const events = await county.server.events();
  const bare = await county.server.post(path, 'demo-head', { reason: '难度大' });
  expect([bare.status, bare.body['errors'].map(({ field }: Body) => field)]).toEqual([
    400,
    ['article', 'remedies'],
  ]);
  const blank = await county.server.post(path, 'demo-head', {
    article: ' ',
    reason: '难度大',
    remedies: '六十日内申请行政复议',
  });
  expect([blank.status, blank.body['code'], blank.body['article'], blank.body['params']]).toEqual([
    422,
    'application.reasons-owed',
    '行政许可法 Art. 38',
    { field: 'article' },
  ]);
  expect(await county.server.events()).toBe(events);
  await county.done(path, 'demo-head', {
    article: '城乡规划法 Art. 36',
    reason: '不符合国土空间规划',
    remedies: '六十日内申请行政复议',
  });
  expect(await county.timeline('mill-LX-06')).toEqual([
    'ApplicationSubmitted',
    'ApplicationAccepted',
    'StepRecorded',
    'ApplicationRefused',
  ]);
});

it('2.1e a difficulty is raised, options are proposed, one is chosen; until then the case is not refused', async () => {
  await county.project('dam');
  const path = '/applications/dam-LX-06';
  const refusal = { article: '城乡规划法 Art. 36', reason: '不符合规划', remedies: '六十日内申请行政复议' };
  await county.done(`${path}/submission`, 'demo-applicant');
  await county.done(`${path}/acceptance`, 'demo-window');
  await county.done(`${path}/issues`, 'demo-applicant', { problem: '地块内有未迁杆线' });
  const early = await county.server.post(`${path}/refusal`, 'demo-head', refusal);
  expect([early.status, early.body['code'], early.body['article'], early.body['messages']['zh']]).toEqual([
    409,
    'application.issues-open',
    '行政许可法 Art. 38',
    '申请 dam-LX-06 的难点尚未解决：1，不能以难度大为由不予许可',
  ]);
  await county.done(`${path}/issue-options`, 'demo-reviewer', { issue: 1, proposal: '先迁杆线，再放线' });
  await county.done(`${path}/issue-options`, 'demo-reviewer', { issue: 1, proposal: '调整红线' });
  expect((await county.read(path, 'demo-applicant'))['issues']).toEqual([{ options: 2, decided: false }]);
  expect(
    await county.refused(`${path}/issue-decisions`, 'demo-head', { issue: 1, option: 3, reason: '最快' }),
  ).toBe('422 application.no-such-option');
  await county.done(`${path}/issue-decisions`, 'demo-head', { issue: 1, option: 1, reason: '最快' });
  await county.review('dam-LX-06');
  await county.done(`${path}/approval`, 'demo-head', { permit: '用字第1号' });
  expect(await county.timeline('dam-LX-06')).toEqual([
    'ApplicationSubmitted',
    'ApplicationAccepted',
    'IssueRaised',
    'IssueOptionProposed',
    'IssueOptionProposed',
    'IssueDecided',
    'StepRecorded',
    'ApplicationApproved',
  ]);
});
