import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Policies } from '#libs/shell/system';
import { type Body } from '../e2e/server.js';
import { materialsOf } from '../support/materials.js';
import { application, CASE, day, MONDAY, TimedCase } from './timed-case.js';

let scenario: TimedCase;
beforeEach(async () => {
  scenario = await TimedCase.open();
});
afterEach(() => scenario.close());

describe('deemed acceptance (行政许可法 Art. 32(4))', () => {
  const DEADLINE = '2026-03-09T16:00:00.000Z';

  test('without a notice in five working days the case is accepted as of the receipt, once, by two workers and across restarts', async () => {
    await scenario.act('submission', 'demo-applicant');
    await scenario.tick(DEADLINE);
    expect((await scenario.found())['stage']).toBe('submitted');

    await scenario.restart();
    scenario.clock.to('2026-03-09T16:00:00.001Z');
    const other = scenario.secondWorker();
    await Promise.all([scenario.server.app.get(Policies).catchUp(), other.catchUp()]);
    expect(
      [scenario.server.app.get(Policies).status(), other.status()].flat().flatMap(({ faults }) => faults),
    ).toEqual([]);
    await scenario.restart();
    await Promise.all([scenario.secondWorker().catchUp(), scenario.server.app.get(Policies).catchUp()]);
    await scenario.server.caughtUp();

    // Five working days were promised from the acceptance, which is the receipt: the promise ends with the notice.
    expect(await scenario.byTime()).toEqual([
      ['ApplicationWarned', 'acceptance', '2026-03-05T16:00:00.000Z'],
      ['ApplicationDeemedAccepted', null, DEADLINE],
      ['ApplicationWarned', null, '2026-03-08T16:00:00.000Z'],
      ['ApplicationEscalated', 'department-head', DEADLINE],
    ]);
    expect(await scenario.found()).toMatchObject({
      stage: 'accepted',
      acceptedAt: MONDAY,
      due: { promised: DEADLINE, yellow: '2026-03-08T16:00:00.000Z' },
      lamp: 'red',
      escalation: 'department-head',
    });
    const { body } = await scenario.server.get('/reports/accountability?project=mill', 'demo-supervisor');
    const breaches = (body['breaches'] as Body[]).map((one) => [
      one['code'],
      one['article'],
      one['detail']['dueAt'],
    ]);
    expect(breaches).toContainEqual(['notice-missing', '行政许可法 Art. 32(4)', DEADLINE]);
  });

  test('after a supplement the five days run from its receipt', async () => {
    await scenario.act('submission', 'demo-applicant');
    await scenario.act('supplement-request', 'demo-window', {
      items: [{ material: '宗地图', reason: '缺图' }],
    });
    await scenario.tick(day(12));
    expect((await scenario.found())['stage']).toBe('supplement-requested');
    await scenario.act('supplement', 'demo-applicant');
    await scenario.tick('2026-03-19T16:00:00.000Z');
    expect((await scenario.found())['stage']).toBe('submitted');
    await scenario.tick('2026-03-19T16:00:00.001Z');
    expect(await scenario.found()).toMatchObject({ stage: 'accepted', acceptedAt: day(12) });
  });

  test('a term from receipt waits for what the notice asked for: no department is late by it', async () => {
    // 施工许可: seven calendar days from receipt, one promised.
    const permit = '/applications/mill-SG-05';
    const done = async (path: string, as: string, body: object = {}) => {
      expect([path, (await scenario.server.post(path, as, body)).status]).toEqual([
        path,
        path === '/accounts' ? 201 : 202,
      ]);
      await scenario.server.caughtUp();
    };
    const found = async () => (await scenario.server.get(permit, 'demo-supervisor')).body;
    await done('/accounts', 'demo-admin', {
      ...{ id: 'jian', displayName: '建', role: 'window', password: 'jian-password' },
      ...{ department: 'housing-construction', post: '窗口' },
    });
    await done(`${permit}/submission`, 'demo-applicant', {
      materials: await materialsOf(scenario.server, 'mill-SG-05'),
    });
    expect(await found()).toMatchObject({
      due: { promised: '2026-03-03T16:00:00.000Z', statutory: '2026-03-09T16:00:00.000Z' },
    });
    await done(`${permit}/supplement-request`, 'jian', { items: [{ material: '施工图', reason: '缺章' }] });
    await scenario.tick(day(12));
    expect(await found()).toMatchObject({
      ...{ stage: 'supplement-requested', lamp: 'green', escalation: null },
      due: { promised: null, statutory: null, yellow: null },
    });
    await done(`${permit}/supplement`, 'demo-applicant');
    const due = {
      ...{ promised: '2026-03-13T16:00:00.000Z', statutory: '2026-03-19T16:00:00.000Z' },
      ...{ yellow: '2026-03-12T16:00:00.000Z', provisional: false },
    };
    expect(await found()).toMatchObject({ stage: 'submitted', lamp: 'green', due });
    const { body: clock } = await scenario.server.get(`${permit}/clock`, 'demo-supervisor');
    const supplementPeriod = {
      ...{ from: MONDAY, to: day(12), cause: 'supplement', article: '行政许可法 Art. 32(4)' },
    };
    expect(clock).toMatchObject({ due, supplementPeriod, suspensions: [] });
    expect(clock['statutory']['days'].map((one: Body) => [one['day'], one['counted'], one['cause']])).toEqual(
      [
        ['2026-03-02', 0, null],
        ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((one) => [day(one).slice(0, 10), 0, 'supplement']),
      ],
    );
    await done(`${permit}/acceptance`, 'jian');
    expect(await found()).toMatchObject({ stage: 'accepted', due });
    // From here on the department is the late one; it is notified once.
    await scenario.tick(day(16));
    const { body } = await scenario.server.get(`${permit}/timeline?limit=100`, 'demo-supervisor');
    const warned = (body['items'] as Body[]).filter(({ type }) => type === 'ApplicationWarned');
    expect(warned.map(({ step, occurredAt }) => [step, occurredAt])).toContainEqual([null, due.yellow]);
    expect((await found())['escalation']).toBe('department-head');
  });
});

