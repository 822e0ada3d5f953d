import { creditCodeOf } from '../../support/credit-codes.js';
import { asTwoAdmins, secondAdmin } from '../../support/second-admin.js';
import { accepted, project } from '../cases.js';
import { type Scene, type Scenes, type Walker } from '../scene.js';
import { LICENCE, matterBody, OWN_DEPARTMENT, templateBody, TODAY, type World } from '../world.js';

const reason = '情况说明';
const ISSUER = 'https://id.example';
const TOMORROW = '2026-12-23';
const on = (thing: NonNullable<Scene['thing']>, body: object = {}): Scene => ({ thing, body: () => body });
/** A command that makes a thing of this kind. */
const makes = (kind: string, body: object): Scene => ({
  body: (world) => ({ id: world.id(kind), ...body }),
});

/** A project that the scene's window registered without an applicant. */
async function registered(world: World): Promise<string> {
  const id = world.id('p');
  await world.done('nr-window', '/projects', { id, name: '冷库', template: 'walk' });
  return id;
}

async function wronglyNamed(world: World): Promise<string> {
  const id = await registered(world);
  await world.done('nr-window', `/projects/${id}/applicant`, { applicant: 'wang' });
  return id;
}

async function department(world: World): Promise<string> {
  const id = world.id('bureau');
  await world.done('demo-admin', '/departments', { id, name: '数据局', region: '210521' });
  return id;
}

const ENTRY = { name: '水洞酒业有限公司', address: '小市镇政府路1号', legalPerson: '李四' };

let organisations = 8_000;
const freshCode = (): string => creditCodeOf((organisations += 1));

export async function organisation(world: World): Promise<string> {
  const id = freshCode();
  await world.done('demo-admin', '/organisations', { id, ...ENTRY });
  return id;
}

async function withHandlingPerson(world: World): Promise<string> {
  const id = await organisation(world);
  const person = { name: '王五', telephone: '0414-6822917' };
  await world.done('demo-admin', `/organisations/${id}/handling-persons`, person);
  return id;
}

export async function matter(world: World): Promise<string> {
  const id = world.id('WM');
  await world.done('demo-admin', '/matters', { id, ...matterBody() });
  return id;
}

export async function template(world: World): Promise<string> {
  const id = world.id('process');
  await world.done('demo-admin', '/templates', { id, ...templateBody(LICENCE) });
  return id;
}

const CONDITION = { matter: LICENCE, condition: { kind: 'other', name: '担保' }, reason };

export async function challenge(world: World): Promise<string> {
  const id = world.id('challenge');
  await world.done('li', '/challenges', { id, ...CONDITION });
  return id;
}

export const ABOLITION = { reason, article: '优化营商环境条例 Art. 35' };

async function matterToAbolish(world: World): Promise<string> {
  const id = await matter(world);
  await world.done('deputy-campaign', `/matters/${id}/abolition`, ABOLITION);
  return id;
}

/** A matter without steps, and a template without its matter, as one person proposed it. */
async function matterToLighten(world: World): Promise<string> {
  const id = await matter(world);
  await world.done('deputy-campaign', `/matters/${id}/revision`, {
    ...matterBody({ steps: [] }),
    ...ABOLITION,
  });
  return id;
}

async function templateToLighten(world: World): Promise<string> {
  const id = await template(world);
  await world.done('deputy-campaign', `/templates/${id}/revision`, {
    ...templateBody('GC-02'),
    ...ABOLITION,
  });
  return id;
}

async function conditionToWithdraw(world: World): Promise<string> {
  const id = await challenge(world);
  await world.done('nr-deputy', `/challenges/${id}/withdrawal`, ABOLITION);
  return id;
}

/** Recorded by another person at the same window, from a signed paper. */
export async function mandate(world: World): Promise<string> {
  const id = world.id('mandate');
  await world.done(await clerk(world), '/mandates', { id, ...MANDATE });
  return id;
}

async function office(world: World): Promise<string> {
  const id = await department(world);
  await world.server.caughtUp();
  await world.done('leader', `/campaign-office/${id}/assignment`, {});
  return id;
}

/** A person of the scene's department, at its window if that is asked for. */
async function clerk(world: World, role = 'window'): Promise<string> {
  return world.account({ id: world.id('clerk'), role, department: OWN_DEPARTMENT });
}

async function withWork(world: World): Promise<string> {
  const person = await clerk(world, 'reviewer');
  const application = await accepted(world);
  await world.done('nr-head', `/applications/${application}/assignment`, { person });
  await world.server.caughtUp();
  return person;
}

