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
  expect([bare.status, bare.body['errors'].map(({ field }: Body) => field)]).toEqual([400, ['article']]);
  const blank = await county.server.post(path, 'demo-head', {
    article: ' ',
    reason: '难度大',
    remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
  });
  expect([blank.status, blank.body['errors'].map(({ field }: Body) => field)]).toEqual([400, ['article']]);
  expect(await county.server.events()).toBe(events);
  await county.done(path, 'demo-head', {
    article: '城乡规划法 Art. 36',
    reason: '不符合国土空间规划',
    remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
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
  const refusal = {
    article: '城乡规划法 Art. 36',
    reason: '不符合规划',
    remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
  };
  await county.done(`${path}/submission`, 'demo-applicant');
  await county.done(`${path}/acceptance`, 'demo-window');
  await county.done(`${path}/issues`, 'demo-applicant', { problem: '地块内有未迁杆线' });
  const early = await county.server.post(`${path}/refusal`, 'demo-head', refusal);
  expect([early.status, early.body['code'], early.body['article'], early.body['messages']['zh']]).toEqual([
    409,
    'application.issues-open',
    '行政许可法 Art. 38',
    '申请 dam-LX-06 的难点尚未解决：1，不得以难度大为由不予许可',
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

it('T2 a refusal cites an existing article and names remedies, which are filled in if they are left out', async () => {
  await county.project('kiln');
  const path = '/applications/kiln-LX-06';
  await county.done(`${path}/submission`, 'demo-applicant');
  const good = { article: '《行政许可法》第三十二条第一款第一项', reason: '依法不需要取得行政许可' };
  const events = await county.server.events();
  const wrong = async (body: object) => {
    const { status, body: problem } = await county.server.post(`${path}/acceptance-refusal`, 'demo-window', {
      ...good,
      ...body,
    });
    return [status, problem['code'], problem['params']];
  };
  expect([
    await wrong({ article: 'x', reason: 'x', remedies: 'x' }),
    await wrong({ article: '难度大' }),
    await wrong({ article: '《难度法》第一条' }),
    await wrong({ article: '第三十八条' }),
    await wrong({ article: '行政许可法 Art. 84' }),
    await wrong({ remedies: '无' }),
    (await wrong({ remedies: ' ' })).slice(0, 2),
  ]).toEqual([
    [422, 'law.no-article', { field: 'article', text: 'x' }],
    [422, 'law.no-article', { field: 'article', text: '难度大' }],
    [422, 'law.unknown', { field: 'article', law: '《难度法》' }],
    [422, 'law.unnamed', { field: 'article', text: '第三十八条' }],
    [
      422,
      'law.article-beyond',
      { field: 'article', law: '中华人民共和国行政许可法', article: 84, articles: 83 },
    ],
    [422, 'law.no-remedies', { field: 'remedies' }],
    [400, 'http.invalid-input'],
  ]);
  expect(await county.server.events()).toBe(events);
  await county.done(`${path}/acceptance-refusal`, 'demo-window', good);
  await county.server.caughtUp();
  const { body } = await county.server.get('/audit?stream=application-kiln-LX-06', 'demo-supervisor');
  expect(body['items'].map(({ type, data }: Body) => [type, data['article'], data['remedies']])[0]).toEqual([
    'AcceptanceRefused',
    '《行政许可法》第三十二条第一款第一项',
    '可以自收到决定书之日起六十日内向本级人民政府申请行政复议（行政复议法第二十条、第二十四条），' +
      '或者自收到决定书之日起六个月内依法向人民法院提起行政诉讼（行政诉讼法第四十六条）。',
  ]);
});

it('T2 a matter, and a special way, rest on laws that there are', async () => {
  const matter = {
    ...{ name: '临时占用绿地审批', nameEn: 'Use of green space', kind: 'licence', department: null },
    ...{ statutory: null, promised: null, limitsVerified: false, steps: [], effectiveFrom: '2020-01-01' },
    ...{ legalBasis: [{ law: '城市绿化条例', article: 'Art. 20', verified: true }], materials: [] },
  };
  const publish = async (id: string, over: object) => {
    const { status, body } = await county.server.post('/matters', 'demo-admin', { id, ...matter, ...over });
    return [status, body['code'], body['params']];
  };
  expect([
    await publish('TS-71', { legalBasis: [{ law: '无', article: '无', verified: true }] }),
    await publish('TS-71', { legalBasis: [{ law: '城市绿化条例', article: '未核实', verified: true }] }),
    await publish('TS-71', { legalBasis: [{ law: '无', article: '未核实', verified: false }] }),
    await publish('TS-71', { materials: [{ name: '户口本', key: false, basis: '无' }] }),
    (
      await publish('TS-72', { legalBasis: [{ law: '城市绿化条例', article: '未核实', verified: false }] })
    )[0],
    (await publish('TS-73', {}))[0],
  ]).toEqual([
    [422, 'law.unknown', { field: 'legalBasis[0].law', law: '无' }],
    [422, 'law.no-article', { field: 'legalBasis[0].article', text: '未核实' }],
    [422, 'law.unknown', { field: 'legalBasis[0].law', law: '无' }],
    [422, 'law.no-article', { field: 'materials[0].basis', text: '无' }],
    201,
    201,
  ]);
  await county.project('weir');
  await county.done('/applications/weir-LX-06/submission', 'demo-applicant');
  expect(
    await county.refused('/applications/weir-LX-06/special-handling', 'demo-leader', {
      ...{ rule: 'separate-decision', reason: '依《行政许可法》第九十条，特事特办' },
    }),
  ).toBe('422 law.article-beyond');
});
