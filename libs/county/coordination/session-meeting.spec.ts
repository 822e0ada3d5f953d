import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { actor } from '#libs/engine/event-sourcing-testing';
import { RuleViolation } from '#libs/engine/event-sourcing';
import { caseMustBeThisSessions } from './session.rules.js';
import { type SessionEvent } from './session.events.js';
import {
  spec,
  SESSION,
  DAY,
  MORNING,
  at,
  type Bare,
  toOpen,
  scheduled,
  convened,
  opened,
  resolved,
  closed,
} from './testing/sessions.js';

const toResolve = (over: object = {}): Bare => ({
  type: 'ResolveAgendaItem',
  id: SESSION,
  application: 'p1-GC-02',
  resolution: '三个工作日内出具审查意见',
  department: 'natural-resources',
  lastDay: '2026-08-20',
  unknown: [],
  ended: null,
  meta: at(MORNING),
  ...over,
});
const toClose: Bare = { type: 'CloseJointReview', id: SESSION, note: '第三次', meta: at(MORNING) };

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
    expect(() => caseMustBeThisSessions(SESSION, 'p1-GC-02', 'flood-control')).toThrow(
      new RuleViolation(
        'session.resolved-elsewhere',
        { session: SESSION, application: 'p1-GC-02', other: 'flood-control' },
        'state',
      ),
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
