import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { acts, applicant, head, playedUnder, window, TERMS } from '#libs/county/approval/testing';
import { calendarOf } from '#libs/law/calendar';
import { type Actor } from '#libs/engine/event-sourcing';
import { timersOf, workingDaysLater } from './case-timers.js';
import { tables } from './testing/tables.js';

const { calendar } = tables;
const { submit, accept, assign, suspend, escalate, approve, deliver } = acts('p1-GC-02');

/** Ten in the morning on Tuesday 24 November 2026, and later that week. */
const TUESDAY = '2026-11-24T02:00:00.000Z';
const THURSDAY = '2026-11-26T02:00:00.000Z';
const timers = (...given: Parameters<typeof playedUnder> extends [unknown, ...infer Rest] ? Rest : never) =>
  timersOf(playedUnder(calendar, ...given).state, tables);

const PROMISED = '2026-12-01T16:00:00.000Z';
const LADDER = [
  { name: 'escalation', level: 'department-head', since: PROMISED, at: PROMISED },
  { name: 'escalation', level: 'supervision', since: PROMISED, at: '2026-12-04T16:00:00.000Z' },
  {
    name: 'escalation',
    level: 'deputy-county-head',
    since: '2026-12-04T16:00:00.000Z',
    at: '2026-12-09T16:00:00.000Z',
  },
  {
    name: 'escalation',
    level: 'leading-group',
    since: '2026-12-09T16:00:00.000Z',
    at: '2026-12-16T16:00:00.000Z',
  },
];
const YELLOW = { name: 'yellow', at: '2026-11-30T16:00:00.000Z' };
const step = (name: string, at: string, since = TUESDAY) => ({ name: 'step', step: name, since, at });

/** Five working days after Thursday 26 November. */
const PROCEDURE_OVER = { name: 'procedure', since: THURSDAY, at: '2026-12-03T16:00:00.000Z' };

