import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.project('mill', 'small');
  await county.project('dam', 'small');
  await county.handIn('mill-LX-06');
  await county.done('/applications/mill-LX-06/acceptance', 'demo-window');
  await county.done('/projects/dam/key-designation', 'demo-campaign', {
    leader: 'demo-leader',
    reason: '省重点',
  });
  await county.server.caughtUp();
});
afterAll(() => county.close());

const as = 'demo-supervisor';
const ids = ({ items }: Body): readonly string[] => items.map(({ id }: Body) => id);

test('22.7 a list of projects says whose turn it is, the worst lamp, the earliest end and the leader', async () => {
  const [dam, mill] = (await county.read('/projects?sort=name', as)).items;
  const { lamp, waitingFor, leaderName } = mill;
  expect({ lamp, waitingFor, leaderName }).toEqual({
    lamp: 'green',
    waitingFor: {
      party: 'department',
      department: 'natural-resources',
      matter: 'LX-06',
      since: mill.applications[0].submittedAt,
    },
    leaderName: null,
  });
  expect(dam.waitingFor).toEqual({
    party: 'applicant',
    department: null,
    matter: dam.applications[0].matter,
    since: dam.registeredAt,
  });
  expect([dam.lamp, dam.leaderName, dam.forecast.day > '2026-11-24']).toEqual([null, '演示县领导', true]);
});

test('22.7 projects are found by words, template, leader, department and lamp, and put in order', async () => {
  const found = async (query: string) => ids(await county.read(`/projects?${query}`, as));
  expect(await found('q=DAM')).toEqual(['dam']);
  expect(await found('q=.*')).toEqual([]);
  expect(await found('leader=demo-leader')).toEqual(['dam']);
  expect(await found('lamp=green,red')).toEqual(['mill']);
  expect(await found('lamp=red')).toEqual([]);
  expect(await found('sort=-name')).toEqual(['mill', 'dam']);
  expect(await found('sort=registeredAt')).toEqual((await found('sort=-registeredAt')).toReversed());
  expect((await found('department=natural-resources&template=small')).length).toBe(2);
  expect(await found('template=large')).toEqual([]);
});

test('22.7 the board of key projects says since when it waits for whom, why, and how far it slips', async () => {
  const [item] = (await county.read('/reports/key-projects', as)).items;
  const { project, lamp, cause, causeZh, workingDays, finish, slipDays, leaderName } = item;
  expect({ project, lamp, cause, causeZh, workingDays, slipDays, leaderName }).toEqual({
    project: 'dam',
    lamp: null,
    cause: null,
    causeZh: null,
    workingDays: null,
    slipDays: 0,
    leaderName: '演示县领导',
  });
  expect(finish).toBe(item.forecast.day);
  expect(item.waitingFor.party).toBe('applicant');
});

test('22.7 the audit takes several types, a project, a correlation, a text and a position, and goes both ways', async () => {
  const audit = async (query: string): Promise<Body> => (await county.read(`/audit?${query}`, as)).items;
  const ofMill = await audit('project=mill&order=asc');
  expect(ofMill.map(({ type }: Body) => type)).toEqual([
    'ProjectRegistered',
    'ApplicationSubmitted',
    'ApplicationAccepted',
  ]);
  const [registered, submitted, accepted] = ofMill;
  const both = await audit('type=ApplicationSubmitted,ProjectRegistered&order=asc');
  expect(both.map(({ position }: Body) => position)).toContain(submitted.position);
  expect(new Set(both.map(({ type }: Body) => type))).toEqual(
    new Set(['ApplicationSubmitted', 'ProjectRegistered']),
  );
  expect(both.map(({ position }: Body) => position)).toEqual(
    (await audit('type=ApplicationSubmitted,ProjectRegistered'))
      .map(({ position }: Body) => position)
      .toReversed(),
  );
  // The number of the receipt was taken in the same request.
  const together = await audit(`correlation=${accepted.correlationId}&order=asc`);
  expect(together.map(({ type }: Body) => type).sort()).toEqual(['ApplicationAccepted', 'NumberTaken']);
  expect(await audit(`correlation=${accepted.correlationId}&project=mill`)).toEqual([accepted]);
  expect(await audit(`position=${registered.position}`)).toEqual([registered]);
  expect(await audit(`position=${registered.position}&type=ApplicationAccepted`)).toEqual([]);
  expect((await audit('q=mill-LX-06')).length).toBeGreaterThan(0);
  expect((await county.server.get(`/events/${accepted.position}`, as)).body).toEqual(accepted);
  for (const position of ['x', '-1', '99999999999999999999', '9223372036854775807'])
    expect((await county.server.get(`/events/${position}`, as)).status).toBe(404);
  expect((await county.server.get('/audit?type=ApplicationSubmitted,Nothing', as)).status).toBe(400);
});

test('22.7 whole audits are the same in both orders, page by page', async () => {
  const pages = async (order: string): Promise<readonly string[]> => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Body = await county.read(
        `/audit?order=${order}&limit=7${cursor === null ? '' : `&cursor=${cursor}`}`,
        as,
      );
      found.push(...page.items.map(({ position }: Body) => position));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  };
  expect((await pages('asc')).toReversed()).toEqual(await pages('desc'));
});

test('22.7 types of events have words and fields; signals are counted by kind, between days', async () => {
  const { items } = await county.read('/event-types', 'demo-applicant');
  expect(items.find(({ type }: Body) => type === 'AccountClosed')).toEqual({
    type: 'AccountClosed',
    zh: '注销账号',
    en: 'Account closed',
    fields: ['account', 'reason'],
  });
  const signals = await county.read('/reports/signals', as);
  const counted = signals.counts.reduce((sum: number, { count }: Body) => sum + count, 0);
  expect(counted).toBe(signals.items.length);
  expect((await county.read('/reports/signals?from=2027-01-01&to=2027-01-31', as)).items).toEqual([]);
  expect((await county.server.get('/reports/signals?from=2027-01-02&to=2027-01-01', as)).status).toBe(400);
});

test('22.7 matters are found by words; their scores by department, in order of a figure', async () => {
  const matters = await county.read('/matters?q=用地预审', 'demo-applicant');
  expect(matters.items.length).toBeGreaterThan(0);
  expect(matters.items.every(({ name }: Body) => name.includes('用地预审'))).toBe(true);
  const scores = await county.read('/reports/matters?department=natural-resources&sort=-steps&limit=200', as);
  expect(new Set(scores.items.map(({ department }: Body) => department))).toEqual(
    new Set(['natural-resources']),
  );
  const page = await county.read('/reports/matters?department=natural-resources&sort=-steps&limit=2', as);
  const next = await county.read(
    `/reports/matters?department=natural-resources&sort=-steps&limit=2&cursor=${page.nextCursor}`,
    as,
  );
  expect([...page.items, ...next.items]).toEqual(scores.items.slice(0, 4));
});

test('22.7 a matter for which nobody is responsible says null; one that is not there is not found', async () => {
  const answer = await county.server.http.get('/api/v1/matters/LX-06/responsible');
  expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([
    200,
    'null',
    'application/json; charset=utf-8',
  ]);
  expect((await county.server.get('/matters/XX-99/responsible', as)).status).toBe(404);
});
