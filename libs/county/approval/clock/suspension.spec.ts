import { RuleViolation } from '#libs/engine/event-sourcing';
import { deciderSpec, factsOf, withMeta } from '#libs/engine/event-sourcing-testing';
import { STATUTORY_SUSPENSIONS, type SuspensionRule } from '#libs/law/catalogue';
import { describe, expect, test } from '@jest/globals';
import { type ApplicationCommand } from '../application/application.commands.js';
import { type ApplicationEvent } from '../application/application.events.js';
import { type Holder } from '../core/holder.js';
import { type DueDates } from '../core/terms.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import {
  accepted,
  actor,
  at,
  byReviewer,
  CASE,
  commands,
  decider,
  desk,
  DUE,
  FILING_TERMS,
  head,
  ID,
  NOW,
  opening,
  played,
  reviewer,
  suspended,
  TERMS,
  underReview,
  window,
} from '../testing/cases.js';

const spec = deciderSpec(decider);

/** Thursday and the Thursday after. */
const THURSDAY = '2026-11-26T02:00:00.000Z';

const FRIDAY = '2026-11-27T02:00:00.000Z';

const NEXT_THURSDAY = '2026-12-03T02:00:00.000Z';

const NOTHING: DueDates = { promised: null, statutory: null, yellow: null, provisional: false };

const procedure: Holder = {
  party: 'excluded-procedure',
  department: 'natural-resources',
  post: null,
  person: null,
};

const ARTICLE_45 = '行政许可法 Art. 45';

const ARTICLE_42 = '行政许可法 Art. 42';

