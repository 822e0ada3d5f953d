import { deciderSpec, factsOf, withMeta } from '#libs/engine/event-sourcing-testing';
import { calendarOf } from '#libs/law/calendar';
import { describe, expect, test } from '@jest/globals';
import {
  accepted,
  at,
  byReviewer,
  CASE,
  commands,
  decider,
  DUE,
  FILING_TERMS,
  head,
  ID,
  NOW,
  opening,
  played,
  submitted,
  supervisor,
  suspended,
  underReview,
  window,
} from '../testing/cases.js';
import { type ApplicationCommand } from './application.commands.js';
import { applicationDecider } from './application.decider.js';
import { type FireTimer, type Timer } from './timers.js';

const spec = deciderSpec(decider);

/** Thursday and the Thursday after. */
const THURSDAY = '2026-11-26T02:00:00.000Z';

describe('timers', () => {
  const noticeEnd = '2026-12-01T16:00:00.000Z';
  const notice: Timer = { name: 'notice', since: NOW, at: noticeEnd };
  const muchLater = '2026-12-09T00:00:00.000Z';

  test('no notice within five working days: accepted as of the receipt (行政许可法 Art. 32(4))', () => {
    spec
      .given(...submitted())
      .when(commands.fire(notice, muchLater))
      .then({
        type: 'ApplicationDeemedAccepted',
        version: 1,
        data: {
          ...CASE,
          receiptNumber: 'SL20261124-p1-GC-02',
          acceptedAt: NOW,
          article: '行政许可法 Art. 32(4)',
          due: DUE,
        },
      });
  });

  test('a notice in time makes the timer void; after the supplement the days run from its receipt', () => {
    const supplementedAt = '2026-11-27T02:00:00.000Z';
    const asked = [commands.submit(), commands.requestSupplement()];
    const handedIn = commands.supplement({
      meta: { ...commands.supplement().meta, now: supplementedAt, occurredAt: supplementedAt },
    });
    for (const given of [asked, [...asked, handedIn], [commands.submit(), commands.accept()]]) {
      spec
        .given(...played(...given).events)
        .when(commands.fire(notice, muchLater))
        .nothing();
    }
    const since = supplementedAt;
    const { events, state } = played(
      ...asked,
      handedIn,
      commands.fire({ name: 'notice', since, at: '2026-12-04T16:00:00.000Z' }, muchLater),
    );
    expect(events[3]).toMatchObject({ type: 'ApplicationDeemedAccepted', data: { acceptedAt: since } });
    expect(state).toMatchObject({ at: 'accepted', clock: { acceptedAt: since } });
  });

  test('a timer fires after its instant, at its instant, and once', () => {
    spec
      .given(...submitted())
      .when(commands.fire(notice, noticeEnd))
      .nothing();
    spec
      .given(...played(commands.submit(), commands.fire(notice, muchLater)).events)
      .when(commands.fire(notice, muchLater))
      .nothing();
    const elsewhere = commands.fire(notice, muchLater);
    spec
      .given(...submitted())
      .when({ ...elsewhere, meta: { ...elsewhere.meta, occurredAt: NOW } })
      .nothing();
  });

  test('a matter without a statutory term is not a licence: nothing is deemed accepted', () => {
    const filing = commands.submit({ opening: opening({ terms: FILING_TERMS }) });
    spec
      .given(...played(filing).events)
      .when(commands.fire(notice, muchLater))
      .nothing();
  });

  const yellow: Timer = { name: 'yellow', at: '2026-11-30T16:00:00.000Z' };
  const rung = (level: 'department-head' | 'supervision', since: string, on: string): Timer => ({
    name: 'escalation',
    level,
    since,
    at: on,
  });

  test('yellow warns the holder, once per term', () => {
    spec
      .given(...underReview())
      .when(commands.fire(yellow, muchLater))
      .then({
        type: 'ApplicationWarned',
        version: 1,
        data: { ...CASE, cause: 'term', step: null, since: null, to: byReviewer, due: DUE },
      });
    const ways = [commands.submit(), commands.accept(), commands.assign()];
    spec
      .given(...played(...ways, commands.fire(yellow, muchLater)).events)
      .when(commands.fire(yellow, muchLater))
      .nothing();
    const extended = played(
      ...ways,
      commands.fire(yellow, '2026-11-30T20:00:00.000Z'),
      commands.extend({ meta: at(head, '2026-12-01T02:00:00.000Z') }),
    );
    expect(extended.state).toMatchObject({ clock: { yellowTold: [yellow.at] } });
    spec
      .given(...extended.events)
      .when(commands.fire(yellow, muchLater))
      .nothing();
  });

  test('red notifies the head, and each further level the next, each at its own instant', () => {
    const promised = '2026-12-01T16:00:00.000Z';
    const red = commands.fire(rung('department-head', promised, promised), muchLater);
    const third = '2026-12-04T16:00:00.000Z';
    const next = commands.fire(rung('supervision', promised, third), muchLater);
    const { events } = played(commands.submit(), commands.accept(), red, next);
    expect(events.slice(2).map(({ type, data, metadata }) => [type, data, metadata.occurredAt])).toEqual([
      [
        'ApplicationEscalated',
        { ...CASE, level: 'department-head', from: null, reason: '红灯：承诺时限已于2026年12月1日届满' },
        promised,
      ],
      [
        'ApplicationEscalated',
        {
          ...CASE,
          level: 'supervision',
          from: 'department-head',
          reason: '提级至部门负责人后仍未办结，承诺时限已于2026年12月1日届满',
        },
        third,
      ],
    ]);
    for (const [given, timer] of [
      [accepted(), next],
      [events, next],
      [played(...suspended).events, red],
      [played(commands.submit(), commands.accept(), commands.assign(), commands.approve()).events, red],
    ] as const) {
      spec
        .given(...given)
        .when(timer)
        .nothing();
    }
  });

  test('a step over its limit warns its holder though the case is in time', () => {
    const step: Timer = { name: 'step', step: 'review', since: NOW, at: '2026-11-27T16:00:00.000Z' };
    spec
      .given(...underReview())
      .when(commands.fire(step, muchLater))
      .then({
        type: 'ApplicationWarned',
        version: 1,
        data: { ...CASE, cause: 'step', step: 'review', since: NOW, to: byReviewer, due: DUE },
      });
    const void_ = [
      { ...step, step: 'assignment' as const },
      { ...step, since: THURSDAY },
    ];
    for (const timer of void_) {
      spec
        .given(...underReview())
        .when(commands.fire(timer, muchLater))
        .nothing();
    }
  });

  test('only the clock fires one', () => {
    const fire = commands.fire(notice, muchLater);
    for (const actor of [window, head, supervisor]) {
      spec
        .given(...submitted())
        .when({ ...fire, meta: { ...fire.meta, actor } })
        .refused('application.not-the-clock', { application: ID, person: actor.person }, null, 'permission');
    }
  });
});

