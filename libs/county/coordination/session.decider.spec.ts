import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { calendarOf } from '#libs/law/calendar';
import { type Actor, type CommandMeta } from '#libs/engine/event-sourcing';
import { actor, type CommandWithFacts, deciderSpec } from '#libs/engine/event-sourcing-testing';
import { type Agenda, type SessionCommand } from './session.commands.js';
import { sessionDecider } from './session.decider.js';
import { type AgendaItem, type SessionEvent } from './session.events.js';
import { SESSION_MESSAGES } from './session.messages.js';
import { type SessionSchedule } from './session.schedule.js';

const schedule: SessionSchedule = {
  version: '2026.1',
  days: [1, 16],
  shift: 'next-working-day',
  agendaLimit: 100,
};
// The 16th of August 2026 is a Sunday: the session is held on Monday the 17th.
const spec = deciderSpec(sessionDecider({ calendar: calendarOf({ version: 'weekends' }), schedule }), {
  facts: {
    ConveneJointReview: ['agenda'],
    OpenJointReview: ['unknown'],
    ResolveAgendaItem: ['unknown', 'ended', 'elsewhere'],
  },
});
const SESSION = '2026-08-16';
const DAY = '2026-08-17';
const MORNING = '2026-08-17T01:00:00.000Z';

const clock = actor('clock', 'system');
const office = actor('demo-campaign', 'campaign-office', 'campaign-office');
const at = (now: string, by: Actor = office): Partial<CommandMeta> => ({ actor: by, now, occurredAt: now });

const item = (application: string, over: Partial<AgendaItem> = {}): AgendaItem => ({
  application,
  project: 'p1',
  projectName: '冷库',
  matter: 'GC-02',
  department: 'natural-resources',
  reasons: ['stalled'],
  cause: 'reviewer-idle',
  dueAt: null,
  dispute: null,
  evidence: [
    { event: 'e1', position: '7', type: 'ReviewerAssigned', occurredAt: '2026-07-01T01:00:00.000Z' },
  ],
  carryCount: 0,
  ...over,
});
const mill = item('p1-GC-02', { carryCount: 1 });
const dam = item('p2-GC-02', { department: 'water' });
const agenda: Agenda = {
  items: [mill, dam],
  asOf: '2026-08-16T16:00:01.000Z',
  more: false,
  carriedFrom: '2026-08-01',
  settled: [{ application: 'p3-GC-02', carryCount: 1 }],
};

type Bare = CommandWithFacts<SessionCommand>;
const toSchedule: Bare = {
  type: 'ScheduleJointReview',
  id: SESSION,
  nominalDay: SESSION,
  meta: at('2026-08-03T00:00:00.000Z', clock),
};
const toConvene = (over: object = {}): Bare => ({
  type: 'ConveneJointReview',
  id: SESSION,
  day: SESSION,
  agenda,
  meta: at('2026-08-16T16:00:01.000Z', clock),
  ...over,
});
const toOpen = (now = MORNING, unknown: readonly string[] = []): Bare => ({
  type: 'OpenJointReview',
  id: SESSION,
  chair: '赵县长',
  attendance: [{ department: 'natural-resources', person: 'demo-head' }],
  unknown,
  meta: at(now),
});
const toResolve = (over: object = {}): Bare => ({
  type: 'ResolveAgendaItem',
  id: SESSION,
  application: 'p1-GC-02',
  resolution: '三个工作日内出具审查意见',
  department: 'natural-resources',
  lastDay: '2026-08-20',
  unknown: [],
  ended: null,
  elsewhere: null,
  meta: at(MORNING),
  ...over,
});
const toClose: Bare = { type: 'CloseJointReview', id: SESSION, note: '第三次', meta: at(MORNING) };
const toMiss = (now = '2026-08-17T16:00:00.000Z'): Bare => ({
  type: 'MarkJointReviewMissed',
  id: SESSION,
  meta: at(now, clock),
});