describe('suspension (行政许可法 Art. 45)', () => {
  test.each(STATUTORY_SUSPENSIONS.map(({ cause }) => cause))(
    'the procedure holds the case while it runs: %s',
    (cause) => {
      spec
        .given(...underReview())
        .when(commands.suspend({ cause, meta: at(reviewer, THURSDAY) }))
        .then({
          type: 'ClockSuspended',
          version: 1,
          data: {
            ...CASE,
            cause,
            article: ARTICLE_45,
            notice: '本自然资告〔2026〕7号',
            days: 15,
            unit: 'working-day',
            due: NOTHING,
            custody: { ended: { by: byReviewer, from: NOW, to: THURSDAY }, holder: procedure },
          },
        });
    },
  );

  test('afterwards the reviewer has it again, and the days between count against no holder', () => {
    spec
      .given(...played(...suspended).events)
      .when(commands.resume({ meta: at(head, NEXT_THURSDAY) }))
      .then({
        type: 'ClockResumed',
        version: 1,
        data: {
          ...CASE,
          cause: 'expert-review',
          result: '专家评审通过',
          // Two days were used; three and eighteen follow after 3 December.
          due: {
            promised: '2026-12-08T16:00:00.000Z',
            statutory: '2026-12-29T16:00:00.000Z',
            yellow: '2026-12-07T16:00:00.000Z',
            provisional: false,
          },
          custody: { ended: { by: procedure, from: THURSDAY, to: NEXT_THURSDAY }, holder: byReviewer },
        },
      });
  });

  test('a decision after it is measured by the later end', () => {
    const { events } = played(...suspended, commands.resume({ meta: at(reviewer, NEXT_THURSDAY) }));
    const stoppedAt = '2026-12-08T16:00:00.000Z';
    spec
      .given(...events)
      .when(commands.approve({ permit: '建字第1号', meta: at(head, stoppedAt) }))
      .then({
        type: 'ApplicationApproved',
        version: 1,
        data: {
          ...CASE,
          permit: '建字第1号',
          opinion: null,
          clock: { stoppedAt, latePromised: false, lateStatutory: false },
          custody: { ended: { by: byReviewer, from: NEXT_THURSDAY, to: stoppedAt }, holder: desk },
        },
      });
  });

  test('it needs a statutory term to act on, and a suspended clock to resume', () => {
    const filing = [commands.submit({ opening: opening({ terms: FILING_TERMS }) }), commands.accept()];
    spec
      .given(...played(...filing).events)
      .when(commands.suspend())
      .refused('application.no-term', { application: ID }, ARTICLE_45, 'state');
    spec
      .given(...underReview())
      .when(commands.resume())
      .refused('application.not-suspended', { application: ID }, ARTICLE_45, 'state');
  });

  test('opinions come in during it; while one is still owed the application returns to inter-department custody', () => {
    const by = (department: string) => at(actor(`demo-${department}`, 'reviewer', department), FRIDAY);
    const asked = [
      commands.submit(),
      commands.accept(),
      commands.assign(),
      commands.consult({ departments: ['water', 'emergency'], meta: at(reviewer, NOW) }),
      commands.suspend({ meta: at(reviewer, THURSDAY) }),
      commands.answer({ meta: by('water') }),
    ];
    const resume = commands.resume({ meta: at(reviewer, NEXT_THURSDAY) });
    const holder = (...given: readonly BareApplicationCommand[]) => {
      const { state } = played(...asked, ...given);
      return state.at === 'absent' ? null : state.holder;
    };
    const between = { party: 'inter-department', department: null, post: null, person: null };
    expect(holder()).toEqual({ ...between, party: 'excluded-procedure', department: 'natural-resources' });
    expect(holder(resume)).toEqual(between);
    expect(holder(commands.answer({ meta: by('emergency') }), resume)).toEqual(byReviewer);
  });

  test('the deadlines of others fire by themselves, once, also while it is stopped', () => {
    const consultation = { name: 'consultation', at: '2026-11-27T16:00:00.000Z' } as const;
    const deficiency = { name: 'deficiency', at: '2026-12-01T16:00:00.000Z' } as const;
    const fire = [commands.fire(consultation, NEXT_THURSDAY), commands.fire(deficiency, NEXT_THURSDAY)];
    const begun = [
      commands.submit({ materials: [] }),
      commands.acceptWithDeficiency({ days: 5, meta: at(window, NOW) }),
      commands.consult({ meta: at(reviewer, NOW) }),
      commands.suspend({ meta: at(reviewer, THURSDAY) }),
    ];
    const { events } = played(...begun, ...fire, ...fire);
    expect(
      events.slice(-2).map(({ type, data, metadata }) => ({ type, data, at: metadata.occurredAt })),
    ).toEqual([
      {
        type: 'ConsultationOverdue',
        data: {
          ...CASE,
          round: 1,
          departments: ['water', 'forestry'],
          answerBy: consultation.at,
          takenAs: null,
          silenceRule: null,
          custody: {
            ended: null,
            holder: {
              party: 'excluded-procedure',
              department: 'natural-resources',
              post: null,
              person: null,
            },
          },
        },
        at: consultation.at,
      },
      {
        type: 'DeficiencyLapsed',
        data: { ...CASE, missing: ['日照分析报告'], handInBy: deficiency.at },
        at: deficiency.at,
      },
    ]);
    const early = { ...consultation, at: NOW };
    expect(played(...begun, commands.fire(early, NEXT_THURSDAY)).events).toEqual(played(...begun).events);
  });

  test('while it runs nothing else moves: every act says allowed or refused', () => {
    const { state } = played(...suspended);
    const { fire: _fire, ...makers } = commands;
    const later = '2026-11-27T02:00:00.000Z';
    const outcomes = Object.entries(makers).map(([name, make]): [string, string] => {
      const command: BareApplicationCommand = make();
      const meta = { ...command.meta, now: later, occurredAt: later };
      try {
        const events = decider.decide(
          state,
          withMeta<ApplicationCommand>({ ...command, meta }),
          factsOf(command),
        );
        return [name, events.map(({ type }) => type).join()];
      } catch (error) {
        if (!(error instanceof RuleViolation)) throw error;
        return [name, error.code];
      }
    });
    const SUSPENDED = 'application.suspended';
    expect(Object.fromEntries(outcomes)).toEqual({
      submit: 'application.already-submitted',
      requestSupplement: 'application.wrong-stage',
      supplement: 'application.wrong-stage',
      accept: 'application.wrong-stage',
      refuseAcceptance: 'application.wrong-stage',
      assign: SUSPENDED,
      step: 'StepRecorded',
      sendBack: SUSPENDED,
      returnToApplicant: SUSPENDED,
      approve: SUSPENDED,
      refuse: SUSPENDED,
      withdraw: 'ApplicationWithdrawn',
      transfer: SUSPENDED,
      escalate: 'ApplicationEscalated',
      deliver: 'application.wrong-stage',
      close: SUSPENDED,
      suspend: SUSPENDED,
      resume: 'ClockResumed',
      extend: SUSPENDED,
      sendDown: 'application.not-escalated',
      specialHandling: 'SpecialHandlingApproved',
      fastTrack: 'FastTrackGranted',
      acceptWithDeficiency: 'application.wrong-stage',
      fulfilDeficiency: 'application.no-deficiency',
      lapseDeficiency: 'application.no-deficiency',
      makeCommitment: 'application.wrong-stage',
      checkCommitment: SUSPENDED,
      completeImmediately: 'application.wrong-stage',
      consult: SUSPENDED,
      answer: 'application.not-consulted',
      closeConsultation: 'application.no-consultation',
      raiseIssue: 'IssueRaised',
      proposeOption: 'application.no-such-issue',
      decideIssue: 'application.no-such-issue',
      amend: 'application.wrong-stage',
      renew: 'application.wrong-stage',
      applyForRenewal: 'application.wrong-stage',
      refuseRenewal: 'application.wrong-stage',
      postponeUse: 'application.wrong-stage',
      reportUse: 'application.wrong-stage',
      recall: 'application.wrong-stage',
      revoke: 'application.wrong-stage',
      cancel: 'application.wrong-stage',
      correct: 'RecordCorrected',
      backEntry: 'application.no-back-entry',
      rate: 'ServiceRated',
    });
  });
});

