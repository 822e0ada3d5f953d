import * as cases from '../cases.js';
import { type Scene, type Scenes } from '../scene.js';
import { LICENCE, OWN_DEPARTMENT, TODAY, type World } from '../world.js';

const reason = '情况说明';
const LATER = '2027-01-29';
const on = (thing: NonNullable<Scene['thing']>, body: object = {}): Scene => ({ thing, body: () => body });
const makes = (kind: string, body: object): Scene => ({ body: (world) => ({ id: world.id(kind), ...body }) });

const DISPUTE = { departments: ['forestry'], reason };

export async function dispute(world: World): Promise<string> {
  const id = world.id('dispute');
  await world.done('nr-head', '/disputes', { id, application: await cases.accepted(world), ...DISPUTE });
  return id;
}

export async function session(world: World): Promise<string> {
  const id = world.id('session');
  await world.server.caughtUp();
  await world.done('campaign', '/sessions', { id, day: TODAY });
  return id;
}

const ATTENDANCE = {
  chair: 'leader',
  attendance: [{ department: OWN_DEPARTMENT, person: 'nr-head' }],
};

/** The application of its own that each open session has on its agenda: of one application a day has one resolution. */
const caseOf = new Map<string, string>();

async function openSession(world: World): Promise<string> {
  const application = await cases.accepted(world);
  await world.done('nr-head', '/disputes', { id: world.id('dispute'), application, ...DISPUTE });
  const id = await session(world);
  await world.done('campaign', `/sessions/${id}/opening`, ATTENDANCE);
  caseOf.set(id, application);
  return id;
}

const RESOLUTION = { resolution: '一周内办结', department: OWN_DEPARTMENT, lastDay: LATER };

async function resolved(world: World): Promise<string> {
  const id = await openSession(world);
  const application = caseOf.get(id);
  await world.done('campaign', `/sessions/${id}/resolutions`, { application, ...RESOLUTION });
  return id;
}

const PLEDGE = {
  department: OWN_DEPARTMENT,
  text: '全部按期办结',
  indicator: { name: '按期率', unit: '%', target: 95 },
  dueOn: LATER,
};

export async function pledge(world: World): Promise<string> {
  const id = world.id('pledge');
  await world.done('nr-head', '/pledges', { id, ...PLEDGE });
  return id;
}

const PLAN = {
  title: '攻坚方案',
  tasks: [{ task: 'T-1', title: '压减时限', department: OWN_DEPARTMENT, dueOn: LATER }],
};

export async function plan(world: World): Promise<string> {
  const id = world.id('plan');
  await world.done('campaign', '/plans', { id, ...PLAN });
  return id;
}

const IMPROVEMENT = { matter: LICENCE, title: '并联办理', change: '两个环节同时办理' };

async function improvement(world: World): Promise<string> {
  const id = world.id('improvement');
  await world.done('nr-head', '/improvements', { id, ...IMPROVEMENT });
  return id;
}

export async function trial(world: World): Promise<string> {
  const id = await improvement(world);
  await world.done('nr-head', `/improvements/${id}/trial`, { from: '2026-11-24' });
  return id;
}

/** Days that are over, each reported on once. */
let inspected = 0;
export const inspection = (world: World) => {
  const day = new Date(Date.UTC(2026, 9, 31 - inspected++)).toISOString().slice(0, 10);
  return { id: world.id('inspection'), from: day, to: day, figures: { done: 1 }, findings: '按期办理' };
};

const REQUEST = { department: OWN_DEPARTMENT, urgency: 'normal', text: '请明确材料清单' };

export async function request(world: World): Promise<string> {
  const id = world.id('request');
  await world.done('li', '/requests', { id, ...REQUEST });
  return id;
}

async function answered(world: World): Promise<string> {
  const id = await request(world);
  await world.server.caughtUp();
  await world.done('nr-window', `/requests/${id}/answer`, { answer: '已更新' });
  return id;
}

/** Half months that are over, each with one bulletin. */
let published = 0;
const halfMonth = () => {
  const month = Math.floor(published / 2);
  const day = published++ % 2 === 0 ? '01' : '16';
  return Promise.resolve(`2025-${String(month + 1).padStart(2, '0')}-${day}`);
};

export const BULLETIN = {
  title: '第一期',
  sections: ['responsibility', 'complexity', 'efficiency'].map((diagnostic) => ({ diagnostic })),
};

export const CAMPAIGN_SCENES: Scenes = {
  'POST /disputes': {
    body: async (world) => ({
      id: world.id('dispute'),
      application: await cases.accepted(world),
      ...DISPUTE,
    }),
  },
  'POST /disputes/{id}/position': on(dispute, { stance: 'claims', reason }),
  'POST /disputes/{id}/ruling': on(dispute, {
    department: OWN_DEPARTMENT,
    reason,
    catalogueNote: '归自然资源局',
  }),
  'POST /sessions': makes('session', { day: TODAY }),
  'POST /sessions/{id}/opening': on(session, ATTENDANCE),
  'POST /sessions/{id}/resolutions': {
    thing: openSession,
    body: (_, id) => ({ application: caseOf.get(id), ...RESOLUTION }),
  },
  'POST /sessions/{id}/resolution-report': {
    thing: resolved,
    body: (_, id) => ({ application: caseOf.get(id), report: '已办结' }),
  },
  'POST /sessions/{id}/closing': on(openSession),
  'POST /bulletins/{id}/publication': on(halfMonth, BULLETIN),
  'POST /pledges': makes('pledge', PLEDGE),
  'POST /pledges/{id}/fulfilment': on(pledge, { value: 98, documents: ['统计表'] }),
  'POST /plans': makes('plan', PLAN),
  'POST /plans/{id}/revision': on(plan, { ...PLAN, title: '攻坚方案（修订）', reason }),
  'POST /plans/{id}/discharge': {
    thing: plan,
    body: async (world) => ({
      task: 'T-1',
      events: [{ stream: `application-${await cases.accepted(world)}`, revision: '1' }],
    }),
  },
  'POST /improvements': makes('improvement', IMPROVEMENT),
  'POST /improvements/{id}/trial': on(improvement, { from: TODAY }),
  'POST /improvements/{id}/adoption': { ...on(trial, { reason }), early: true },
  'POST /improvements/{id}/drop': { ...on(trial, { reason }), early: true },
  'POST /self-inspections': { body: inspection },
  'POST /requests': makes('request', REQUEST),
  'POST /requests/{id}/answer': on(request, { answer: '已更新' }),
  'POST /requests/{id}/rating': on(answered, { helped: true }),
};