async function atWindow(world: World, window = '二号窗口'): Promise<string> {
  const person = await clerk(world);
  await world.done('nr-head', `/rosters/${OWN_DEPARTMENT}/posts`, { window, person });
  return person;
}

async function delegated(world: World): Promise<string> {
  const person = await atWindow(world);
  const delegation = world.id('授权');
  const body = { delegation, person, full: true, until: '2027-06-30' };
  await world.done('nr-head', `/rosters/${OWN_DEPARTMENT}/delegation`, body);
  return delegation;
}

async function emptyWindow(world: World): Promise<string> {
  const window = world.id('窗口');
  const person = await atWindow(world, window);
  await world.done('nr-head', `/rosters/${OWN_DEPARTMENT}/post-end`, { person, until: TODAY });
  return window;
}

const MANDATE = { agent: 'agent-li', applicant: 'li', lastDay: '2027-06-30', note: '授权委托书一号' };

const ownRoster = () => Promise.resolve(OWN_DEPARTMENT);

/** Who tries to change another's password: persons without a rule of their own there. */
const isAtAnothers = ({ id, role, stand }: Walker): boolean =>
  id === null || role === 'admin' || stand === 'other';

export const PASSWORD = 'lotus-river-4711-brick';

/** The walker's account, of which the second administrator has proposed a change; for the others, another person's. */
async function withProposal(world: World, walker: Walker): Promise<string> {
  const { server } = world;
  const id = world.id('account');
  const { role, department } = isAtAnothers(walker) ? { role: 'applicant' } : walker;
  const account = { id, displayName: id, role, post: '经办', department: department ?? OWN_DEPARTMENT };
  await asTwoAdmins(server, '/accounts', { ...account, from: '2026-01-01' });
  await server.post(`/accounts/${id}/post-end`, await secondAdmin(server), { until: '2026-11-01' });
  return id;
}

const onProposal = (body: object): Scene => ({
  thing: withProposal,
  body: () => ({ proposal: 2, ...body }),
  actor: (id, walker) => (isAtAnothers(walker) ? walker.id : id),
});

