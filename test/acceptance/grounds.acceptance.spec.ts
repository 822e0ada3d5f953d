import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.project('mill');
  await county.account('second', 'reviewer', 'natural-resources');
});
afterAll(() => county.close());

const path = '/applications/mill-LX-06';
const answer = async (of: string, as: string, body: object) => {
  const { status, body: problem } = await county.server.post(`${path}/${of}`, as, body);
  return [status, problem['code'], problem['params'], problem['article']];
};

it('8 a text that says nothing is refused wherever it is asked for, and nothing is stored', async () => {
  await county.done(`${path}/submission`, 'demo-applicant');
  const events = await county.server.events();
  const nothing = (field: string, text: string, article?: string) => [
    422,
    'law.says-nothing',
    { field, text },
    article,
  ];
  expect([
    await answer('acceptance', 'demo-window', { note: '无' }),
    await answer('acceptance-refusal', 'demo-window', { article: '行政许可法 Art. 32(1)', reason: '同上' }),
    await answer('acceptance-refusal', 'demo-window', {
      article: '行政许可法 Art. 32(2)',
      organ: '/',
      reason: '河道管理事项',
    }),
    await answer('supplement-request', 'demo-window', { items: [{ material: '总平面图', reason: 'x' }] }),
    await answer('withdrawal', 'demo-applicant', { reason: '。' }),
  ]).toEqual([
    nothing('note', '无'),
    nothing('reason', '同上', '行政许可法 Art. 38'),
    nothing('organ', '/', '行政许可法 Art. 32(1)(2)'),
    nothing('items[0].reason', 'x', '行政许可法 Art. 32(1)(4)'),
    nothing('reason', '。'),
  ]);
  expect(await county.server.events()).toBe(events);
});

it('8 difficult is no ground: not to accept, to return, to stop the clock, to extend it, to refuse', async () => {
  await county.done(`${path}/acceptance`, 'demo-window', {});
  await county.done(`${path}/assignment`, 'demo-head', { person: 'demo-reviewer' });
  await county.review('mill-LX-06');
  const events = await county.server.events();
  const no = (field: string, text: string, article: string) => [
    422,
    'law.trouble-is-no-ground',
    { field, text },
    article,
  ];
  expect([
    await answer('return', 'demo-reviewer', { reason: '系统升级，请谅解', article: '行政许可法 Art. 31' }),
    await answer('suspension', 'demo-reviewer', { cause: 'expert-review', notice: '领导不在', days: 5 }),
    await answer('extension', 'demo-head', { days: 5, reason: '情况复杂，人手不足' }),
    await answer('refusal', 'demo-head', { article: '城乡规划法 Art. 36', reason: '难度大' }),
  ]).toEqual([
    no('reason', '系统升级，请谅解', '行政许可法 Art. 38'),
    no('notice', '领导不在', '行政许可法 Art. 45'),
    no('reason', '情况复杂，人手不足', '行政许可法 Art. 42'),
    no('reason', '难度大', '行政许可法 Art. 38'),
  ]);
  expect(await county.server.events()).toBe(events);
});

it('A26 a matter with an on-site check is decided once two accounts of the department have made it', async () => {
  await county.revise('LX-06', {
    steps: ['受理', '审查', '现场核查', '决定', '送达'],
    reason: '选址须现场核查',
  });
  const approve = () => answer('approval', 'demo-head', { opinion: '同意' });
  const missing = [
    409,
    'application.on-site-pair-missing',
    { application: 'mill-LX-06' },
    '行政许可法 Art. 34 para. 3',
  ];
  expect(await approve()).toEqual(missing);
  await county.done(`${path}/steps`, 'demo-reviewer', { step: '现场核查' });
  expect(await approve()).toEqual(missing);
  const check = (second: string) => answer('steps', 'demo-reviewer', { step: '现场核查', second });
  expect([
    (await check('demo-reviewer')).slice(0, 2),
    (await check('nobody')).slice(0, 1),
    (await check('demo-applicant')).slice(0, 1),
  ]).toEqual([[422, 'application.second-is-the-first'], [422], [422]]);
  await county.done(`${path}/steps`, 'demo-reviewer', { step: '现场核查', second: 'second' });
  await county.done(`${path}/approval`, 'demo-head', { opinion: '同意' });
});
