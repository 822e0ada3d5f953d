import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Answer, type Body } from '../e2e/server.js';
import { County } from './county.js';

const LAND = {
  ...{ text: '年底前完成三个项目的征地', dueOn: '2026-12-31', occasion: '动员大会' },
  indicator: { name: '完成征地项目', unit: '个', target: 3 },
};
const DAYS = {
  ...{ text: '施工许可平均五个工作日办结', dueOn: '2026-11-30' },
  indicator: { name: '平均办理时间', unit: '个工作日', target: 5, direction: 'at-most' },
};

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('zhenzhang', 'department-head', 'tianshifu');
  await county.account('chengjian', 'department-head', 'housing-construction');
});
afterAll(() => county.close());

const fieldsOf = ({ status, body }: Answer) => [
  status,
  body['errors']?.map(({ field }: Body) => field) ?? [body['code'], body['params']],
];
const listed = async (query: string): Promise<unknown> =>
  (await county.read(`/pledges${query}`, 'demo-supervisor'))['items'].map(({ id, status }: Body) => [
    id,
    status,
  ]);

it('0.4 a department and a township pledge a figure and a day', async () => {
  await county.done('/pledges', 'zhenzhang', { id: 'land', ...LAND });
  await county.done('/pledges', 'chengjian', { id: 'days', ...DAYS });
  await county.done('/pledges', 'demo-campaign', { id: 'hall', department: 'service-centre', ...DAYS });
  expect(await county.read('/pledges/land', 'zhenzhang')).toEqual({
    ...{ id: 'land', pledge: 'land', department: 'tianshifu' },
    ...{ ...LAND, indicator: { ...LAND.indicator, direction: 'at-least' } },
    ...{ dueAt: '2026-12-31T16:00:00.000Z', madeAt: '2026-11-24T02:00:00.000Z', recordedBy: 'zhenzhang' },
    ...{ status: 'open', fulfilment: null, revision: '0' },
  });
});

it('0.4 a pledge without a measurable indicator is refused, with the field named', async () => {
  const events = await county.server.events();
  const pledge = (indicator: unknown) =>
    county.server.post('/pledges', 'zhenzhang', { id: 'words', ...LAND, indicator });
  const { name, unit, target } = LAND.indicator;
  const answers = [
    await pledge(undefined),
    await pledge(null),
    await pledge('全力以赴'),
    await pledge({ name, unit }),
    await pledge({ name, unit, target: '很多' }),
    await pledge({ name, unit: '', target }),
    await pledge({ name: '  ', unit, target }),
  ];
  expect(answers.map(fieldsOf)).toEqual([
    [400, ['indicator']],
    [400, ['indicator']],
    [400, ['indicator']],
    [400, ['indicator.target']],
    [400, ['indicator.target']],
    [400, ['indicator.unit']],
    [400, ['indicator.name']],
  ]);
  expect(await county.refused('/pledges', 'zhenzhang', { id: 'late', ...LAND, dueOn: '2026-11-23' })).toBe(
    '422 pledge.due-in-the-past',
  );
  expect(await county.refused('/pledges', 'zhenzhang', { id: 'land', ...LAND })).toBe('409 pledge.exists');
  expect(await county.refused('/pledges', 'demo-reviewer', { id: 'mine', ...LAND })).toBe(
    '403 http.wrong-role',
  );
  expect(await county.server.events()).toBe(events);
});

it('0.4 overdue pledges are listed, from the end of their last day on', async () => {
  expect(await listed('?status=overdue')).toEqual([]);
  county.clock.to('2026-11-30T15:59:59.999Z');
  expect(await listed('?status=overdue')).toEqual([]);
  county.clock.to('2026-11-30T16:00:00.000Z');
  expect(await listed('?status=overdue')).toEqual([
    ['days', 'overdue'],
    ['hall', 'overdue'],
  ]);
  expect(await listed('?status=overdue&department=service-centre')).toEqual([['hall', 'overdue']]);
  expect(await listed('?status=open')).toEqual([['land', 'open']]);
});

it('0.4 a pledge is fulfilled with evidence that the log holds, and by the figure that was pledged', async () => {
  await county.project('mill');
  const reference = { stream: 'project-mill', revision: '0' };
  const fulfil = (body: object, as = 'zhenzhang') => county.refused('/pledges/land/fulfilment', as, body);
  expect([
    await fulfil({ value: 3 }),
    await fulfil({ value: 3, events: [{ stream: 'project-mill', revision: '7' }] }),
    await fulfil({ value: 2, events: [reference] }),
    await fulfil({ value: 3, events: [reference] }, 'chengjian'),
    await fulfil({ value: 3, events: [{ stream: 'project-mill', revision: '-1' }] }),
  ]).toEqual([
    '422 campaign.evidence-missing',
    '422 campaign.no-such-event',
    '422 pledge.target-missed',
    '403 pledge.not-your-department',
    '400 http.invalid-input',
  ]);
  await county.done('/pledges/land/fulfilment', 'zhenzhang', {
    ...{ value: 3, events: [reference], documents: ['征地协议三份'] },
  });
  await county.done('/pledges/days/fulfilment', 'chengjian', { value: 4.5, documents: ['月报'] });
  const { fulfilment, status } = await county.read('/pledges/land', 'zhenzhang');
  expect({ fulfilment, status }).toEqual({
    status: 'fulfilled',
    fulfilment: {
      ...{ value: 3, documents: ['征地协议三份'], late: false, note: null },
      evidence: [
        {
          ...{ ...reference, type: 'ProjectRegistered', occurredAt: '2026-11-30T16:00:00.000Z' },
          event: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      ],
      ...{ at: '2026-11-30T16:00:00.000Z', by: 'zhenzhang' },
    },
  });
  expect((await county.read('/pledges/days', 'zhenzhang'))['fulfilment']['late']).toBe(true);
  expect(await listed('?status=overdue')).toEqual([['hall', 'overdue']]);
  expect(await listed('')).toEqual([
    ['days', 'fulfilled'],
    ['hall', 'overdue'],
    ['land', 'fulfilled'],
  ]);
});
