import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { type SuspensionRule } from '#libs/law/catalogue';
import { describe, expect, test } from '@jest/globals';
import { type ApplicationEvent } from '../application/application.events.js';
import { type Holder } from '../core/holder.js';
import { type DueDates } from '../core/terms.js';
import {
  at,
  byReviewer,
  CASE,
  commands,
  decider,
  head,
  ID,
  NOW,
  opening,
  played,
  reviewer,
  TERMS,
  underReview,
} from '../testing/cases.js';

const spec = deciderSpec(decider);

/** Thursday and the Thursday after. */
const THURSDAY = '2026-11-26T02:00:00.000Z';

const NEXT_THURSDAY = '2026-12-03T02:00:00.000Z';

const procedure: Holder = {
  party: 'excluded-procedure',
  department: 'natural-resources',
  post: null,
  person: null,
};

const ARTICLE_45 = '行政许可法 Art. 45';

describe('A6 the procedures of the matter', () => {
  const review = {
    cause: 'technical-review',
    article: '水土保持法 Art. 25',
    verified: true,
    cap: { days: 30, unit: 'working-day' },
    leave: null,
  } as const;
  const opinions = {
    cause: 'department-opinions',
    article: '取水许可和水资源费征收管理条例 Art. 19',
    verified: true,
    cap: { days: 10, unit: 'calendar-day' },
    leave: 'department-head',
  } as const;
  const begun = (...suspensions: readonly SuspensionRule[]) =>
    [
      commands.submit({ opening: opening({ terms: { ...TERMS, suspensions } }) }),
      commands.accept(),
      commands.assign(),
    ] as const;

  test('A6 stop the clock by the article of its own law; the refusal of another names them', () => {
    const { events } = played(...begun(review), commands.suspend({ cause: 'technical-review', days: 30 }));
    expect(events.at(-1)?.data).toMatchObject({
      cause: 'technical-review',
      article: review.article,
      days: 30,
      unit: 'working-day',
    });
    spec
      .given(...played(...begun(review, opinions)).events)
      .when(commands.suspend({ cause: 'hearing' }))
      .refused(
        'application.procedure-not-excluded',
        {
          application: ID,
          cause: 'hearing',
          causeZh: '听证',
          allowed: 'technical-review, department-opinions',
          allowedZh: '技术评审、征求有关部门意见',
        },
        ARTICLE_45,
        'input',
      );
    // An application of before says nothing: the eight of Art. 45.
    spec
      .given(...underReview())
      .when(commands.suspend({ cause: 'technical-review' }))
      .refused('application.procedure-not-excluded');
  });

  test('A6 last no longer than that law allows, days taken before included', () => {
    const tooLong = (days: number, most: number) =>
      [
        'application.suspension-too-long',
        {
          application: ID,
          cause: 'technical-review',
          causeZh: '技术评审',
          days,
          most,
          unitZh: '个工作日',
          unit: 'working days',
        },
        review.article,
        'input',
      ] as const;
    const suspend = (days: number, now: string) =>
      commands.suspend({ cause: 'technical-review', days, meta: at(reviewer, now) });
    spec
      .given(...played(...begun(review)).events)
      .when(suspend(31, THURSDAY))
      .refused(...tooLong(31, 30));
    const once = [
      ...begun(review),
      suspend(30, THURSDAY),
      // Five working days later.
      commands.resume({ meta: at(reviewer, NEXT_THURSDAY) }),
    ];
    spec
      .given(...played(...once).events)
      .when(suspend(26, NEXT_THURSDAY))
      .refused(...tooLong(26, 25));
    expect(played(...once, suspend(25, NEXT_THURSDAY)).events.at(-1)?.data).toMatchObject({ days: 25 });
  });

  test('A6 need the leave that it asks for', () => {
    const ask = (by: typeof head) =>
      commands.suspend({ cause: 'department-opinions', days: 5, meta: at(by, NOW) });
    const { events } = played(...begun(opinions));
    spec
      .given(...events)
      .when(ask(reviewer))
      .refused(
        'application.leave-owed',
        { application: ID, leave: 'department-head', leaveZh: '本机关负责人' },
        opinions.article,
        'permission',
      );
    expect(played(...begun(opinions), ask(head)).events.at(-1)?.data).toMatchObject({ unit: 'calendar-day' });
  });
});

describe('F14 the end of the time announced for a procedure', () => {
  // Three working days after Thursday 26 November: Tuesday 1 December.
  const AT = '2026-12-01T16:00:00.000Z';
  const NOW_LATER = '2026-12-20T02:00:00.000Z';
  const announced = [
    commands.submit(),
    commands.accept(),
    commands.assign(),
    commands.suspend({ days: 3, meta: at(reviewer, THURSDAY) }),
  ];
  const due: DueDates = {
    // Two days were used; three and eighteen follow after 1 December.
    promised: '2026-12-04T16:00:00.000Z',
    statutory: '2026-12-25T16:00:00.000Z',
    yellow: '2026-12-03T16:00:00.000Z',
    provisional: false,
  };
  const fire = (over: { since?: string; at?: string } = {}) =>
    commands.fire({ name: 'procedure', since: THURSDAY, at: AT, ...over }, NOW_LATER);

  test('F14 gives the time back to the reviewer, who is warned', () => {
    spec
      .given(...played(...announced).events)
      .when(fire())
      .then(
        {
          type: 'ClockResumed',
          version: 1,
          data: {
            ...CASE,
            cause: 'expert-review',
            result: null,
            atPlannedEnd: true,
            due,
            custody: { ended: { by: procedure, from: THURSDAY, to: AT }, holder: byReviewer },
          },
        },
        {
          type: 'ApplicationWarned',
          version: 1,
          data: { ...CASE, cause: 'procedure', step: 'review', since: AT, to: byReviewer, due },
        },
      );
  });

  test('F14 comes once, and not where the procedure was ended before', () => {
    const ended = commands.resume({ meta: at(reviewer, '2026-11-30T02:00:00.000Z') });
    for (const history of [
      [...announced, fire()],
      [...announced, ended],
    ]) {
      spec
        .given(...played(...history).events)
        .when(fire())
        .nothing();
    }
    for (const other of [fire({ at: '2026-12-02T16:00:00.000Z' }), fire({ since: NOW })]) {
      spec
        .given(...played(...announced).events)
        .when(other)
        .nothing();
    }
  });

  test('F14 an event of before, which named no unit, meant working days', () => {
    const old = played(...announced).events.map((event) => {
      if (event.type !== 'ClockSuspended') return event;
      return {
        ...event,
        data: Object.fromEntries(Object.entries(event.data).filter(([key]) => key !== 'unit')),
      };
    }) as ReturnType<typeof played>['events'];
    spec
      .given(...old)
      .when(fire())
      .then(
        ...played(...announced, fire())
          .events.slice(-2)
          .map(({ type, version, data }) => ({ type, version, data }) as ApplicationEvent),
      );
  });
});
