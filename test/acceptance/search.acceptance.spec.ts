import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('li', 'applicant');
  await county.account('clerk', 'department-head', 'water');
  const register = (id: string, name: string, as: string) =>
    county.done('/projects', as, { id, name, template: 'small' });
  await register('cold-1', '天师府镇冷库建设', 'demo-applicant');
  await register('cold-2', '小市镇冷库改造', 'li');
  await county.delivered('cold-1-LX-06');
  await county.done('/applications/cold-2-LX-06/submission', 'li');
  await county.server.caughtUp();
});
afterAll(() => county.close());

/** What is found, as `kind id matched`. */
async function found(q: string, as = 'demo-supervisor', more = ''): Promise<readonly string[]> {
  const { items } = await county.read(`/search?q=${encodeURIComponent(q)}${more}`, as);
  return items.map(({ kind, id, matched }: Body) => `${kind} ${id} ${matched}`);
}

test('22.7 a project is found by its name, by a part of it, in pinyin, and by the initials of its pinyin', async () => {
  for (const q of ['天师府镇冷库建设', '冷库建', '师府 冷库']) {
    expect(await found(q, 'demo-supervisor', '&kind=project')).toEqual(['project cold-1 text']);
  }
  for (const q of ['tsfz', 'TSFZLK', 'tianshifu', 'lengkujianshe', 'lkjs']) {
    expect(await found(q, 'demo-supervisor', '&kind=project')).toEqual(['project cold-1 pinyin']);
  }
  expect(await found('冷库', 'demo-supervisor', '&kind=project')).toEqual([
    'project cold-1 text',
    'project cold-2 text',
  ]);
  expect(await found('天', 'demo-supervisor', '&kind=project')).toEqual(['project cold-1 text']);
  expect(await found('库', 'demo-supervisor', '&kind=project')).toEqual([]);
});

test('22.7 an application is found by its id, its receipt, its decision and its permit, and with its project', async () => {
  const application = await county.read('/applications/cold-1-LX-06', 'demo-supervisor');
  const { receiptNumber, decisionNumber, permit } = application;
  for (const [number, matched] of [
    ['cold-1-LX-06', 'application'],
    [receiptNumber, 'receipt'],
    [decisionNumber, 'decision'],
    [permit.number, 'permit'],
    [decisionNumber.replace(/\D+/g, ' ').trim(), 'decision'],
  ]) {
    const items = await found(number, 'demo-supervisor', '&kind=application');
    expect([number, items[0]]).toEqual([number, `application cold-1-LX-06 ${matched}`]);
  }
  expect(await found('冷库改造', 'demo-supervisor', '&kind=application')).toEqual([
    'application cold-2-LX-06 text',
  ]);
});

test('22.7 matters, applicants and persons are found, and what is not the caller’s is not', async () => {
  expect(await found('建设项目用地预审', 'li')).toContainEqual(expect.stringMatching(/^matter /));
  expect(await found('演示审查员', 'demo-head')).toEqual(['person demo-reviewer text']);
  expect(await found('ysscy', 'demo-head')).toEqual(['person demo-reviewer pinyin']);
  expect(await found('演示审查员', 'li')).toEqual([]);
  expect(await found('演示建设有限公司', 'demo-head')).toEqual(['applicant 91210521MA0DEMXY0Q text']);
  expect(await found('演示建设有限公司', 'demo-applicant')).toEqual(['applicant 91210521MA0DEMXY0Q text']);
  expect(await found('演示建设有限公司', 'li')).toEqual([]);
  expect(await found('冷库', 'li')).toEqual(['application cold-2-LX-06 text', 'project cold-2 text']);
  expect(await found('冷库', 'clerk')).toEqual([]);
});

test('22.7 a natural person is found by the id of the account, by who may know, and never by the name', async () => {
  // An exact id first, then one that holds it.
  for (const as of ['demo-supervisor', 'demo-head']) {
    expect(await found('li', as, '&kind=applicant')).toEqual([
      'applicant li text',
      'applicant demo-applicant text',
    ]);
  }
  expect(await found('li', 'clerk', '&kind=applicant')).toEqual([]);
  expect(await found('演示申请人')).toEqual([]);
});

test('22.7 each kind has its limit, and a question that says nothing is refused or finds nothing', async () => {
  const { items } = await county.read('/search?q=冷库&limit=1', 'demo-supervisor');
  expect(items.map(({ kind }: Body) => kind)).toEqual(['application', 'project']);
  const status = async (query: string) => (await county.server.get(`/search${query}`, 'demo-head')).status;
  const refused = [
    '',
    '?q=',
    '?q=%20%20',
    `?q=${'a'.repeat(10_000)}`,
    '?q=a&kind=case',
    '?q=a&limit=1001',
    '?q=a&q=b',
  ];
  expect(await Promise.all(refused.map(status))).toEqual(refused.map(() => 400));
  const odd = ['.*', '(((', '[]+?', '\\', '%_', '{"$":""}', '★', '水'.repeat(200)];
  for (const q of odd) expect([q, await found(q, 'demo-head')]).toEqual([q, []]);
});