export const COUNTY_SCENES: Scenes = {
  'POST /accounts': makes('account', { displayName: '新人', role: 'applicant' }),
  'POST /accounts/{id}/password': {
    // The person's own, of an account made for it; the administrator and others try that of another.
    thing: (world, walker) =>
      world.account({
        ...(isAtAnothers(walker) ? { role: 'applicant' } : walker),
        id: world.id('account'),
        password: PASSWORD,
      }),
    body: (_, __, { role }) => ({
      ...(role === 'admin' ? {} : { current: PASSWORD }),
      password: 'heron-bridge-0815-slate',
    }),
    actor: (id, walker) => (isAtAnothers(walker) ? walker.id : id),
  },
  'POST /accounts/{id}/credit-code': {
    thing: (world) => world.account({ id: world.id('account'), role: 'applicant' }),
    body: (world) => ({ creditCode: creditCodeOf(Number(world.id('code').replace(/\D/g, ''))) }),
  },
  'POST /accounts/{id}/posts': on((world) => world.account({ id: world.id('account'), role: 'window' }), {
    post: '窗口',
    department: OWN_DEPARTMENT,
  }),
  'POST /accounts/{id}/post-end': on((world) => clerk(world)),
  'POST /accounts/{id}/reassignment': {
    ...on(withWork, { person: 'nr-reviewer', reason }),
    stream: `department-${OWN_DEPARTMENT}`,
  },
  'POST /accounts/{id}/closure': on(
    (world) => world.account({ id: world.id('account'), role: 'applicant' }),
    {
      reason,
    },
  ),
  'POST /accounts/{id}/identity': {
    thing: (world) => clerk(world),
    body: (_, id) => ({ issuer: ISSUER, subject: id }),
  },
  'POST /accounts/{id}/identity-release': {
    thing: async (world) => {
      const id = await clerk(world);
      await world.done('demo-admin', `/accounts/${id}/identity`, { issuer: ISSUER, subject: id });
      return id;
    },
    body: (_, id) => ({ issuer: ISSUER, subject: id }),
  },
  'POST /accounts/{id}/change-confirmation': onProposal({}),
  'POST /accounts/{id}/change-refusal': onProposal({ reason }),
  'POST /organisations': { body: () => ({ id: freshCode(), ...ENTRY }) },
  'POST /organisations/{id}/correction': on(organisation, { ...ENTRY, reason }),
  'POST /organisations/{id}/handling-persons': on(organisation, { name: '王五', telephone: '0414-6822917' }),
  'POST /organisations/{id}/handling-person-end': on(withHandlingPerson, { number: 1, reason }),
  'POST /departments': makes('bureau', { name: '数据局', region: '210521' }),
  'POST /departments/{id}/succession': on(department, { successor: 'water', reason: '机构改革' }),
  'POST /matters': makes('WN', matterBody()),
  'POST /matters/{id}/revision': on(matter, { ...matterBody({ name: '核发许可（修订）' }), reason }),
  'POST /matters/{id}/revision-confirmation': on(matterToLighten, {}),
  'POST /matters/{id}/abolition': on(matter, ABOLITION),
  'POST /matters/{id}/abolition-confirmation': on(matterToAbolish, {}),
  'POST /templates': makes('process', templateBody(LICENCE)),
  'POST /templates/{id}/revision': on(template, { ...templateBody(LICENCE), name: '修订流程', reason }),
  'POST /templates/{id}/revision-confirmation': on(templateToLighten, {}),
  'POST /challenges': makes('challenge', CONDITION),
  'POST /challenges/{id}/answer': on(challenge, {
    law: '中华人民共和国行政许可法',
    article: '第三十一条',
    explanation: '依法应当提供',
  }),
  'POST /challenges/{id}/withdrawal': on(challenge, ABOLITION),
  'POST /challenges/{id}/withdrawal-confirmation': on(conditionToWithdraw, {}),
  'POST /challenges/{id}/escalation': { ...on(challenge), early: true },
  'POST /duties/{id}/assignment': on(matter, { person: 'nr-reviewer', from: TODAY }),
  'POST /catalogues': {
    body: async (world) => {
      await everyMatterHasItsPerson(world);
      return { id: world.id('catalogue'), effectiveFrom: TOMORROW };
    },
  },
  'POST /rosters/{id}/posts': {
    thing: ownRoster,
    body: async (world) => ({ window: '二号窗口', person: await clerk(world) }),
  },
  'POST /rosters/{id}/delegation': {
    thing: ownRoster,
    body: async (world) => ({
      delegation: world.id('授权'),
      person: await atWindow(world),
      full: true,
      until: '2027-06-30',
    }),
  },
  'POST /rosters/{id}/post-end': {
    thing: ownRoster,
    body: async (world) => ({ person: await atWindow(world) }),
  },
  'POST /rosters/{id}/closure': {
    thing: ownRoster,
    body: async (world) => ({ window: await emptyWindow(world), from: TOMORROW }),
  },
  'POST /rosters/{id}/delegation-revocation': {
    thing: ownRoster,
    body: async (world) => ({ delegation: await delegated(world), reason }),
  },
  'POST /rosters/{id}/reserved-acts': {
    thing: ownRoster,
    body: () => ({ acts: ['acceptance'], from: TOMORROW }),
  },
  'POST /projects': {
    body: (world) => ({ id: world.id('p'), name: '冷库', template: 'walk', applicant: 'li' }),
  },
  'POST /projects/{id}/applicant': on(registered, { applicant: 'li' }),
  'POST /projects/{id}/applicant-correction': on(wronglyNamed, { applicant: 'li', reason }),
  'POST /projects/{id}/key-designation': on((world) => project(world), { leader: 'leader', reason }),
  'POST /projects/{id}/campaigns': on((world) => project(world), { campaigns: ['investment-promotion'] }),
  'POST /mandates': makes('mandate', MANDATE),
  'POST /mandates/{id}/confirmation': on(mandate),
  'POST /mandates/{id}/revocation': on(mandate, { reason }),
  'POST /campaign-office/{id}/assignment': { ...on(department), stream: 'campaign-office' },
  'POST /campaign-office/{id}/end': { ...on(office), stream: 'campaign-office' },
};

/** A catalogue is published once every matter in force has a responsible person. */
export async function everyMatterHasItsPerson(world: World): Promise<void> {
  const { items } = await world.read(`/duty-gaps?on=${TOMORROW}`);
  for (const { matter: id, department: whose } of items) {
    const person = await world.account({
      id: world.id('clerk'),
      role: 'reviewer',
      department: whose ?? OWN_DEPARTMENT,
    });
    await world.server.caughtUp();
    await world.done('demo-admin', `/duties/${id}/assignment`, { person });
  }
  await world.server.caughtUp();
}
