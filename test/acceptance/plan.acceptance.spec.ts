import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

const TITLE = '全县重点项目审批攻坚实施方案';
const CUT = {
  ...{ task: 'cut-steps', title: '压减规划许可环节' },
  ...{ department: 'natural-resources', dueOn: '2026-11-30' },
};
const HALL = { task: 'one-window', title: '一窗受理', department: 'service-centre', dueOn: '2026-12-15' };
const LAND = { task: 'land', title: '完成征地', department: 'tianshifu', dueOn: '2026-12-31' };
const withInstant = (task: typeof CUT, dueAt: string) => ({ ...task, dueAt });

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('zhenzhang', 'department-head', 'tianshifu');
  await county.project('mill');
});
afterAll(() => county.close());

const plan = (query = '') => county.read(`/plans/plan-2026${query}`, 'zhenzhang');

it('0.3 publishing version 2 keeps version 1 readable', async () => {
  const first = { id: 'plan-2026', title: TITLE, tasks: [CUT, HALL] };
  await county.done('/plans', 'demo-campaign', first);
  const before = await plan();
  expect(before).toEqual({
    ...{ plan: 'plan-2026', planVersion: 1, title: TITLE, summary: null, reason: null },
    ...{ publishedAt: '2026-11-24T02:00:00.000Z', inForce: true },
    tasks: [
      { ...withInstant(CUT, '2026-11-30T16:00:00.000Z'), status: 'open', discharges: [] },
      { ...withInstant(HALL, '2026-12-15T16:00:00.000Z'), status: 'open', discharges: [] },
    ],
    versions: [{ planVersion: 1, publishedAt: '2026-11-24T02:00:00.000Z', reason: null }],
  });
  county.clock.to('2026-11-25T02:00:00.000Z');
  const second = { title: TITLE, tasks: [{ ...CUT, dueOn: '2026-12-10' }, LAND], reason: '按动员会修订' };
  await county.done('/plans/plan-2026/revision', 'demo-leader', second);
  const versions = [
    ...before['versions'],
    { planVersion: 2, publishedAt: '2026-11-25T02:00:00.000Z', reason: '按动员会修订' },
  ];
  expect(await plan('?version=1')).toEqual({ ...before, inForce: false, versions });
  const { planVersion, inForce, tasks } = await plan();
  expect([planVersion, inForce, tasks.map(({ task, dueOn }: Body) => [task, dueOn])]).toEqual([
    2,
    true,
    [
      ['cut-steps', '2026-12-10'],
      ['land', '2026-12-31'],
    ],
  ]);
  expect(await county.read('/plans', 'demo-supervisor')).toEqual({
    items: [
      {
        ...{ id: 'plan-2026', title: TITLE, planVersion: 2, tasks: 2 },
        ...{ publishedAt: '2026-11-24T02:00:00.000Z', revisedAt: '2026-11-25T02:00:00.000Z' },
      },
    ],
    nextCursor: null,
  });
  expect((await county.server.get('/plans/plan-2026?version=3', 'zhenzhang')).status).toBe(404);
});

it('0.3 each task links to the events that discharge it, in every version that has it', async () => {
  await county.list('GC-04', [{ name: '总平面图', key: true }]);
  const revision = { stream: 'matter-GC-04', revision: '1' };
  await county.done('/plans/plan-2026/discharge', 'demo-head', {
    ...{ task: 'cut-steps', events: [revision], note: '环节由五减为三' },
  });
  const { items } = await county.read('/audit?stream=matter-GC-04', 'demo-supervisor');
  const [{ type, occurredAt }] = items;
  expect(type).toBe('MatterRevised');
  const link = {
    ...{
      planVersion: 2,
      late: false,
      note: '环节由五减为三',
      by: 'demo-head',
      at: '2026-11-25T02:00:00.000Z',
    },
    evidence: [{ ...revision, type, occurredAt, event: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
  };
  for (const query of ['', '?version=1']) {
    const [cut, other] = (await plan(query))['tasks'];
    expect([cut.task, cut.status, cut.discharges]).toEqual(['cut-steps', 'discharged', [link]]);
    expect([other.status, other.discharges]).toEqual(['open', []]);
  }
  county.clock.to('2026-12-31T16:00:00.000Z');
  const owed = (await plan())['tasks'].map(({ task, status }: Body) => [task, status]);
  expect(owed).toEqual([
    ['cut-steps', 'discharged'],
    ['land', 'overdue'],
  ]);
});

it('0.3 what does not fit is refused, and nothing is stored', async () => {
  const events = await county.server.events();
  const tasks = [CUT, LAND];
  const link = (body: object, as = 'zhenzhang') => county.refused('/plans/plan-2026/discharge', as, body);
  const publish = (body: object, as = 'demo-campaign') =>
    county.refused('/plans', as, { id: 'plan-2027', title: TITLE, tasks, ...body });
  const mill = { stream: 'project-mill', revision: '0' };
  expect([
    await publish({ tasks: [CUT, CUT] }),
    await publish({ tasks: [{ ...CUT, department: 'nowhere' }] }),
    await publish({ tasks: [{ ...CUT, dueOn: '2026-11-31' }] }),
    await publish({ tasks: [{ ...CUT, dueOn: '' }] }),
    await publish({ tasks: [] }),
    await publish({}, 'demo-head'),
    await publish({ id: 'plan-2026' }),
    await county.refused('/plans/plan-2027/revision', 'demo-leader', { title: TITLE, tasks, reason: 'x' }),
    await link({ task: 'land', events: [] }),
    await link({ task: 'land', events: [{ ...mill, revision: '99' }] }),
    await link({ task: 'one-window', events: [mill] }),
    await link({ task: 'cut-steps', events: [mill] }),
    await link({ task: 'land', events: [mill] }, 'demo-reviewer'),
  ]).toEqual([
    '422 plan.task-twice',
    '422 campaign.unknown-departments',
    '400 http.invalid-input',
    '400 http.invalid-input',
    '400 http.invalid-input',
    '403 http.wrong-role',
    '409 plan.exists',
    '404 plan.unknown',
    '400 http.invalid-input',
    '422 campaign.no-such-event',
    '404 plan.unknown-task',
    '403 plan.not-your-task',
    '403 http.wrong-role',
  ]);
  expect(await county.server.events()).toBe(events);
});

it('T5 a task is discharged neither by its own plan nor by what another did, and the field is named', async () => {
  const events = await county.server.events();
  const link = async (reference: object) => {
    const { status, body } = await county.server.post('/plans/plan-2026/discharge', 'zhenzhang', {
      ...{ task: 'land', events: [reference] },
    });
    return [status, body['code'], body['params']?.['field'], body['errors']?.map(({ field }: Body) => field)];
  };
  const plan = { stream: 'plan-plan-2026', revision: '0' };
  const matter = { stream: 'matter-GC-04', revision: '1' };
  expect([
    await link(plan),
    await link({ stream: 'project-mill', revision: '0' }),
    await link(matter),
    (
      await county.server.post('/plans/plan-2026/discharge', 'zhenzhang', {
        task: 'land',
        events: [matter, matter],
      })
    ).body['errors'],
  ]).toEqual([
    [422, 'plan.event-shows-no-work', 'events', undefined],
    [422, 'plan.event-shows-no-work', 'events', undefined],
    [422, 'plan.event-of-another', 'events', undefined],
    [{ field: 'events', reason: 'must not contain duplicates', reasonZh: '各项不得重复' }],
  ]);
  expect(await county.server.events()).toBe(events);
});
