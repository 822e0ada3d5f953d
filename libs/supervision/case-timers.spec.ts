import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { acts, applicant, head, playedUnder, window } from '#libs/approval/testing';
import { calendarOf } from '#libs/calendar';
import { type Actor } from '#libs/event-sourcing';
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

describe('what time will bring about', () => {
  test('received: the notice is owed, and acceptance is a step', () => {
    expect(timers(submit(TUESDAY))).toEqual([
      step('acceptance', '2026-11-27T16:00:00.000Z'),
      { name: 'notice', since: TUESDAY, at: '2026-12-01T16:00:00.000Z' },
    ]);
  });

  test('accepted: a reviewer is owed, then yellow, and the whole ladder, rung by rung', () => {
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

  test('suspended: nothing runs; decided: delivery is owed; delivered: nothing is', () => {
    const begun = [submit(TUESDAY), accept(TUESDAY), assign(TUESDAY)];
    expect(timers(...begun, suspend(THURSDAY))).toEqual([]);
    const decided = [...begun, approve(THURSDAY)];
    expect(timers(...decided)).toEqual([step('delivery', '2026-12-03T16:00:00.000Z', THURSDAY)]);
    expect(timers(...decided, deliver(THURSDAY))).toEqual([]);
  });

  test('what is missing and what is asked have deadlines of their own, also while the clock stands still', () => {
    const id = 'p1-GC-02';
    const by = (actor: Actor) => ({ actor, now: TUESDAY, occurredAt: TUESDAY });
    const begun: Parameters<typeof timers> = [
      submit(TUESDAY),
      {
        type: 'AcceptWithDeficiency',
        id,
        missing: ['日照分析报告'],
        days: 5,
        listed: [{ name: '日照分析报告', key: false }],
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
    expect(timers(...begun, suspend(THURSDAY))).toEqual(owed);
    expect(timers(...begun).filter(({ name }) => ['consultation', 'deficiency'].includes(name))).toEqual(
      owed,
    );
    const withdrawn = { type: 'WithdrawApplication', id, meta: by(applicant) } as const;
    expect(timers(...begun, withdrawn)).toEqual([]);
  });

  test('a case of an imported log is history, and one without limits is owed nothing', () => {
    expect(timers(submit(TUESDAY, {}, '2026-11-25T00:00:00.000Z'))).toEqual([]);
    const terms = { statutory: null, promised: null, basis: null, verified: false };
    expect(timers(submit(TUESDAY, { terms }))).toEqual([]);
    expect(timersOf({ at: 'absent' }, tables)).toEqual([]);
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