const scheduled: SessionEvent = {
  type: 'JointReviewScheduled',
  version: 1,
  data: { session: SESSION, nominalDay: SESSION, day: DAY, schedule: '2026.1' },
};
const { items, ...rest } = agenda;
const convened: SessionEvent = {
  type: 'JointReviewConvened',
  version: 1,
  data: { session: SESSION, nominalDay: SESSION, day: DAY, agenda: items, ...rest },
};
const opened: SessionEvent = {
  type: 'JointReviewOpened',
  version: 1,
  data: {
    session: SESSION,
    chair: '赵县长',
    attendance: [{ department: 'natural-resources', person: 'demo-head' }],
    absent: ['water'],
  },
};
const resolved: SessionEvent = {
  type: 'AgendaItemResolved',
  version: 1,
  data: {
    session: SESSION,
    application: 'p1-GC-02',
    resolution: '三个工作日内出具审查意见',
    department: 'natural-resources',
    lastDay: '2026-08-20',
    dueAt: '2026-08-20T16:00:00.000Z',
    article: null,
  },
};
const closed: SessionEvent = {
  type: 'JointReviewClosed',
  version: 1,
  data: { session: SESSION, note: '第三次', carriedOver: [{ application: 'p2-GC-02', carryCount: 1 }] },
};
const missed: SessionEvent = {
  type: 'JointReviewMissed',
  version: 1,
  data: {
    session: SESSION,
    day: DAY,
    carriedOver: [
      { application: 'p1-GC-02', carryCount: 2 },
      { application: 'p2-GC-02', carryCount: 1 },
    ],
  },
};

describe('a session of the schedule', () => {
  test('is scheduled once, and convened for the worked day that its own is moved to', () => {
    spec.given().when(toSchedule).then(scheduled);
    spec.given(scheduled).when(toSchedule).nothing();
    spec.given(scheduled).when(toConvene()).then(convened);
    spec.given(scheduled, convened).when(toConvene()).refused('session.exists', { session: SESSION });
  });

  test('is convened by the clock, and by no person before', () => {
    const early = toConvene({ meta: at('2026-08-10T02:00:00.000Z') });
    for (const history of [[], [scheduled]]) {
      spec
        .given(...history)
        .when(early)
        .refused('session.reserved-id', { session: SESSION }, null, 'input');
    }
    spec.given(scheduled).when(toOpen()).refused('session.not-convened', { session: SESSION }, null, 'state');
    spec.given().when(toOpen()).refused('session.unknown', { session: SESSION }, null, 'absent');
  });

  test('that was not opened on its day was missed, with everything that goes to the next', () => {
    const history = [scheduled, convened];
    spec
      .given(...history)
      .when(toMiss())
      .then(missed);
    spec
      .given(...history)
      .when(toMiss('2026-08-17T15:59:59.999Z'))
      .nothing();
    spec
      .given(...history, opened)
      .when(toMiss())
      .nothing();
    spec
      .given(...history, missed)
      .when(toMiss())
      .nothing();
    spec
      .given(...history, missed)
      .when(toOpen())
      .refused('session.missed', { session: SESSION });
  });
});

describe('an additional session', () => {
  const id = 'flood-control';
  const call = (over: object = {}) =>
    toConvene({ id, day: '2026-08-12', meta: at('2026-08-12T02:00:00.000Z'), ...over });

  test('is for a day from today on', () => {
    spec
      .given()
      .when(call())
      .then({
        type: 'JointReviewConvened',
        version: 1,
        data: { session: id, nominalDay: null, day: '2026-08-12', agenda: items, ...rest },
      });
    spec
      .given()
      .when(call({ day: '2026-08-11' }))
      .refused('session.in-the-past', { day: '2026-08-11' }, null, 'input');
    spec
      .given()
      .when(call({ day: '2026-02-30' }))
      .refused('session.not-a-day', { value: '2026-02-30' }, null, 'input');
  });
});