describe('a notice of holidays that comes later', () => {
  const holiday = applicationDecider({
    calendar: calendarOf({ version: 'with a holiday', holidays: { '2026-11-30': '假', '2026-12-01': '假' } }),
  });

  test('the decision is measured by the present calendar, and what was stored stays as it was', () => {
    const { state } = played(commands.submit(), commands.accept(), commands.assign());
    expect(state).toMatchObject({ due: DUE });
    const stoppedAt = '2026-12-03T16:00:00.000Z';
    const approve = withMeta<ApplicationCommand | FireTimer>(commands.approve({ meta: at(head, stoppedAt) }));
    const clockOf = (given: typeof decider) =>
      given.decide(state, approve, factsOf(approve)).map(({ data }) => ('clock' in data ? data.clock : null));
    expect(clockOf(decider)).toEqual([{ stoppedAt, latePromised: true, lateStatutory: false }]);
    expect(clockOf(holiday)).toEqual([{ stoppedAt, latePromised: false, lateStatutory: false }]);
  });

  test('a timer computed with the old calendar is void', () => {
    const { state } = played(commands.submit());
    const old: Timer = { name: 'notice', since: NOW, at: '2026-12-01T16:00:00.000Z' };
    const fire = (timer: Timer) =>
      holiday.decide(
        state,
        withMeta<ApplicationCommand | FireTimer>(commands.fire(timer, '2026-12-31T00:00:00.000Z')),
      );
    expect(fire(old)).toEqual([]);
    expect(fire({ ...old, at: '2026-12-03T16:00:00.000Z' }).map(({ type }) => type)).toEqual([
      'ApplicationDeemedAccepted',
    ]);
  });
});
