import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ApplicationRunner, applicationDecider } from '#libs/approval';
import { DeciderRunner, PolicyRunner } from '#libs/event-sourcing';
import { Clock } from '#libs/nest';
import { canaryDecider, TimersPolicy } from '#libs/supervision';
import { Policies } from '#libs/system';
import { type Body, TestServer } from '../e2e/server.js';

/** Time moves when a test says so. */
class HandClock extends Clock {
  constructor(private at: string) {
    super();
  }

  override now(): number {
    return Date.parse(this.at);
  }

  to(instant: string): void {
    this.at = instant;
  }
}

/** Nine o'clock in China on a Monday; no holiday is near. */
const MONDAY = '2026-03-02T01:00:00.000Z';
const day = (number: number, hour = '01') => `2026-03-${String(number).padStart(2, '0')}T${hour}:00:00.000Z`;
const CASE = 'mill-LX-06';
const application = `/applications/${CASE}`;

let directory: string;
let clock: HandClock;
let server: TestServer;

const start = (env: Record<string, string> = {}) => TestServer.start({ directory, clock, env });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-clock-'));
  clock = new HandClock(MONDAY);
  server = await start();
  await server.post('/projects', 'demo-applicant', { id: 'mill', name: '水磨', template: 'small' });
});
afterEach(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

const act = async (path: string, as: string, body: object = {}) => {
  const answer = await server.post(`${application}/${path}`, as, body);
  expect([path, answer.status, answer.body['code']]).toEqual([path, 202, undefined]);
  await server.caughtUp();
};

/** The process with the role `clock` comes by at an instant. */
const tick = async (instant: string) => {
  clock.to(instant);
  await server.app.get(Policies).catchUp();
  await server.caughtUp();
};

const found = async (): Promise<Body> => (await server.get(application, 'demo-supervisor')).body;

/** What time did to the case, in the order of the log: type, what it is about, and when. */
const byTime = async () => {
  const { body } = await server.get(`${application}/timeline?limit=100`, 'demo-supervisor');
  return (body['items'] as Body[])
    .filter((item) => item['role'] === 'system')
    .sort((a, b) => Number(a['revision']) - Number(b['revision']))
    .map((item) => [item['type'], item['level'] ?? item['step'], item['occurredAt']]);
};

/** Another worker on the same log: its own runners, which remember nothing of the first. */
function secondWorker(): PolicyRunner {
  const { eventStore, models, calendar, projections } = server.system;
  const versions = () => ({ calendarVersion: calendar.version, catalogueVersion: null });
  const applications: ApplicationRunner = new DeciderRunner(eventStore, applicationDecider({ calendar }), {
    versions,
  });
  const canaries = new DeciderRunner(eventStore, canaryDecider, { versions });
  return new PolicyRunner([new TimersPolicy({ models, applications, canaries })], {
    now: () => new Date(clock.now()).toISOString(),
    reached: (position) => projections.waitFor(position, 10_000),
  });
}

describe('deemed acceptance (行政许可法 Art. 32(4))', () => {
  const DEADLINE = '2026-03-09T16:00:00.000Z';

  test('without a notice in five working days the case is accepted as of the receipt, once, by two workers and across restarts', async () => {
    await act('submission', 'demo-applicant');
    await tick(DEADLINE);
    expect((await found())['stage']).toBe('submitted');

    await server.stop();
    server = await start();
    clock.to('2026-03-09T16:00:00.001Z');
    const other = secondWorker();
    await Promise.all([server.app.get(Policies).catchUp(), other.catchUp()]);
    expect(
      [server.app.get(Policies).status(), other.status()].flat().flatMap(({ faults }) => faults),
    ).toEqual([]);
    await server.stop();
    server = await start();
    await Promise.all([secondWorker().catchUp(), server.app.get(Policies).catchUp()]);
    await server.caughtUp();

    // Five working days were promised from the acceptance, which is the receipt: the promise ends with the notice.
    expect(await byTime()).toEqual([
      ['ApplicationWarned', 'acceptance', '2026-03-05T16:00:00.000Z'],
      ['ApplicationDeemedAccepted', null, DEADLINE],
      ['ApplicationWarned', null, '2026-03-08T16:00:00.000Z'],
      ['ApplicationEscalated', 'department-head', DEADLINE],
    ]);
    expect(await found()).toMatchObject({
      stage: 'accepted',
      acceptedAt: MONDAY,
      due: { promised: DEADLINE, yellow: '2026-03-08T16:00:00.000Z' },
      lamp: 'red',
      escalation: 'department-head',
    });
    const { body } = await server.get('/reports/accountability?project=mill', 'demo-supervisor');
    const breaches = (body['breaches'] as Body[]).map((one) => [
      one['code'],
      one['article'],
      one['detail']['dueAt'],
    ]);
    expect(breaches).toContainEqual(['notice-missing', '行政许可法 Art. 32(4)', DEADLINE]);
  });

  test('after a supplement the five days run from its receipt', async () => {
    await act('submission', 'demo-applicant');
    await act('supplement-request', 'demo-window', { items: [{ material: '宗地图', reason: '缺图' }] });
    await tick(day(12));
    expect((await found())['stage']).toBe('supplement-requested');
    await act('supplement', 'demo-applicant');
    await tick('2026-03-19T16:00:00.000Z');
    expect((await found())['stage']).toBe('submitted');
    await tick('2026-03-19T16:00:00.001Z');
    expect(await found()).toMatchObject({ stage: 'accepted', acceptedAt: day(12) });
  });
});

describe('the clock', () => {
  test('stops for an expert review with a written notice, runs again, and is explained day by day', async () => {
    await act('submission', 'demo-applicant');
    clock.to(day(3));
    await act('acceptance', 'demo-window');
    await act('assignment', 'demo-window', { person: 'demo-reviewer', post: '审查' });
    clock.to(day(4));
    const unlawful = await server.post(`${application}/suspension`, 'demo-reviewer', {
      cause: 'holiday-of-the-head',
      notice: '1号',
      days: 3,
    });
    expect([unlawful.status, unlawful.body['code'], unlawful.body['errors'][0]['field']]).toEqual([
      400,
      'http.invalid-input',
      'cause',
    ]);
    await act('suspension', 'demo-reviewer', {
      cause: 'expert-review',
      notice: '本资告〔2026〕7号',
      days: 5,
    });
    expect(await found()).toMatchObject({ holder: { party: 'excluded-procedure' }, lamp: 'green' });
    const refused = await server.post(`${application}/approval`, 'demo-head', {});
    expect([refused.status, refused.body['code'], refused.body['article']]).toEqual([
      409,
      'application.suspended',
      '行政许可法 Art. 45',
    ]);
    clock.to(day(10));
    await act('resumption', 'demo-reviewer', { result: '通过' });
    clock.to(day(11));
    await act('extension', 'demo-head', { days: 2, reason: '需要复核' });
    const told = await server.get('/notices', 'demo-applicant');
    expect(told.body).toEqual({
      items: [
        {
          application: CASE,
          project: 'mill',
          stage: 'accepted',
          notices: [
            ['extended', '需要复核', day(11), '5'],
            ['resumed', '通过', day(10), '4'],
            ['suspended', '本资告〔2026〕7号', day(4), '3'],
          ].map(([kind, text, occurredAt, revision]) => ({
            kind,
            to: ['applicant:demo-applicant'],
            level: null,
            step: null,
            text,
            occurredAt,
            revision,
          })),
        },
      ],
      nextCursor: null,
    });
    const again = await server.post(`${application}/extension`, 'demo-head', { days: 1, reason: 'x' });
    expect([again.status, again.body['code'], again.body['article']]).toEqual([
      409,
      'application.extended-before',
      '行政许可法 Art. 42',
    ]);

    const { status, body } = await server.get(`${application}/clock?asOf=2026-03-19`, 'demo-applicant');
    expect(status).toBe(200);
    const { days, parts, total } = body['promised'];
    expect(
      days.map((one: Body) => [one['day'].slice(8), one['counted'], one['reason'], one['cause']]),
    ).toEqual([
      ['02', 0, 'before-start', null],
      ['03', 0, 'start-day', null],
      ['04', 1, 'working-day', null],
      ['05', 0, 'suspended', 'expert-review'],
      ['06', 0, 'suspended', 'expert-review'],
      ['07', 0, 'weekend', null],
      ['08', 0, 'weekend', null],
      ['09', 0, 'suspended', 'expert-review'],
      ['10', 0, 'suspended', 'expert-review'],
      ['11', 1, 'working-day', null],
      ['12', 1, 'working-day', null],
      ['13', 1, 'working-day', null],
      ['14', 0, 'weekend', null],
      ['15', 0, 'weekend', null],
      ['16', 1, 'working-day', null],
      ['17', 1, 'extension', null],
      ['18', 1, 'extension', null],
      ['19', 1, 'working-day', null],
    ]);
    expect(days.reduce((sum: number, one: Body) => sum + Number(one['counted']), 0)).toBe(total['used']);
    expect(Object.values(parts).reduce((sum, part) => Number(sum) + Number(part), 0)).toBe(days.length);
    expect(total).toMatchObject({
      limit: 5,
      extended: 2,
      budget: 7,
      used: 8,
      left: -1,
      dueDay: '2026-03-18',
    });
    expect(body).toMatchObject({
      asOf: '2026-03-19T15:59:59.999Z',
      calendarVersion: server.system.calendar.version,
      lamp: 'red',
    });

    // As it stood before the review was ordered.
    const before = await server.get(`${application}/clock?asOf=${day(3, '02')}`, 'demo-applicant');
    expect(before.body).toMatchObject({
      suspensions: [],
      extensions: [],
      promised: { total: { used: 0, left: 5 } },
    });

    const wrong = await Promise.all(
      ['soon', '2026-02-01', '2046-01-01', '0001-01-01', '9999-12-31T23:59:59-12:00'].map((asOf) =>
        server.get(`${application}/clock?asOf=${asOf}`, 'demo-applicant'),
      ),
    );
    expect(wrong.map((one) => [one.status, one.body['errors'][0]['field']])).toEqual(
      wrong.map(() => [400, 'asOf']),
    );

    const { body: held } = await server.get('/reports/accountability?project=mill', 'demo-supervisor');
    const minutes = (held['items'] as Body[]).reduce((sum, one) => sum + Number(one['minutes']), 0);
    expect(minutes).toBe(held['totalMinutes']);
    expect(
      (held['items'] as Body[])
        .filter((one) => one['party'] === 'excluded-procedure')
        .map((one) => one['minutes']),
    ).toEqual([6 * 24 * 60]);
  });

  test('deadlines survive a new notice of holidays: live answers follow it, what was recorded stays', async () => {
    await act('submission', 'demo-applicant');
    await act('acceptance', 'demo-window');
    await act('assignment', 'demo-window', { person: 'demo-reviewer', post: '审查' });
    const before = await found();
    expect(before['due']['promised']).toBe('2026-03-09T16:00:00.000Z');

    await server.stop();
    const file = join(directory, 'overrides.yaml');
    const notice = { working: false, name: '临时放假', notice: '县政府 2026-3' };
    writeFileSync(
      file,
      JSON.stringify({
        version: '2026.2',
        days: [
          { day: '2026-03-05', ...notice },
          { day: '2026-03-06', ...notice },
        ],
      }),
    );
    server = await start({ HOLIDAYS_FILE: file });
    expect(server.system.calendar.version).toContain('+2026.2.');
    const after = await found();
    expect([after['due']['promised'], after['dueAt'], after['calendarVersion']]).toEqual([
      '2026-03-11T16:00:00.000Z',
      '2026-03-11T16:00:00.000Z',
      server.system.calendar.version,
    ]);
    const { body } = await server.get(`${application}/clock?asOf=2026-03-12`, 'demo-applicant');
    expect([body['due'], body['recorded'], body['calendarVersion']]).toEqual([
      after['due'],
      { due: before['due'], calendarVersion: before['calendarVersion'] },
      server.system.calendar.version,
    ]);
    // The lamp, the worklist and the timers go by the present calendar.
    await tick('2026-03-10T01:00:00.000Z');
    expect((await found())['lamp']).toBe('green');
    const listed = await server.get('/worklist?lamp=red', 'demo-window');
    expect(listed.body['items']).toEqual([]);
    await tick('2026-03-11T16:00:00.001Z');
    expect(await found()).toMatchObject({ lamp: 'red', escalation: 'department-head' });
    await act('approval', 'demo-head', {});
    const last = await server.system.eventStore.lastPosition();
    const decision = await server.system.eventStore.readAt(last ?? 0n);
    expect([decision?.type, decision?.metadata.calendarVersion]).toEqual([
      'ApplicationApproved',
      server.system.calendar.version,
    ]);
  });
});

describe('supervision', () => {
  test('3.1c the ladder climbs by itself, each level after its working days, in order also after downtime', async () => {
    await act('submission', 'demo-applicant');
    await act('acceptance', 'demo-window');
    await act('assignment', 'demo-window', { person: 'demo-reviewer', post: '审查' });
    await tick('2026-03-08T16:00:00.001Z');
    expect([(await found())['lamp'], await byTime()]).toEqual([
      'yellow',
      [['ApplicationWarned', null, '2026-03-08T16:00:00.000Z']],
    ]);
    // Nobody was there for a month.
    await tick('2026-04-20T01:00:00.000Z');
    expect(await byTime()).toEqual([
      ['ApplicationWarned', null, '2026-03-08T16:00:00.000Z'],
      ['ApplicationEscalated', 'department-head', '2026-03-09T16:00:00.000Z'],
      ['ApplicationEscalated', 'supervision', '2026-03-12T16:00:00.000Z'],
      ['ApplicationEscalated', 'deputy-county-head', '2026-03-17T16:00:00.000Z'],
      ['ApplicationEscalated', 'leading-group', '2026-03-24T16:00:00.000Z'],
      ['IdleHolderFlagged', null, '2026-04-20T01:00:00.000Z'],
    ]);
    await tick('2026-05-20T01:00:00.000Z');
    expect(await byTime()).toHaveLength(6);

    // Each was told: the reviewer of yellow, the head of red, then the supervision office and the leaders.
    const box = async (as: string, to?: string) => {
      const { body } = await server.get(`/notices${to === undefined ? '' : `?to=${to}`}`, as);
      return (body['items'] as Body[]).flatMap((item) =>
        (item['notices'] as Body[]).map((one) => [item['application'], one['kind'], one['level']]),
      );
    };
    expect(await box('demo-reviewer')).toEqual([[CASE, 'term-yellow', null]]);
    expect(await box('demo-head')).toEqual([[CASE, 'escalated', 'department-head']]);
    expect(await box('demo-supervisor')).toEqual([[CASE, 'escalated', 'supervision']]);
    expect(await box('demo-leader')).toEqual([[CASE, 'escalated', 'deputy-county-head']]);
    expect(await box('demo-leader', 'level:leading-group')).toEqual([[CASE, 'escalated', 'leading-group']]);
    expect(await box('demo-window')).toHaveLength(5);
    expect(await box('demo-applicant')).toEqual([]);
    const foreign = await server.get('/notices?to=head:natural-resources', 'demo-applicant');
    expect([foreign.status, foreign.body['code']]).toEqual([403, 'http.not-yours']);
  });

  test('3.1c an escalation cannot skip a level without a reason, and a solvable one is sent back down', async () => {
    await act('submission', 'demo-applicant');
    await act('acceptance', 'demo-window');
    const jump = { level: 'deputy-county-head', reason: '久拖不决' };
    const refused = await server.post(`${application}/escalation`, 'demo-applicant', jump);
    expect([refused.status, refused.body['code'], refused.body['params'], refused.body['messages']]).toEqual([
      422,
      'application.level-skipped',
      { application: CASE, skipped: 'department-head, supervision' },
      {
        zh: `申请 ${CASE} 提级越过 department-head, supervision，应当写明越级理由`,
        en: `The escalation of application ${CASE} passes over department-head, supervision: skipReason must say why`,
      },
    ]);
    expect((await found())['escalation']).toBeNull();
    await act('escalation', 'demo-applicant', { ...jump, skipReason: '涉及两个部门' });
    expect((await found())['escalation']).toBe('deputy-county-head');
    await act('escalation-return', 'demo-supervisor', { level: 'department-head', reason: '部门可自行协调' });
    expect((await found())['escalation']).toBe('department-head');
    // From there the ladder goes on once the case is late: three working days after the promised end.
    await tick('2026-03-12T16:00:00.001Z');
    expect((await found())['escalation']).toBe('supervision');
  });

  test('3.2c a step over its limit gives a yellow inside a case that is in time', async () => {
    await act('submission', 'demo-applicant');
    await act('acceptance', 'demo-window');
    await tick('2026-03-03T16:00:00.000Z');
    expect((await found())['lamp']).toBe('green');
    await tick('2026-03-03T16:00:00.001Z');
    expect(await found()).toMatchObject({
      lamp: 'yellow',
      due: { promised: '2026-03-09T16:00:00.000Z', yellow: '2026-03-03T16:00:00.000Z' },
      stepOverrun: { step: 'assignment', since: MONDAY },
    });
    expect(await byTime()).toEqual([['ApplicationWarned', 'assignment', '2026-03-03T16:00:00.000Z']]);
    const yellow = await server.get('/worklist?lamp=yellow', 'demo-window');
    expect(yellow.body['items'].map((one: Body) => one['id'])).toEqual([CASE]);
    const overview = await server.get('/reports/overview', 'demo-leader');
    expect(overview.body['lamps']).toEqual({ green: 0, yellow: 1, red: 0 });

    await act('assignment', 'demo-window', { person: 'demo-reviewer', post: '审查' });
    expect(await found()).toMatchObject({
      lamp: 'green',
      due: { yellow: '2026-03-08T16:00:00.000Z' },
      stepOverrun: null,
    });
  });

  test('a daily canary proves that the ladder ran; its silence is an alarm and a metric; no report counts it', async () => {
    const health = async (): Promise<Body> => (await server.get('/health/ready')).body;
    /** Of the canaries alone: joint review sessions are due by the same clock. */
    const steps = async (): Promise<number> => {
      const types = ['CanaryReleased', 'CanaryClimbed'];
      const pages = await Promise.all(
        types.map((type) => server.get(`/audit?type=${type}&limit=100`, 'demo-supervisor')),
      );
      return pages.reduce((sum, { body }) => sum + body['items'].length, 0);
    };
    const metrics = async () => (await fetch(`${server.url}/metrics`)).text();
    await server.caughtUp();
    const overview = await server.get('/reports/overview', 'demo-leader');
    const before = await steps();
    await tick(MONDAY);
    expect(await steps()).toBe(before + 6);
    expect((await health())['canary']).toEqual({ homeAt: MONDAY, ageSeconds: 0, silent: false });
    expect((await health())['alarms']).toEqual([]);
    await tick(day(2, '05'));
    expect(await steps()).toBe(before + 6);
    const { asOf: _before, ...numbers } = overview.body;
    const { asOf: _after, ...same } = (await server.get('/reports/overview', 'demo-leader')).body;
    expect(same).toEqual(numbers);

    clock.to('2026-03-03T03:00:00.001Z');
    expect(await health()).toMatchObject({
      status: 'ready',
      alarms: ['canary silent: the escalation ladder does not run'],
      canary: { homeAt: MONDAY, ageSeconds: 26 * 3_600, silent: true },
    });
    expect(await metrics()).toContain('zhitong_canary_silent 1\n');
    await tick('2026-03-03T03:00:00.001Z');
    expect((await health())['alarms']).toEqual([
      'joint review session 2026-03-01 was not held on 2026-03-02',
    ]);
    expect(await metrics()).toContain('zhitong_canary_silent 0\n');
    expect(await metrics()).toContain('zhitong_policy_acts_total{policy="timers"} 10\n');
  });
});