describe('the clock', () => {
  test('stops for an expert review with a written notice, runs again, and is explained day by day', async () => {
    await scenario.act('submission', 'demo-applicant');
    scenario.clock.to(day(3));
    await scenario.act('acceptance', 'demo-window');
    await scenario.act('assignment', 'demo-window', { person: 'demo-reviewer', post: '审查' });
    scenario.clock.to(day(4));
    const unlawful = await scenario.server.post(`${application}/suspension`, 'demo-reviewer', {
      cause: 'holiday-of-the-head',
      notice: '1号',
      days: 3,
    });
    expect([unlawful.status, unlawful.body['code'], unlawful.body['errors'][0]['field']]).toEqual([
      400,
      'http.invalid-input',
      'cause',
    ]);
    await scenario.act('suspension', 'demo-reviewer', {
      cause: 'expert-review',
      notice: '本资告〔2026〕7号',
      days: 5,
    });
    expect(await scenario.found()).toMatchObject({ holder: { party: 'excluded-procedure' }, lamp: 'green' });
    const refused = await scenario.server.post(`${application}/approval`, 'demo-head', {});
    expect([refused.status, refused.body['code'], refused.body['article']]).toEqual([
      409,
      'application.suspended',
      '行政许可法 Art. 45',
    ]);
    scenario.clock.to(day(10));
    await scenario.act('resumption', 'demo-reviewer', { result: '通过' });
    scenario.clock.to(day(11));
    await scenario.act('extension', 'demo-head', { days: 2, reason: '需要复核' });
    const told = await scenario.server.get('/notices', 'demo-applicant');
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
    const again = await scenario.server.post(`${application}/extension`, 'demo-head', {
      days: 1,
      reason: 'x',
    });
    expect([again.status, again.body['code'], again.body['article']]).toEqual([
      409,
      'application.extended-before',
      '行政许可法 Art. 42',
    ]);

    const { status, body } = await scenario.server.get(
      `${application}/clock?asOf=2026-03-19`,
      'demo-applicant',
    );
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
      calendarVersion: scenario.server.system.calendar.version,
      lamp: 'red',
    });

    // As it stood before the review was ordered.
    const before = await scenario.server.get(`${application}/clock?asOf=${day(3, '02')}`, 'demo-applicant');
    expect(before.body).toMatchObject({
      suspensions: [],
      extensions: [],
      promised: { total: { used: 0, left: 5 } },
    });

    const wrong = await Promise.all(
      ['soon', '2026-02-01', '2046-01-01', '0001-01-01', '9999-12-31T23:59:59-12:00'].map((asOf) =>
        scenario.server.get(`${application}/clock?asOf=${asOf}`, 'demo-applicant'),
      ),
    );
    expect(wrong.map((one) => [one.status, one.body['errors'][0]['field']])).toEqual(
      wrong.map(() => [400, 'asOf']),
    );

    const part = await scenario.server.get(
      `${application}/clock?asOf=2026-03-19&from=2026-03-15`,
      'demo-applicant',
    );
    const dayNames = (list: Body[]) => list.map((one) => one['day']).filter((name) => name >= '2026-03-15');
    expect(part.body['promised']['days'].map((one: Body) => one['day'])).toEqual(dayNames(days));
    expect([part.body['listedFrom'], part.body['promised']['total']]).toEqual(['2026-03-15', total]);
    const turned = await scenario.server.get(
      `${application}/clock?from=2026-03-21&asOf=2026-03-19`,
      'demo-head',
    );
    expect([turned.status, turned.body['errors'][0]['field']]).toEqual([400, 'asOf']);

    const { body: held } = await scenario.server.get(
      '/reports/accountability?project=mill',
      'demo-supervisor',
    );
    const minutes = (held['items'] as Body[]).reduce((sum, one) => sum + Number(one['minutes']), 0);
    expect(minutes).toBe(held['totalMinutes']);
    expect(
      (held['items'] as Body[])
        .filter((one) => one['party'] === 'excluded-procedure')
        .map((one) => one['minutes']),
    ).toEqual([6 * 24 * 60]);
  });

  test('deadlines survive a new notice of holidays: live answers follow it, what was recorded stays', async () => {
    await scenario.act('submission', 'demo-applicant');
    await scenario.act('acceptance', 'demo-window');
    await scenario.act('assignment', 'demo-window', { person: 'demo-reviewer', post: '审查' });
    const before = await scenario.found();
    expect(before['due']['promised']).toBe('2026-03-09T16:00:00.000Z');

    const file = join(scenario.directory, 'overrides.yaml');
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
    await scenario.restart({ HOLIDAYS_FILE: file });
    expect(scenario.server.system.calendar.version).toContain('+2026.2.');
    const after = await scenario.found();
    expect([after['due']['promised'], after['dueAt'], after['calendarVersion']]).toEqual([
      '2026-03-11T16:00:00.000Z',
      '2026-03-11T16:00:00.000Z',
      scenario.server.system.calendar.version,
    ]);
    const { body } = await scenario.server.get(`${application}/clock?asOf=2026-03-12`, 'demo-applicant');
    expect([body['due'], body['recorded'], body['calendarVersion']]).toEqual([
      after['due'],
      { due: before['due'], calendarVersion: before['calendarVersion'] },
      scenario.server.system.calendar.version,
    ]);
    // The lamp, the worklist and the timers go by the present calendar.
    await scenario.tick('2026-03-10T01:00:00.000Z');
    expect((await scenario.found())['lamp']).toBe('green');
    const listed = await scenario.server.get('/worklist?lamp=red', 'demo-window');
    expect(listed.body['items']).toEqual([]);
    await scenario.tick('2026-03-11T16:00:00.001Z');
    expect(await scenario.found()).toMatchObject({ lamp: 'red', escalation: 'department-head' });
    await scenario.act('approval', 'demo-head', {});
    const last = await scenario.server.system.eventStore.lastPosition();
    const decision = await scenario.server.system.eventStore.readAt(last ?? 0n);
    expect([decision?.type, decision?.metadata.calendarVersion]).toEqual([
      'ApplicationApproved',
      scenario.server.system.calendar.version,
    ]);
  });
});
