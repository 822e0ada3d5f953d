import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CHALLENGE_RUNNER, type ChallengeRunner } from '#libs/law/catalogue';
import { ChallengePolicy } from '#libs/law/catalogue/http';
import { ReadModels } from '#libs/engine/event-sourcing';
import { testMeta } from '#libs/engine/event-sourcing-testing';
import { asTwoAdmins } from '../support/second-admin.js';
import { type Answer, type Body, TestServer } from '../e2e/server.js';

/** Monday 16 November 2026, 10:00 in China. */
let now = Date.parse('2026-11-16T02:00:00.000Z');
/** The tenth working day after it is Monday 30 November, whose end is 16:00 UTC. */
const DUE = '2026-11-30T16:00:00.000Z';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ clock: { now: () => now } });
  await server.post('/matters', 'demo-admin', {
    id: 'TS-01',
    name: '试点事项',
    nameEn: 'Trial matter',
    kind: 'licence',
    department: 'natural-resources',
    legalBasis: [{ law: '城乡规划法', article: 'Art. 40', verified: true }],
    statutory: null,
    promised: null,
    limitsVerified: true,
    materials: [
      { name: '总平面图', key: true, basis: '城乡规划法 Art. 40' },
      { name: '邻里同意书', key: false, basis: '内部规定' },
    ],
    steps: ['受理', '踏勘', '决定'],
    effectiveFrom: '2020-01-01',
  });
});
afterAll(() => server.remove());

const refusal = ({ status, body }: Answer) => [status, body['code'], body['article']];
const challenge = (id: string, name: string, over: object = {}, as = 'demo-applicant') =>
  server.post('/challenges', as, {
    id,
    matter: 'TS-01',
    condition: { kind: 'material', name },
    reason: '法律没有要求',
    ...over,
  });
const act = (id: string, what: string, as: string, body: object = {}) =>
  server.post(`/challenges/${id}/${what}`, as, body);
const found = async (id: string, as = 'demo-supervisor'): Promise<Body> => {
  await server.caughtUp();
  return (await server.get(`/challenges/${id}`, as)).body;
};
const listed = async (query: string, as = 'demo-supervisor'): Promise<Body[]> => {
  await server.caughtUp();
  return (await server.get(`/challenges?${query}`, as)).body['items'];
};
const ids = (items: readonly Body[]) => items.map(({ id }) => id);

const APPLICANT = { person: 'demo-applicant', post: null, department: null, role: 'applicant' };
const BASIS = '优化营商环境条例 Art. 35';
const LEADER = { person: 'demo-leader', post: '副县长', department: 'county-government', role: 'leader' };
const HEAD = { person: 'demo-head', post: '局长', department: 'natural-resources', role: 'department-head' };

test('2.2c an enterprise challenges a condition; the department answers with law and article', async () => {
  expect((await challenge('c1', '总平面图')).status).toBe(201);
  expect(await found('c1')).toEqual({
    id: 'c1',
    matter: 'TS-01',
    matterVersion: 1,
    department: 'natural-resources',
    condition: { kind: 'material', name: '总平面图' },
    reason: '法律没有要求',
    challenger: APPLICANT,
    challengedAt: '2026-11-16T02:00:00.000Z',
    dueAt: DUE,
    status: 'open',
    end: null,
    escalatedAt: null,
    awaited: true,
    revision: '0',
    overdue: false,
  });
  const answer = { law: '城乡规划法', article: 'Art. 40', explanation: '法定材料' };
  expect((await act('c1', 'answer', 'demo-head', answer)).status).toBe(202);
  expect(await found('c1')).toMatchObject({
    status: 'answered',
    end: {
      by: HEAD,
      at: '2026-11-16T02:00:00.000Z',
      late: false,
      law: '城乡规划法',
      article: 'Art. 40',
      text: '法定材料',
      matterVersion: null,
    },
  });
  expect(refusal(await act('c1', 'withdrawal', 'demo-head', { reason: '改主意', article: BASIS }))).toEqual([
    409,
    'challenge.closed',
    undefined,
  ]);
});