describe('what time will bring about', () => {
  test('received: the notice is due, and acceptance is a step', () => {
    expect(timers(submit(TUESDAY))).toEqual([
      step('acceptance', '2026-11-27T16:00:00.000Z'),
      { name: 'notice', since: TUESDAY, at: '2026-12-01T16:00:00.000Z' },
    ]);
  });

  test('accepted: a reviewer is due, then yellow, and the whole ladder, rung by rung', () => {
    expect(timers(submit(TUESDAY), accept(TUESDAY))).toEqual([
      step('assignment', '2026-11-25T16:00:00.000Z'),
      YELLOW,
      ...LADDER,
    ]);
    expect(timers(submit(TUESDAY), accept(TUESDAY), assign(TUESDAY))).toEqual([
      step('review', '2026-11-27T16:00:00.000Z'),
      YELLOW,
      ...LADDER,
    ]);
  });

  test('a step is counted from its own beginning, by the limit of the department, and not past the promised end', () => {
    expect(timers(submit(TUESDAY), accept(TUESDAY), assign(THURSDAY))).toEqual([
      YELLOW,
      // Three working days from Thursday end with the promise itself.
      ...LADDER,
    ]);
    const water = { department: null };
    expect(timers(submit(TUESDAY, water), accept(TUESDAY), assign(TUESDAY))[0]).toEqual(
      step('review', '2026-11-27T16:00:00.000Z'),
    );
  });

  test('an escalation by hand counts as its rung, and the ladder goes on from there', () => {
    const late = '2026-12-03T02:00:00.000Z';
    expect(timers(submit(TUESDAY), accept(TUESDAY), assign(THURSDAY), escalate(late)).slice(1)).toEqual([
      { name: 'escalation', level: 'supervision', since: late, at: '2026-12-08T16:00:00.000Z' },
      {
        name: 'escalation',
        level: 'deputy-county-head',
        since: '2026-12-08T16:00:00.000Z',
        at: '2026-12-11T16:00:00.000Z',
      },
      {
        name: 'escalation',
        level: 'leading-group',
        since: '2026-12-11T16:00:00.000Z',
        at: '2026-12-18T16:00:00.000Z',
      },
    ]);
  });

  test('suspended: nothing runs but the time of the procedure; decided: delivery is owed; delivered: nothing is', () => {
    const begun = [submit(TUESDAY), accept(TUESDAY), assign(TUESDAY)];
    expect(timers(...begun, suspend(THURSDAY))).toEqual([PROCEDURE_OVER]);
    const decided = [...begun, approve(THURSDAY)];
    expect(timers(...decided)).toEqual([step('delivery', '2026-12-03T16:00:00.000Z', THURSDAY)]);
    expect(timers(...decided, deliver(THURSDAY))).toEqual([]);
  });

  test('missing materials and consultations have deadlines of their own, also while the clock is stopped', () => {
    const id = 'p1-GC-02';
    const by = (actor: Actor) => ({ actor, now: TUESDAY, occurredAt: TUESDAY });
    const begun: Parameters<typeof timers> = [
      submit(TUESDAY),
      {
        type: 'AcceptWithDeficiency',
        id,
        missing: ['日照分析报告'],
        days: 5,
        listed: [{ name: '日照分析报告', key: false, basis: '城乡规划法 Art. 40' }],
        meta: by(window),
      },
      assign(TUESDAY),
      {
        type: 'RequestConsultation',
        id,
        departments: ['water'],
        question: '是否在河道管理范围内',
        days: 3,
        unknown: [],
        meta: by(head),
      },
    ];
    const owed = [
      { name: 'consultation', at: '2026-11-27T16:00:00.000Z' },
      { name: 'deficiency', at: '2026-12-01T16:00:00.000Z' },
    ];
    expect(timers(...begun, suspend(THURSDAY))).toEqual([...owed, PROCEDURE_OVER]);
    expect(timers(...begun).filter(({ name }) => ['consultation', 'deficiency'].includes(name))).toEqual(
      owed,
    );
    const withdrawn = { type: 'WithdrawApplication', id, meta: by(applicant) } as const;
    expect(timers(...begun, withdrawn)).toEqual([]);
  });

  test('a case of an imported log is history', () => {
    expect(timers(submit(TUESDAY, {}, '2026-11-25T00:00:00.000Z'))).toEqual([]);
    expect(timersOf({ at: 'absent' }, tables)).toEqual([]);
  });

  test('a case without any limit has its steps, what is missing, what is asked and its permit', () => {
    const terms = { statutory: null, promised: null, basis: null, verified: false };
    const id = 'p1-GC-02';
    const by = (actor: Actor) => ({ actor, now: TUESDAY, occurredAt: TUESDAY });
    const submitted = submit(TUESDAY, { terms });
    expect(timers(submitted)).toEqual([step('acceptance', '2026-11-27T16:00:00.000Z')]);
    const deficient: Parameters<typeof timers>[0] = {
      type: 'AcceptWithDeficiency',
      id,
      missing: ['日照分析报告'],
      days: 5,
      listed: [{ name: '日照分析报告', key: false, basis: '城乡规划法 Art. 40' }],
      meta: by(window),
    };
    expect(timers(submitted, deficient)).toEqual([
      step('assignment', '2026-11-25T16:00:00.000Z'),
      { name: 'deficiency', at: '2026-12-01T16:00:00.000Z' },
    ]);
    const asked: Parameters<typeof timers>[0] = {
      type: 'RequestConsultation',
      id,
      departments: ['water'],
      question: '是否在河道管理范围内',
      days: 3,
      unknown: [],
      meta: by(head),
    };
    expect(timers(submitted, accept(TUESDAY), assign(TUESDAY), asked)).toEqual([
      { name: 'consultation', at: '2026-11-27T16:00:00.000Z' },
      step('review', '2026-11-27T16:00:00.000Z'),
    ]);
  });

  describe('the end of a permit', () => {
    const granted = (works: ReturnType<typeof acts>, validUntil: string | null = null) => [
      works.submit(TUESDAY),
      works.accept(TUESDAY),
      { ...works.approve(TUESDAY), ...(validUntil === null ? {} : { validUntil }) },
      works.deliver(TUESDAY),
    ];
    const validity = (lastDay: string, at: string) => ({
      name: 'permit',
      cause: 'validity',
      lastDay,
      article: '行政许可法 Art. 50',
      since: TUESDAY,
      at,
    });
    const own = acts('p1-GC-02');

    test('A8 is announced forty-five days before its last day, so that its holder can apply thirty days before', () => {
      // From 10 October to 24 November 2027 it is 45 days, whatever days are worked.
      expect(timers(...granted(own, '2027-11-24'))).toEqual([
        validity('2027-11-24', '2027-10-09T16:00:00.000Z'),
      ]);
      // Where the law of the matter asks for 45 days, fifteen days before that: 25 September.
      const renewal = { applyDaysBefore: 45, article: '取水许可和水资源费征收管理条例 Art. 25' };
      const [, ...rest] = granted(own, '2027-11-24');
      expect(timers(own.submit(TUESDAY, { terms: { ...TERMS, renewal } }), ...rest)).toEqual([
        { ...validity('2027-11-24', '2027-09-24T16:00:00.000Z'), article: renewal.article },
      ]);
      // Nearer than that, as soon as it is delivered.
      expect(timers(...granted(own, '2026-12-01'))).toEqual([validity('2026-12-01', TUESDAY)]);
      expect(timers(...granted(own))).toEqual([]);
    });

    test('of a construction permit comes when works have not begun within three months (建筑法 Art. 9)', () => {
      const use = {
        name: 'permit',
        cause: 'use',
        lastDay: '2027-02-24',
        article: '建筑法 Art. 9',
        since: TUESDAY,
        at: '2027-02-02T16:00:00.000Z',
      };
      const works = acts('p1-SG-05');
      expect(timers(...granted(works))).toEqual([use]);
      const told = {
        type: 'FireTimer',
        id: 'p1-SG-05',
        timer: use,
        meta: {
          actor: { person: 'clock', post: null, department: null, role: 'system' },
          now: '2027-02-03T01:00:00.000Z',
          occurredAt: use.at,
        },
      } as Parameters<typeof timers>[0];
      expect(timers(...granted(works), told)).toEqual([]);
      const begun = {
        type: 'ReportPermitUse',
        id: 'p1-SG-05',
        on: '2026-12-01',
        missing: [],
        meta: {
          actor: { person: 'demo-applicant', post: null, department: null, role: 'applicant' },
          now: '2026-12-01T02:00:00.000Z',
          occurredAt: '2026-12-01T02:00:00.000Z',
        },
      } as Parameters<typeof timers>[0];
      expect(timers(...granted(works), begun)).toEqual([]);
      // A day of rest moves the last day, and with it the notice.
      const holidays = calendarOf({ version: 'h', holidays: { '2027-02-24': '假', '2027-02-25': '假' } });
      const { state } = playedUnder(calendar, ...granted(works));
      expect(timersOf(state, { ...tables, calendar: holidays })).toEqual([
        { ...use, lastDay: '2027-02-26', at: '2027-02-02T16:00:00.000Z' },
      ]);
    });
  });

  test('they follow the present calendar', () => {
    const holidays = calendarOf({ version: 'h', holidays: { '2026-11-30': '假' } });
    const { state } = playedUnder(calendar, submit(TUESDAY), accept(TUESDAY), assign(THURSDAY));
    expect(timersOf(state, { ...tables, calendar: holidays })[0]).toEqual({
      name: 'yellow',
      at: '2026-12-01T16:00:00.000Z',
    });
  });
});

test('working days are counted after the day that a midnight ends', () => {
  expect([
    workingDaysLater(calendar, PROMISED, 0),
    workingDaysLater(calendar, PROMISED, 1),
    workingDaysLater(calendar, '2026-12-01T16:00:00.001Z', 1),
    workingDaysLater(calendar, '2026-12-01T02:00:00.000Z', 1),
  ]).toEqual([PROMISED, '2026-12-02T16:00:00.000Z', '2026-12-03T16:00:00.000Z', '2026-12-02T16:00:00.000Z']);
});
