import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { actor, type CommandWithFacts, deciderSpec, recorded } from '#libs/engine/event-sourcing-testing';
import { type PledgeCommand } from './pledge.commands.js';
import { pledgeDecider } from './pledge.decider.js';
import { type PledgeEvent } from './pledge.events.js';
import { pledges } from './pledge.projection.js';

// The commands are given at 10:00 in China on Tuesday 24 November 2026.
const mayor = actor('zhen', 'department-head', 'tianshifu', '镇长');
const officer = actor('demo-campaign', 'campaign-office', 'campaign-office', '专班');
const spec = deciderSpec(pledgeDecider, {
  meta: { actor: mayor },
  facts: { MakePledge: ['unknown'], FulfilPledge: ['found'] },
});

type Make = Extract<CommandWithFacts<PledgeCommand>, { type: 'MakePledge' }>;
type Fulfil = Extract<CommandWithFacts<PledgeCommand>, { type: 'FulfilPledge' }>;
type Made = Extract<PledgeEvent, { type: 'PledgeMade' }>['data'];
type Fulfilled = Extract<PledgeEvent, { type: 'PledgeFulfilled' }>['data'];

const text = '年底前完成三个项目的征地';
const make = (over: Partial<Make> = {}): CommandWithFacts<PledgeCommand> => ({
  type: 'MakePledge',
  id: 'p1',
  text,
  indicator: { name: '完成征地项目', unit: '个', target: 3 },
  dueOn: '2026-12-31',
  unknown: [],
  ...over,
});
const made = (over: Partial<Made> = {}): PledgeEvent => ({
  type: 'PledgeMade',
  version: 1,
  data: {
    ...{ pledge: 'p1', department: 'tianshifu', text },
    indicator: { name: '完成征地项目', unit: '个', target: 3, direction: 'at-least' },
    ...{ dueOn: '2026-12-31', dueAt: '2026-12-31T16:00:00.000Z', occasion: null },
    ...over,
  },
});
const proof = {
  ...{ stream: 'application-mill-LX-06', revision: '4', event: '3f1f5a4e-2b51-5d0a-9c53-7a0b6f0c1d20' },
  ...{ type: 'ApplicationApproved', occurredAt: '2026-11-20T02:00:00.000Z' },
};
const doing = { role: 'department-head', by: 'tianshifu', of: 'tianshifu' };
const found = [{ reference: 'application-mill-LX-06@4', proof, doing }];
const fulfil = (over: Partial<Fulfil> = {}): CommandWithFacts<PledgeCommand> => ({
  type: 'FulfilPledge',
  id: 'p1',
  value: 3,
  found,
  ...over,
});
const fulfilled = (over: Partial<Fulfilled> = {}): PledgeEvent => ({
  type: 'PledgeFulfilled',
  version: 1,
  data: {
    ...{ pledge: 'p1', department: 'tianshifu', value: 3 },
    ...{ evidence: [proof], documents: [], late: false, note: null },
    ...over,
  },
});

