import { RuleViolation } from '#libs/engine/event-sourcing';
import { deciderSpec, factsOf, withMeta } from '#libs/engine/event-sourcing-testing';
import { STATUTORY_SUSPENSIONS } from '#libs/law/catalogue';
import { describe, expect, test } from '@jest/globals';
import { type ApplicationCommand } from '../application/application.commands.js';
import { type Holder } from '../core/holder.js';
import { type DueDates } from '../core/terms.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import {
  actor,
  at,
  byReviewer,
  CASE,
  commands,
  decider,
  desk,
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
      handInFile: 'MaterialFileHandedIn',
      reuseFile: 'MaterialFileHandedIn',
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
      reportStop: 'application.wrong-stage',
      reportResumed: 'application.wrong-stage',
      stopFound: 'application.wrong-stage',
      verifyPermit: 'application.wrong-stage',
      recall: 'application.wrong-stage',
      revoke: 'application.wrong-stage',
      cancel: 'application.wrong-stage',
      correct: 'RecordCorrected',
      backEntry: 'application.no-back-entry',
      rate: 'ServiceRated',
    });
  });
});
