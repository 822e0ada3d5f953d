import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accepted, askedOfOwn } from './cases.js';
import { type Walker } from './scene.js';
import { WALKERS } from './people.js';
import { FORESTRY, LICENCE, World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
  await world.go();
});
afterAll(() => world.close());

/** Every route that shows one application, and one project: the query, and a text that an answer which shows it contains. */
const showingApplication = (project: string, application: string) => [
  { path: `/applications/${application}`, shows: application },
  { path: `/applications/${application}/timeline`, shows: 'ApplicationAccepted' },
  { path: `/applications/${application}/clock`, shows: application },
  { path: `/projects/${project}`, shows: `"${application}"` },
  { path: `/projects?limit=200`, shows: `"application":"${application}"` },
  { path: `/projects?limit=200&applicant=li`, shows: `"application":"${application}"` },
  { path: `/projects/${project}/timeline?limit=200`, shows: `"application":"${application}"` },
  { path: `/projects/${project}/forecast`, shows: `"application":"${application}"` },
];
const showingProject = (project: string) => [
  { path: `/projects/${project}`, shows: `"${project}"` },
  { path: `/projects?limit=200`, shows: `"${project}"` },
  { path: `/projects?limit=200&applicant=li`, shows: `"${project}"` },
  { path: `/projects/${project}/timeline`, shows: 'ProjectRegistered' },
  { path: `/projects/${project}/forecast`, shows: `"${project}"` },
  { path: `/projects/${project}/conformance`, shows: `"${project}"` },
];

/** Lists of one's own: an agent's is empty until they name whom they act for. */
const isListOfOwn = ({ role }: Walker, path: string) => role === 'agent' && path === '/projects?limit=200';

async function seenBy(
  walker: Walker,
  questions: readonly { readonly path: string; readonly shows: string }[],
) {
  const seen: [string, boolean][] = [];
  for (const { path, shows } of questions) {
    if (isListOfOwn(walker, path)) continue;
    const { status, body } = await world.send(walker.id, 'GET', path, {});
    expect([200, 401, 403]).toContain(status);
    seen.push([path, status === 200 && JSON.stringify(body).includes(shows)]);
  }
  return seen;
}

const nameOf = ({ role, stand }: Walker) => `${role} (${stand})`;

/** Who sees a thing on every route, and who on none; a person who sees it on some only is in neither list. */
async function split(questions: readonly { readonly path: string; readonly shows: string }[]) {
  await world.server.caughtUp();
  const everywhere: string[] = [];
  const torn: string[] = [];
  for (const walker of WALKERS) {
    const answers = await seenBy(walker, questions);
    const seen = new Set(answers.map(([, isSeen]) => isSeen));
    if (seen.size > 1) torn.push(`${nameOf(walker)}: ${JSON.stringify(answers)}`);
    else if (seen.has(true)) everywhere.push(nameOf(walker));
  }
  return { everywhere, torn };
}

const OVERSEERS = ['supervisor (own)', 'leader (own)', 'campaign-office (own)', 'admin (own)'];
const OWN_SIDE = ['applicant (own)', 'agent (own)'];
const OWN_CLERKS = ['window (own)', 'reviewer (own)', 'department-head (own)'];

test('D19 an application is shown on every route to the same people', async () => {
  const application = await accepted(world);
  const project = application.slice(0, -LICENCE.length - 1);
  expect(await split(showingApplication(project, application))).toEqual({
    everywhere: [...OWN_SIDE, ...OWN_CLERKS, ...OVERSEERS],
    torn: [],
  });
});

test('D19 a project is shown on every route to the same people', async () => {
  const application = await accepted(world);
  const project = application.slice(0, -LICENCE.length - 1);
  expect(await split(showingProject(project))).toEqual({
    everywhere: [...OWN_SIDE, ...OWN_CLERKS, ...OVERSEERS],
    torn: [],
  });
});