describe('a pledge', () => {
  test('is a department’s own, or written down for one by the campaign office', () => {
    spec.given().when(make()).then(made());
    spec
      .given()
      .when(make({ department: 'xiaoshi', occasion: '动员大会', meta: { actor: officer } }))
      .then(made({ department: 'xiaoshi', occasion: '动员大会' }));
    spec
      .given()
      .when(make({ department: 'xiaoshi' }))
      .refused('pledge.not-your-department', { department: 'xiaoshi' }, null, 'permission');
    for (const by of [officer, actor('li', 'department-head')]) {
      spec
        .given()
        .when(make({ meta: { actor: by } }))
        .refused('pledge.department-missing', { field: 'department' }, null, 'input');
    }
    spec
      .given()
      .when(make({ department: 'nowhere', unknown: ['nowhere'], meta: { actor: officer } }))
      .refused(
        'campaign.unknown-departments',
        { field: 'department', departments: 'nowhere' },
        null,
        'input',
      );
  });

  test('can be measured, is due on a day to come, and is made once', () => {
    for (const field of ['name', 'unit']) {
      const indicator = { name: '完成征地项目', unit: '个', target: 3, [field]: '  ' };
      spec
        .given()
        .when(make({ indicator }))
        .refused('pledge.not-measurable', { field: `indicator.${field}` }, null, 'input');
    }
    spec
      .given()
      .when(make({ dueOn: '2026-11-23' }))
      .refused(
        'pledge.due-in-the-past',
        { field: 'dueOn', dueOn: '2026-11-23', today: '2026-11-24' },
        null,
        'input',
      );
    spec
      .given()
      .when(make({ dueOn: '2026-11-31' }))
      .refused('campaign.not-a-day', { field: 'dueOn', day: '2026-11-31' }, null, 'input');
    spec.given(made()).when(make()).refused('pledge.exists', { pledge: 'p1' }, null, 'state');
  });

  test('is fulfilled once, by its department or the campaign office, with evidence', () => {
    spec.given(made()).when(fulfil()).then(fulfilled());
    spec
      .given(made())
      .when(
        fulfil({ found: [], documents: ['征地协议', '征地协议'], note: '三宗', meta: { actor: officer } }),
      )
      .then(fulfilled({ evidence: [], documents: ['征地协议'], note: '三宗' }));
    const xiaoshi = { actor: actor('li', 'department-head', 'xiaoshi') };
    spec
      .given(made())
      .when(fulfil({ meta: xiaoshi }))
      .refused('pledge.not-your-department', { department: 'tianshifu', pledge: 'p1' }, null, 'permission');
    for (const documents of [[], [' ']]) {
      spec
        .given(made())
        .when(fulfil({ found: [], documents }))
        .refused('campaign.evidence-missing', { field: 'events' }, null, 'input');
    }
    spec
      .given(made())
      .when(fulfil({ found: [...found, { reference: 'project-x@9', proof: null, doing: null }] }))
      .refused('campaign.no-such-event', { field: 'events', events: 'project-x@9' }, null, 'input');
    spec.given().when(fulfil()).refused('pledge.unknown', { pledge: 'p1' }, null, 'absent');
    spec
      .given(made(), fulfilled())
      .when(fulfil())
      .refused('pledge.fulfilled-already', { pledge: 'p1' }, null, 'state');
  });

  test('T5 has percentages of a hundred at most, pledged or reached', () => {
    const share = (target: number) => ({ name: '按期率', unit: '%', target, direction: 'at-least' }) as const;
    spec
      .given()
      .when(make({ indicator: share(100) }))
      .then(made({ indicator: share(100) }));
    spec
      .given()
      .when(make({ indicator: share(100.01) }))
      .refused(
        'pledge.beyond-a-hundred',
        { field: 'indicator.target', unit: '%', value: 100.01 },
        null,
        'input',
      );
    spec
      .given(made({ indicator: share(95) }))
      .when(fulfil({ value: 120 }))
      .refused('pledge.beyond-a-hundred', { field: 'value', unit: '%', value: 120 }, null, 'input');
    const times = { name: '增长', unit: '个', target: 120, direction: 'at-least' } as const;
    spec
      .given()
      .when(make({ indicator: times }))
      .then(made({ indicator: times }));
  });

  test('T5 is not shown by words: the pledge itself, another, or a plan', () => {
    for (const [stream, type] of [
      ['pledge-p1', 'PledgeMade'],
      ['pledge-p2', 'PledgeFulfilled'],
      ['plan-4', 'PlanPublished'],
    ] as const) {
      const word = { reference: `${stream}@0`, proof: { ...proof, stream, revision: '0', type }, doing };
      spec
        .given(made())
        .when(fulfil({ found: [...found, word], documents: ['月报'] }))
        .refused('pledge.event-is-a-word', { field: 'events', event: `${stream}@0`, type }, null, 'input');
    }
  });

  test('is fulfilled by what was pledged and no less, late from the end of its last day on', () => {
    spec
      .given(made())
      .when(fulfil({ value: 4 }))
      .then(fulfilled({ value: 4 }));
    const params = { pledge: 'p1', indicator: '完成征地项目', unit: '个', target: 3 };
    spec
      .given(made())
      .when(fulfil({ value: 2 }))
      .refused('pledge.target-missed', { ...params, direction: 'at-least', value: 2 }, null, 'input');
    const days = { name: '平均办理天数', unit: '个工作日', target: 5, direction: 'at-most' } as const;
    spec
      .given(made({ indicator: days }))
      .when(fulfil({ value: 4.5 }))
      .then(fulfilled({ value: 4.5 }));
    spec
      .given(made({ indicator: days }))
      .when(fulfil({ value: 6 }))
      .refused('pledge.target-missed');
    const at = (now: string) => fulfil({ meta: { now, occurredAt: now } });
    spec.given(made()).when(at('2026-12-31T15:59:59.999Z')).then(fulfilled());
    spec
      .given(made())
      .when(at('2026-12-31T16:00:00.000Z'))
      .then(fulfilled({ late: true }));
  });
});

test('an event out of its order means a damaged log', () => {
  expect(() => spec.given(fulfilled())).toThrow('PledgeFulfilled of a pledge that is not open');
  expect(() => spec.given(made(), made())).toThrow('PledgeMade a second time');
});

test('the register has what was promised and what came of it', () => {
  const at = { actor: mayor, occurredAt: '2026-11-24T02:00:00.000Z' };
  const open = pledges.fold(null, recorded(made(), { metadata: at }), 'p1');
  const { data } = made() as { readonly data: Made };
  const document = { ...data, id: 'p1', state: 'open', madeAt: at.occurredAt, recordedBy: 'zhen' };
  expect(open).toEqual({ ...document, fulfilment: null, revision: '0' });
  const done = { actor: officer, occurredAt: '2026-12-01T02:00:00.000Z' };
  expect(pledges.fold(open, recorded(fulfilled(), { revision: 1n, metadata: done }), 'p1')).toEqual({
    ...document,
    state: 'fulfilled',
    fulfilment: {
      ...{ value: 3, evidence: [proof], documents: [], late: false, note: null },
      ...{ at: done.occurredAt, by: 'demo-campaign' },
    },
    revision: '1',
  });
});