describe('what is done in it', () => {
  test('it is opened on its day, once, and says who of the departments concerned is not there', () => {
    spec.given(scheduled, convened).when(toOpen()).then(opened);
    for (const now of ['2026-08-17T16:00:00.000Z', '2026-08-16T15:59:59.999Z']) {
      spec
        .given(scheduled, convened)
        .when(toOpen(now))
        .refused('session.not-its-day', { session: SESSION, day: DAY }, null, 'state');
    }
    spec.given(scheduled, convened, opened).when(toOpen()).refused('session.opened-already');
    spec
      .given(scheduled, convened)
      .when(toOpen(MORNING, ['castle']))
      .refused('session.unknown-department', { department: 'castle' }, null, 'input');
  });

  test('each item is resolved once, with the responsible department and a last day', () => {
    const history = [scheduled, convened, opened];
    spec
      .given(...history)
      .when(toResolve())
      .then(resolved);
    spec
      .given(...history, resolved)
      .when(toResolve())
      .refused('session.item-resolved', { session: SESSION, application: 'p1-GC-02' }, null, 'state');
    spec
      .given(...history)
      .when(toResolve({ application: 'p9-GC-02' }))
      .refused('session.not-on-the-agenda', { session: SESSION, application: 'p9-GC-02' }, null, 'input');
    spec
      .given(...history)
      .when(toResolve({ unknown: ['castle'] }))
      .refused('session.unknown-department', { department: 'castle' });
    spec
      .given(...history)
      .when(toResolve({ lastDay: '2026-08-16' }))
      .refused('session.in-the-past', { day: '2026-08-16' });
    spec.given(scheduled, convened).when(toResolve()).refused('session.not-open', { session: SESSION });
  });

  test('what was resolved is reported done, once, by its department or the office, while the session goes on or after', () => {
    const head = actor('demo-head', 'department-head', 'natural-resources');
    const report = (over: object = {}): Bare => ({
      ...{ type: 'ReportResolution', id: SESSION, application: 'p1-GC-02', report: '意见已出具' },
      meta: at('2026-08-19T01:00:00.000Z', head),
      ...over,
    });
    const reported = (late = false): SessionEvent => ({
      type: 'ResolutionReported',
      version: 1,
      data: {
        ...{ session: SESSION, application: 'p1-GC-02', department: 'natural-resources' },
        ...{ report: '意见已出具', late },
      },
    });
    const history = [scheduled, convened, opened, resolved];
    for (const before of [history, [...history, closed]]) {
      spec
        .given(...before)
        .when(report())
        .then(reported());
    }
    const after = at('2026-08-20T16:00:00.000Z');
    spec
      .given(...history, closed)
      .when(report({ meta: after }))
      .then(reported(true));
    spec
      .given(...history, closed, reported())
      .when(report())
      .refused('session.reported-already', { session: SESSION, application: 'p1-GC-02' }, null, 'state');
    spec
      .given(...history)
      .when(report({ application: 'p2-GC-02' }))
      .refused('session.nothing-resolved', { session: SESSION, application: 'p2-GC-02' }, null, 'input');
    spec
      .given(...history)
      .when(report({ meta: at(MORNING, actor('other', 'department-head', 'water')) }))
      .refused(
        'session.not-your-resolution',
        { application: 'p1-GC-02', department: 'natural-resources' },
        null,
        'permission',
      );
    spec
      .given(scheduled, convened)
      .when(report())
      .refused('session.not-open', { session: SESSION }, null, 'state');
  });

  test('T5 nothing is resolved on an application that has ended in the meantime: its stage is named', () => {
    const ended = { stage: 'withdrawn', stageZh: '已撤回申请' };
    spec
      .given(scheduled, convened, opened)
      .when(toResolve({ ended }))
      .refused('session.case-ended', { session: SESSION, application: 'p1-GC-02', ...ended }, null, 'state');
  });

  test('T5 of two sessions of one day the first resolves on a case, the second is refused', () => {
    spec
      .given(scheduled, convened, opened)
      .when(toResolve({ department: 'water', elsewhere: 'flood-control' }))
      .refused(
        'session.resolved-elsewhere',
        { session: SESSION, application: 'p1-GC-02', other: 'flood-control' },
        null,
        'state',
      );
    spec.given(scheduled, convened, opened).when(toResolve()).then(resolved);
  });

  test('T5 who was there is said once: a session is not opened again', () => {
    spec
      .given(scheduled, convened, opened)
      .when(toOpen())
      .refused('session.opened-already', { session: SESSION }, null, 'state');
  });

  test('it is closed once, and what is unresolved is carried over with its count', () => {
    spec.given(scheduled, convened, opened, resolved).when(toClose).then(closed);
    spec.given(scheduled, convened).when(toClose).refused('session.not-open');
    for (const command of [toClose, toResolve(), toOpen()]) {
      spec
        .given(scheduled, convened, opened, resolved, closed)
        .when(command)
        .refused('session.closed', { session: SESSION }, null, 'state');
    }
  });
});

test('an event out of its order means a damaged log', () => {
  expect(() => spec.given(scheduled, scheduled)).toThrow('JointReviewScheduled while it is scheduled');
  expect(() => spec.given(convened, convened)).toThrow('JointReviewConvened while it is convened');
  for (const event of [opened, missed]) {
    expect(() => spec.given(scheduled, event)).toThrow(`${event.type} while it is scheduled`);
  }
  for (const event of [resolved, closed]) {
    expect(() => spec.given(convened, event)).toThrow(`${event.type} while it is convened`);
  }
});

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const source = readFileSync(new URL('session.rules.ts', import.meta.url), 'utf8');
  const used = new Set([...source.matchAll(/'(session\.[a-z-]+)'/g)].map(([, code]) => code));
  expect([...used].sort()).toEqual(Object.keys(SESSION_MESSAGES).sort());
  // The Chinese name of a stage is a parameter of its own.
  const parameters = (text: string) =>
    [...text.matchAll(/\{(\w+?)(?:Zh)?\}/g)].map(([, name]) => name).sort();
  for (const { zh, en } of Object.values(SESSION_MESSAGES)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(parameters(zh)).toEqual(parameters(en));
  }
});