test('D19 a department sees nothing of another’s application in a project of both', async () => {
  const application = await accepted(world);
  const project = application.slice(0, -LICENCE.length - 1);
  await world.server.caughtUp();
  const forester = { id: 'fo-head', role: 'department-head', stand: 'other' } as const;
  const answers = await seenBy(forester, showingApplication(project, application));
  expect(answers.filter(([, isSeen]) => isSeen)).toEqual([]);
  // The project is theirs too: they have a matter in it.
  expect((await seenBy(forester, showingProject(project))).filter(([, isSeen]) => !isSeen)).toEqual([]);
});

test('D19 a department that is asked for its opinion sees the application on every route', async () => {
  // The water bureau has no matter in the project, and is asked for its opinion.
  const application = await accepted(world);
  const project = application.slice(0, -LICENCE.length - 1);
  await world.done('nr-head', `/applications/${application}/consultation`, {
    ...{ departments: ['water'], question: '是否同意', days: 3 },
  });
  expect(await split(showingApplication(project, application))).toEqual({
    everywhere: [
      ...OWN_SIDE,
      ...['window', 'reviewer', 'department-head'].flatMap((role) => [`${role} (own)`, `${role} (other)`]),
      ...OVERSEERS,
    ],
    torn: [],
  });
});

test('D19 the agent sees the challenge that is the principal’s, and the principal the agent’s', async () => {
  const question = {
    matter: LICENCE,
    condition: { kind: 'other', name: '担保' },
    reason: '没有依据',
  };
  await world.done('li', '/challenges', { id: 'by-li', ...question });
  const byAgent = await world.send('agent-li', 'POST', '/challenges', {
    body: { id: 'by-agent', ...question, condition: { kind: 'other', name: '保证金' } },
    mandate: 'mandate-li',
  });
  expect(byAgent.status).toBe(201);
  await world.server.caughtUp();
  const read = async (as: string, path: string) => {
    const { status, body } = await world.send(as, 'GET', path, {});
    return [status, body?.challenger?.person ?? null];
  };
  const listed = async (as: string, query: string) => {
    const { status, body } = await world.send(as, 'GET', `/challenges?${query}`, {});
    return status === 200 ? body?.items.map(({ id }: { id: string }) => id).sort() : status;
  };
  for (const as of ['li', 'agent-li']) {
    expect([as, await read(as, '/challenges/by-li')]).toEqual([as, [200, 'li']]);
    expect([as, await read(as, '/challenges/by-agent')]).toEqual([as, [200, 'agent-li']]);
    expect([as, await listed(as, 'applicant=li')]).toEqual([as, ['by-agent', 'by-li']]);
  }
  for (const as of ['wang', 'agent-wang', 'agent-free', 'wa-head', 'no-supervisor']) {
    expect([as, await read(as, '/challenges/by-li')]).toEqual([as, [403, null]]);
    expect([as, await listed(as, 'applicant=li')]).toEqual([as, 403]);
  }
  // The department sees the question, not the person.
  expect(await read('nr-head', '/challenges/by-li')).toEqual([200, null]);
});

test('D19 a box of notices holds the applications that one sees', async () => {
  const application = await askedOfOwn(world);
  await world.done('fo-head', `/applications/${application}/suspension`, {
    ...{ cause: 'hearing', notice: '告知书二号', days: 5 },
  });
  await world.server.caughtUp();
  const box = async (as: string, to: string) => {
    const { status, body } = await world.send(as, 'GET', `/notices?limit=200&to=${to}`, {});
    return status === 200 ? JSON.stringify(body).includes(`"${application}"`) : status;
  };
  expect(application.endsWith(FORESTRY)).toBe(true);
  expect([await box('li', 'applicant:li'), await box('agent-li', 'applicant:li')]).toEqual([true, true]);
  for (const as of ['wang', 'agent-wang', 'agent-free', 'nr-head', 'no-leader']) {
    expect([as, await box(as, 'applicant:li')]).toEqual([as, 403]);
  }
});
