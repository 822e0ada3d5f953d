import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { application, CASE, day, MONDAY, TimedCase } from './timed-case.js';

let scenario: TimedCase;
beforeEach(async () => {
  scenario = await TimedCase.open();
});
afterEach(() => scenario.close());

describe('supervision', () => {
  test('3.1c the ladder climbs by itself, each level after its working days, in order also after downtime', async () => {
    await scenario.act('submission', 'demo-applicant');
    await scenario.act('acceptance', 'demo-window');
    await scenario.act('assignment', 'demo-window', { person: 'demo-reviewer', post: '审查' });
    await scenario.tick('2026-03-08T16:00:00.001Z');
    expect([(await scenario.found())['lamp'], await scenario.byTime()]).toEqual([
      'yellow',
      [['ApplicationWarned', null, '2026-03-08T16:00:00.000Z']],
    ]);
    // The server was down for a month.
    await scenario.tick('2026-04-20T01:00:00.000Z');
    expect(await scenario.byTime()).toEqual([
      ['ApplicationWarned', null, '2026-03-08T16:00:00.000Z'],
      ['ApplicationEscalated', 'department-head', '2026-03-09T16:00:00.000Z'],
      ['ApplicationEscalated', 'supervision', '2026-03-12T16:00:00.000Z'],
      ['ApplicationEscalated', 'deputy-county-head', '2026-03-17T16:00:00.000Z'],
      ['ApplicationEscalated', 'leading-group', '2026-03-24T16:00:00.000Z'],
      ['IdleHolderFlagged', null, '2026-04-20T01:00:00.000Z'],
    ]);
    await scenario.tick('2026-05-20T01:00:00.000Z');
    expect(await scenario.byTime()).toHaveLength(6);

    // Notices: yellow to the reviewer, red to the head, then to the supervision office and the leaders.
    const box = async (as: string, to?: string) => {
      const { body } = await scenario.server.get(`/notices${to === undefined ? '' : `?to=${to}`}`, as);
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
    const foreign = await scenario.server.get('/notices?to=head:natural-resources', 'demo-applicant');
    expect([foreign.status, foreign.body['code']]).toEqual([403, 'http.not-yours']);
  });

  test('3.1c an escalation cannot skip a level without a reason, and a solvable one is sent back down', async () => {
    await scenario.act('submission', 'demo-applicant');
    await scenario.act('acceptance', 'demo-window');
    const jump = { level: 'deputy-county-head', reason: '久拖不决' };
    const refused = await scenario.server.post(`${application}/escalation`, 'demo-applicant', jump);
    expect([refused.status, refused.body['code'], refused.body['params'], refused.body['messages']]).toEqual([
      422,
      'application.level-skipped',
      { application: CASE, skipped: 'department-head, supervision' },
      {
        zh: `申请 ${CASE} 越过部门负责人、督查室提级，应当写明越级理由`,
        en: `The escalation of application ${CASE} skips department-head, supervision; give the reason in skipReason`,
      },
    ]);
    expect((await scenario.found())['escalation']).toBeNull();
    await scenario.act('escalation', 'demo-applicant', { ...jump, skipReason: '涉及两个部门' });
    expect((await scenario.found())['escalation']).toBe('deputy-county-head');
    await scenario.act('escalation-return', 'demo-supervisor', {
      level: 'department-head',
      reason: '部门可自行协调',
    });
    expect((await scenario.found())['escalation']).toBe('department-head');
    // From there the ladder goes on once the application is late: three working days after the promised end.
    await scenario.tick('2026-03-12T16:00:00.001Z');
    expect((await scenario.found())['escalation']).toBe('supervision');
  });

  test('3.2c a step over its limit gives a yellow inside a case that is in time', async () => {
    await scenario.act('submission', 'demo-applicant');
    await scenario.act('acceptance', 'demo-window');
    await scenario.tick('2026-03-03T16:00:00.000Z');
    expect((await scenario.found())['lamp']).toBe('green');
    await scenario.tick('2026-03-03T16:00:00.001Z');
    expect(await scenario.found()).toMatchObject({
      lamp: 'yellow',
      due: { promised: '2026-03-09T16:00:00.000Z', yellow: '2026-03-03T16:00:00.000Z' },
      stepOverrun: { step: 'assignment', since: MONDAY },
    });
    expect(await scenario.byTime()).toEqual([
      ['ApplicationWarned', 'assignment', '2026-03-03T16:00:00.000Z'],
    ]);
    expect(await scenario.lampExplained()).toEqual(['yellow', { step: 'assignment', since: MONDAY }]);
    expect(await scenario.lampExplained('2026-03-03T15:59:59.999Z')).toEqual(['green', null]);
    const yellow = await scenario.server.get('/worklist?lamp=yellow', 'demo-window');
    expect(yellow.body['items'].map((one: Body) => one['id'])).toEqual([CASE]);
    const overview = await scenario.server.get('/reports/overview', 'demo-leader');
    expect(overview.body['lamps']).toEqual({ green: 0, yellow: 1, red: 0 });

    await scenario.act('assignment', 'demo-window', { person: 'demo-reviewer', post: '审查' });
    expect(await scenario.found()).toMatchObject({
      lamp: 'green',
      due: { yellow: '2026-03-08T16:00:00.000Z' },
      stepOverrun: null,
    });
    expect(await scenario.lampExplained()).toEqual(['green', null]);
  });

  test('a daily canary proves that the ladder ran; its silence is an alarm and a metric; no report counts it', async () => {
    const health = async (): Promise<Body> => (await scenario.server.get('/health/ready')).body;
    /** Of the canaries alone: joint review sessions are due by the same clock. */
    const steps = async (): Promise<number> => {
      const types = ['CanaryReleased', 'CanaryClimbed'];
      const pages = await Promise.all(
        types.map((type) => scenario.server.get(`/audit?type=${type}&limit=100`, 'demo-supervisor')),
      );
      return pages.reduce((sum, { body }) => sum + body['items'].length, 0);
    };
    const metrics = () => scenario.server.metrics();
    await scenario.server.caughtUp();
    const overview = await scenario.server.get('/reports/overview', 'demo-leader');
    const before = await steps();
    await scenario.tick(MONDAY);
    expect(await steps()).toBe(before + 6);
    expect((await health())['canary']).toEqual({ homeAt: MONDAY, ageSeconds: 0, silent: false });
    expect((await health())['alarms']).toEqual([]);
    await scenario.tick(day(2, '05'));
    expect(await steps()).toBe(before + 6);
    const { asOf: _before, basis: _then, ...numbers } = overview.body;
    const after = await scenario.server.get('/reports/overview', 'demo-leader');
    const { asOf: _after, basis: _now, ...same } = after.body;
    expect(same).toEqual(numbers);

    scenario.clock.to('2026-03-03T03:00:00.001Z');
    expect(await health()).toMatchObject({
      status: 'ready',
      alarms: ['canary silent: the escalation ladder does not run'],
      canary: { homeAt: MONDAY, ageSeconds: 26 * 3_600, silent: true },
    });
    expect(await metrics()).toContain('zhitong_canary_silent 1\n');
    await scenario.tick('2026-03-03T03:00:00.001Z');
    expect((await health())['alarms']).toEqual([
      'joint review session 2026-03-01 was not held on 2026-03-02',
    ]);
    expect(await metrics()).toContain('zhitong_canary_silent 0\n');
    expect(await metrics()).toContain('zhitong_policy_acts_total{policy="timers"} 10\n');
  });
});