describe('extension (行政许可法 Art. 42)', () => {
  test('once, by the head, with reasons; both terms grow', () => {
    const extend = commands.extend({ meta: at(head, THURSDAY) });
    spec
      .given(...underReview())
      .when(extend)
      .then({
        type: 'TimeLimitExtended',
        version: 1,
        data: {
          ...CASE,
          days: 10,
          article: ARTICLE_42,
          approvedBy: 'demo-head',
          reason: '需要补充日照分析',
          due: {
            promised: '2026-12-15T16:00:00.000Z',
            statutory: '2027-01-05T16:00:00.000Z',
            yellow: '2026-12-13T16:00:00.000Z',
            provisional: false,
          },
        },
      });
    spec
      .given(...played(commands.submit(), commands.accept(), extend).events)
      .when(commands.extend({ meta: at(head, THURSDAY) }))
      .refused('application.extended-before', { application: ID }, ARTICLE_42, 'state');
  });

  test('ten days at most, fifteen in a joint matter, and no more because another law is named', () => {
    const joint = played(
      commands.submit({ opening: opening({ department: null }) }),
      commands.accept(),
    ).events;
    const refusal = (days: number, most: number) => ({ application: ID, days, most });
    const tooLong = 'application.extension-too-long';
    spec
      .given(...accepted())
      .when(commands.extend({ days: 11 }))
      .refused(tooLong, refusal(11, 10), ARTICLE_42, 'input');
    spec
      .given(...joint)
      .when(commands.extend({ days: 16 }))
      .refused(tooLong, refusal(16, 15), ARTICLE_42, 'input');
    spec
      .given(...accepted())
      .when(commands.extend({ days: 20, article: '环境影响评价法 Art. 22' }))
      .refused(
        'application.extension-by-other-law',
        { application: ID, article: '环境影响评价法 Art. 22', law: ARTICLE_42 },
        ARTICLE_42,
        'input',
      );
    spec
      .given(...accepted())
      .when(commands.extend({ days: 11, article: '行政许可法第四十二条' }))
      .refused(tooLong, refusal(11, 10), ARTICLE_42, 'input');
  });

  test('A7 by as many days as the law of the matter has, and not where it has none', () => {
    const own = {
      days: 40,
      article: '企业投资项目核准和备案管理条例 Art. 10',
      verified: true,
      leave: 'department-head',
    } as const;
    const on = (extension: typeof own | null) =>
      played(commands.submit({ opening: opening({ terms: { ...TERMS, extension } }) }), commands.accept())
        .events;
    spec
      .given(...on(own))
      .when(commands.extend({ days: 40, article: own.article, meta: at(head, NOW) }))
      .then({
        type: 'TimeLimitExtended',
        version: 1,
        data: {
          ...CASE,
          days: 40,
          article: own.article,
          approvedBy: 'demo-head',
          reason: '需要补充日照分析',
          // 45 and 60 working days after 24 November, weekends only.
          due: {
            promised: '2027-01-26T16:00:00.000Z',
            statutory: '2027-02-16T16:00:00.000Z',
            yellow: '2027-01-19T16:00:00.000Z',
            provisional: false,
          },
        },
      });
    spec
      .given(...on(own))
      .when(commands.extend({ days: 41 }))
      .refused(
        'application.extension-too-long',
        { application: ID, days: 41, most: 40 },
        own.article,
        'input',
      );
    spec
      .given(...on(null))
      .when(commands.extend({ days: 1 }))
      .refused('application.no-extension', { application: ID }, ARTICLE_42, 'state');
  });

  test('not after the end of the term', () => {
    const late = '2026-12-22T16:00:00.001Z';
    spec
      .given(...underReview())
      .when(commands.extend({ meta: at(head, late) }))
      .refused('application.term-over', { application: ID, dueAt: DUE.statutory }, ARTICLE_42, 'state');
  });
});

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
