import { RuleViolation } from '#libs/engine/event-sourcing';
import { deciderSpec, withMeta } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { type ApplicationCommand } from '../application/application.commands.js';
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
  underReview,
  window,
} from '../testing/cases.js';
import { SUSPENSION_CAUSES } from './clock.events.js';

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
  test.each(SUSPENSION_CAUSES)('the procedure holds the case while it runs: %s', (cause) => {
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
          due: NOTHING,
          custody: { ended: { by: byReviewer, from: NOW, to: THURSDAY }, holder: procedure },
        },
      });
  });

  test('afterwards the reviewer has it again, and the days between count for nobody', () => {
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

  test('opinions come in meanwhile; while one is still owed the case goes back between the departments', () => {
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

  test('the deadlines of others fire by themselves, also while it stands still, and once', () => {
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
        const events = decider.decide(state, withMeta<ApplicationCommand>({ ...command, meta }));
        return [name, events.map(({ type }) => type).join()];
      } catch (error) {
        if (!(error instanceof RuleViolation)) throw error;
        return [name, error.code];
      }
    });
    const S = 'application.suspended';
    expect(Object.fromEntries(outcomes)).toEqual({
      submit: 'application.already-submitted',
      requestSupplement: 'application.wrong-stage',
      supplement: 'application.wrong-stage',
      accept: 'application.wrong-stage',
      refuseAcceptance: 'application.wrong-stage',
      assign: S,
      step: 'StepRecorded',
      sendBack: S,
      giveBack: S,
      approve: S,
      refuse: S,
      withdraw: 'ApplicationWithdrawn',
      transfer: S,
      escalate: 'ApplicationEscalated',
      deliver: 'application.wrong-stage',
      close: S,
      suspend: S,
      resume: 'ClockResumed',
      extend: S,
      sendDown: 'application.not-escalated',
      specialHandling: 'SpecialHandlingApproved',
      fastTrack: 'FastTrackGranted',
      acceptWithDeficiency: 'application.wrong-stage',
      fulfilDeficiency: 'application.no-deficiency',
      lapseDeficiency: 'application.no-deficiency',
      makeCommitment: 'application.wrong-stage',
      checkCommitment: S,
      completeImmediately: 'application.wrong-stage',
      consult: S,
      answer: 'application.not-consulted',
      closeConsultation: 'application.no-consultation',
      raiseIssue: 'IssueRaised',
      proposeOption: 'application.no-such-issue',
      decideIssue: 'application.no-such-issue',
      amend: 'application.wrong-stage',
      renew: 'application.wrong-stage',
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

  test('ten days at most, fifteen in a joint matter, and what another law says where it is cited', () => {
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
      .when(commands.extend({ days: 21, article: '环境影响评价法 Art. 22' }))
      .refused(tooLong, refusal(21, 20), ARTICLE_42, 'input');
    const { events } = played(
      commands.submit(),
      commands.accept(),
      commands.extend({ days: 20, article: '环境影响评价法 Art. 22' }),
    );
    expect(events[2]?.data).toMatchObject({ days: 20, article: '环境影响评价法 Art. 22' });
  });

  test('not after the end of the term', () => {
    const late = '2026-12-22T16:00:00.001Z';
    spec
      .given(...underReview())
      .when(commands.extend({ meta: at(head, late) }))
      .refused('application.term-over', { application: ID, dueAt: DUE.statutory }, ARTICLE_42, 'state');
  });
});