test('7 2.2c a condition withdrawn by two persons gives the catalogue a version without it, which names who did it', async () => {
  await challenge('c2', '邻里同意书');
  const reason = '没有法定依据，予以取消';
  expect(refusal(await act('c2', 'withdrawal', 'demo-head', { reason }))).toEqual([
    422,
    'challenge.withdrawal-without-article',
    undefined,
  ]);
  expect((await act('c2', 'withdrawal', 'demo-head', { reason, article: BASIS })).status).toBe(202);
  expect(await found('c2')).toMatchObject({
    status: 'open',
    withdrawal: { by: HEAD, reason, article: BASIS },
  });
  expect((await server.get('/matters/TS-01', 'demo-applicant')).body['matterVersion']).toBe(1);
  expect(refusal(await act('c2', 'withdrawal-confirmation', 'demo-head')).slice(0, 2)).toEqual([
    403,
    'challenge.withdrawal-by-one',
  ]);
  expect((await act('c2', 'withdrawal-confirmation', 'demo-leader')).status).toBe(202);
  expect(await found('c2')).toMatchObject({
    status: 'withdrawn',
    end: { late: false, text: reason, matterVersion: 2 },
  });
  const matter = (await server.get('/matters/TS-01', 'demo-applicant')).body;
  expect([matter['matterVersion'], matter['materials'].map(({ name }: Body) => name)]).toEqual([
    2,
    ['总平面图'],
  ]);
  const { body } = await server.get('/matters/TS-01/comparison?from=1&to=2', 'demo-leader');
  expect(body['cut']).toEqual([
    {
      kind: 'material',
      name: '邻里同意书',
      version: 2,
      by: LEADER,
      proposedBy: 'demo-head',
      at: '2026-11-16T02:00:00.000Z',
      reason,
    },
  ]);
  expect(refusal(await challenge('c3', '邻里同意书'))).toEqual([
    422,
    'challenge.no-such-condition',
    undefined,
  ]);
});

test('2.2c the same withdrawal again makes no second version', async () => {
  await challenge('c4', '踏勘', { condition: { kind: 'step', name: '踏勘' } });
  await act('c4', 'withdrawal', 'demo-head', { reason: '并入审查', article: BASIS });
  const send = () =>
    server.post('/challenges/c4/withdrawal-confirmation', 'demo-leader', {}, { 'idempotency-key': 'w4' });
  const [first, second] = [await send(), await send()];
  expect([second.status, second.body]).toEqual([202, first.body]);
  await server.caughtUp();
  expect((await server.get('/matters/TS-01', 'demo-applicant')).body['matterVersion']).toBe(3);
});

test('2.2c a threshold outside the catalogue is challenged in words, and withdrawn without a version', async () => {
  await challenge('c5', '先交保证金', { condition: { kind: 'other', name: '先交保证金' } });
  await act('c5', 'withdrawal', 'demo-head', { reason: '不再收取', article: BASIS });
  await act('c5', 'withdrawal-confirmation', 'demo-leader');
  expect(await found('c5')).toMatchObject({ status: 'withdrawn', end: { matterVersion: null } });
  expect((await server.get('/matters/TS-01', 'demo-applicant')).body['matterVersion']).toBe(3);
});

test('2.2c a challenge that is not answered within its limit shows as overdue, and escalates', async () => {
  await challenge('c6', '总平面图', {}, 'demo-supervisor');
  now = Date.parse(DUE);
  expect(ids(await listed('status=open&overdue=true'))).toEqual([]);
  expect(refusal(await act('c6', 'escalation', 'demo-supervisor'))).toEqual([
    409,
    'challenge.not-overdue',
    undefined,
  ]);
  now += 1;
  expect(ids(await listed('status=open&overdue=true'))).toEqual(['c6']);
  expect((await found('c6'))['overdue']).toBe(true);
  expect((await act('c6', 'escalation', 'demo-supervisor')).status).toBe(202);
  expect((await found('c6'))['escalatedAt']).toBe('2026-11-30T16:00:00.001Z');
  await act('c6', 'answer', 'demo-head', { law: '城乡规划法', article: 'Art. 40', explanation: '迟复' });
  expect(await found('c6')).toMatchObject({ status: 'answered', overdue: false, end: { late: true } });
  expect(ids(await listed('status=open&overdue=true'))).toEqual([]);
});

test('2.2c the department sees what is challenged and not by whom; others see nothing', async () => {
  await asTwoAdmins(server, '/accounts', {
    id: 'water-head',
    displayName: '水务局长',
    role: 'department-head',
    password: 'long enough',
    department: 'water',
    post: '局长',
    from: '2026-01-01',
  });
  await asTwoAdmins(server, '/accounts', {
    id: 'rival',
    displayName: '别家企业',
    role: 'applicant',
    password: 'long enough',
  });
  await challenge('c7', '总平面图');
  expect((await found('c7', 'demo-applicant'))['challenger']).toEqual(APPLICANT);
  expect((await found('c7', 'demo-head'))['challenger']).toBeNull();
  expect((await listed('', 'demo-head')).map(({ id, challenger }) => [id, challenger])).toEqual([
    ['c7', null],
  ]);
  expect(ids(await listed('', 'demo-applicant'))).toEqual(expect.arrayContaining(['c1', 'c7']));
  expect(ids(await listed('', 'rival'))).toEqual([]);
  expect(ids(await listed('', 'water-head'))).toEqual([]);
  for (const as of ['rival', 'water-head']) expect((await server.get('/challenges/c7', as)).status).toBe(403);
  const elsewhere = await act('c7', 'answer', 'water-head', {
    law: '水法',
    article: 'Art. 1',
    explanation: '非本局',
  });
  expect(refusal(elsewhere)).toEqual([403, 'challenge.other-department', '行政许可法 Art. 22']);
});

test('2.2c a challenge that cannot be read, or that is of nothing, stores nothing', async () => {
  const events = await server.events();
  expect([
    refusal(await challenge('c8', '总平面图', { matter: 'XX-99' })),
    refusal(await challenge('c8', '')),
    refusal(await challenge('c8', '总平面图', { condition: { kind: 'price', name: '费用' } })),
    refusal(await challenge('c1', '总平面图')),
    refusal(await challenge('c8', '总平面图', {}, 'demo-head')),
    refusal(await act('c7', 'answer', 'demo-head', { law: '', article: 'Art. 40', explanation: '无' })),
    refusal(await act('none', 'withdrawal', 'demo-head', { reason: '无', article: BASIS })),
    refusal(await act('none', 'escalation', 'demo-supervisor')),
  ]).toEqual([
    [422, 'challenge.unknown-matter', undefined],
    [400, 'http.invalid-input', undefined],
    [400, 'http.invalid-input', undefined],
    [409, 'challenge.exists', undefined],
    [403, 'http.wrong-role', undefined],
    [400, 'http.invalid-input', undefined],
    [404, 'challenge.unknown', undefined],
    [404, 'challenge.unknown', undefined],
  ]);
  expect(await server.events()).toBe(events);
  expect((await server.get('/challenges?overdue=true', 'demo-supervisor')).status).toBe(400);
});

test('2.2c the policy escalates unanswered challenges in order, once each, with two workers', async () => {
  await challenge('d1', '总平面图');
  now += 86_400_000;
  await challenge('d2', '总平面图');
  await server.caughtUp();
  const policy = new ChallengePolicy({
    models: server.app.get(ReadModels),
    challenges: server.app.get<ChallengeRunner>(CHALLENGE_RUNNER, { strict: false }),
    meta: (id, at, time) =>
      testMeta({
        commandId: id,
        actor: { person: 'clock', post: null, department: null, role: 'system' },
        occurredAt: at,
        now: time,
      }),
  });
  const instant = () => new Date(now).toISOString();
  const due = async () => (await policy.due(instant(), null)).tasks;
  const before = await due();
  expect(before.map(({ challenge: id }) => id)).not.toContain('d1');

  // Three weeks of downtime later.
  now += 21 * 86_400_000;
  const tasks = await due();
  expect(tasks.map(({ challenge: id }) => id).slice(-2)).toEqual(['d1', 'd2']);
  for (const work of tasks) {
    const [first, second] = await Promise.all([
      policy.perform(work, instant()),
      policy.perform(work, instant()),
    ]);
    expect(second.revision).toBe(first.revision);
  }
  await server.caughtUp();
  expect(await due()).toEqual([]);
  const types = [];
  for await (const { type } of server.system.eventStore.readStream('challenge-d1', 0n)) types.push(type);
  expect(types).toEqual(['ThresholdChallenged', 'ChallengeEscalated']);
  expect((await found('d1'))['escalatedAt']).toBe((await found('d1'))['dueAt']);
});
