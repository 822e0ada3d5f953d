import { RuleViolation } from '#libs/engine/event-sourcing';
import { factsOf, withMeta } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { type Stage, STAGES } from '../core/stage.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import { commands, decider, played, unfilled, WAYS } from '../testing/cases.js';
import { ACTS } from './application.acts.js';
import { type ApplicationCommand } from './application.commands.js';
import { type FireTimer, type Timer } from './timers.js';

/** What an act comes to at a stage: the types of its events, or the code of its refusal. */
type Outcomes = Partial<Record<Stage, string>>;

const OPEN: readonly Stage[] = ['submitted', 'supplement-requested', 'accepted', 'returned'];

const everywhere = (stages: readonly Stage[], outcome: string): Outcomes =>
  Object.fromEntries(stages.map((stage) => [stage, outcome]));

const whileOpen = (outcome: string): Outcomes => everywhere(OPEN, outcome);

const atEvery = (outcome: string): Outcomes => everywhere(STAGES.slice(1), outcome);

/** The outcome at each stage that a row does not name. */
const OTHERWISE: Outcomes = {
  ...atEvery('application.ended'),
  ...whileOpen('application.wrong-stage'),
  absent: 'application.not-submitted',
};

/** A timer of a due date that the application never had. */
const stale: Timer = { name: 'yellow', at: '2026-11-01T16:00:00.000Z' };

// Applications here have no statutory term, no suspension and no escalation level: those have their own tests.
const TABLE: readonly (readonly [string, BareApplicationCommand, Outcomes])[] = [
  [
    'submit',
    commands.submit(),
    {
      absent: 'ApplicationSubmitted',
      submitted: 'application.already-submitted',
      'supplement-requested': 'SupplementSubmitted',
      accepted: 'application.already-submitted',
      returned: 'ApplicationResubmitted',
    },
  ],
  ['request a supplement', commands.requestSupplement(), { submitted: 'SupplementRequested' }],
  [
    'supplement',
    commands.supplement(),
    { 'supplement-requested': 'SupplementSubmitted', returned: 'ApplicationResubmitted' },
  ],
  ['hand in a file', commands.handInFile(), whileOpen('MaterialFileHandedIn')],
  ['use a file again', commands.reuseFile(), whileOpen('MaterialFileHandedIn')],
  ['accept', commands.accept(), { submitted: 'ApplicationAccepted' }],
  ['refuse acceptance', commands.refuseAcceptance(), { submitted: 'AcceptanceRefused' }],
  ['assign', commands.assign({ person: 'another' }), { accepted: 'ReviewerAssigned' }],
  ['record a step', commands.step(), whileOpen('StepRecorded')],
  ['record an imported step', commands.step({ source: 'row-1' }), atEvery('StepRecorded')],
  ['send back', commands.sendBack(), { accepted: 'ApplicationSentBack' }],
  ['return', commands.returnToApplicant(), { accepted: 'ApplicationReturned' }],
  ['approve', commands.approve(), { accepted: 'ApplicationApproved' }],
  ['refuse', commands.refuse(), { accepted: 'ApplicationRefused' }],
  ['withdraw', commands.withdraw(), whileOpen('ApplicationWithdrawn')],
  [
    'transfer',
    commands.transfer(),
    { submitted: 'ApplicationTransferred', accepted: 'ApplicationTransferred' },
  ],
  [
    'escalate',
    commands.escalate(),
    { ...whileOpen('ApplicationEscalated'), decided: 'ApplicationEscalated' },
  ],
  ['deliver', commands.deliver(), { decided: 'DecisionDelivered' }],
  ['close', commands.close(), whileOpen('ApplicationClosed')],
  ['special handling', commands.specialHandling(), whileOpen('SpecialHandlingApproved')],
  ['fast track', commands.fastTrack(), whileOpen('FastTrackGranted')],
  [
    'accept with a deficiency',
    commands.acceptWithDeficiency(),
    { submitted: 'ApplicationAccepted, AcceptedWithDeficiency' },
  ],
  ['fulfil a deficiency', commands.fulfilDeficiency(), { accepted: 'application.no-deficiency' }],
  ['lapse a deficiency', commands.lapseDeficiency(), { accepted: 'application.no-deficiency' }],
  ['consult', commands.consult(), { accepted: 'ConsultationRequested' }],
  ['answer a consultation', commands.answer(), atEvery('application.not-consulted')],
  [
    'close a consultation',
    commands.closeConsultation(),
    {
      submitted: 'application.no-consultation',
      accepted: 'application.no-consultation',
      returned: 'application.no-consultation',
    },
  ],
  ['amend', commands.amend(), { delivered: 'PermitAmended' }],
  ['renew', commands.renew(), { delivered: 'PermitRenewed' }],
  ['apply for renewal', commands.applyForRenewal(), { delivered: 'application.permit-without-end' }],
  ['refuse renewal', commands.refuseRenewal(), { delivered: 'application.no-renewal' }],
  ['put off first use', commands.postponeUse(), { delivered: 'application.no-term-of-use' }],
  ['report first use', commands.reportUse(), { delivered: 'PermitUsed' }],
  ['recall', commands.recall(), { delivered: 'PermitRecalled' }],
  ['revoke', commands.revoke(), { delivered: 'PermitRevoked' }],
  [
    'cancel',
    commands.cancel(),
    {
      delivered: 'PermitCancelled',
      revoked: 'application.cancelled-as-withdrawn',
      recalled: 'application.cancelled-as-withdrawn',
    },
  ],
  [
    'cancel what was withdrawn',
    commands.cancel({ ground: 'withdrawn' }),
    {
      delivered: 'application.permit-not-withdrawn',
      revoked: 'PermitCancelled',
      recalled: 'PermitCancelled',
    },
  ],
  ['report a stop of works', commands.reportStop(), { delivered: 'application.not-a-permit-of-works' }],
  ['record a stop that was found', commands.stopFound(), { delivered: 'application.not-a-permit-of-works' }],
  ['report works resumed', commands.reportResumed(), { delivered: 'application.not-a-permit-of-works' }],
  ['verify a permit', commands.verifyPermit(), { delivered: 'application.not-a-permit-of-works' }],
  ['raise an issue', commands.raiseIssue(), whileOpen('IssueRaised')],
  ['propose an option', commands.proposeOption(), whileOpen('application.no-such-issue')],
  ['decide an issue', commands.decideIssue(), whileOpen('application.no-such-issue')],
  ['correct the record', commands.correct(), atEvery('RecordCorrected')],
  ['enter afterwards', commands.backEntry(), atEvery('BackEntryRecorded')],
  ['rate', commands.rate(), atEvery('ServiceRated')],
  [
    'commit',
    commands.makeCommitment(),
    { submitted: 'CommitmentMade', 'supplement-requested': 'CommitmentMade' },
  ],
  [
    'check a commitment',
    commands.checkCommitment(),
    {
      accepted: 'application.no-commitment',
      decided: 'application.no-commitment',
      delivered: 'application.no-commitment',
      closed: 'application.no-commitment',
    },
  ],
  ['complete immediately', commands.completeImmediately(), { submitted: 'application.not-immediate' }],
  ['suspend the clock', commands.suspend(), { accepted: 'application.no-term' }],
  ['resume it', commands.resume(), { accepted: 'application.not-suspended' }],
  ['extend the term', commands.extend(), { accepted: 'application.no-term' }],
  [
    'send down',
    commands.sendDown(),
    { ...whileOpen('application.not-escalated'), decided: 'application.not-escalated' },
  ],
  ['fire a timer', commands.fire(stale, '2026-12-31T00:00:00.000Z'), atEvery('')],
];

/** Kinds of the refusals that are not about the stage. */
const KINDS: Record<string, string> = {
  'application.not-submitted': 'absent',
  'application.not-consulted': 'permission',
  'application.no-such-issue': 'input',
};

describe('each act at each stage', () => {
  for (const [name, command, expected] of TABLE) {
    test(name, () => {
      const found = STAGES.map((stage) => {
        const { state } = played(...WAYS[stage]);
        expect(state.at).toBe(stage);
        try {
          const events = decider.decide(
            state,
            withMeta<ApplicationCommand | FireTimer>(command),
            factsOf(command),
          );
          return events.map(({ type }) => type).join(', ');
        } catch (error) {
          if (!(error instanceof RuleViolation)) throw error;
          expect(error.kind).toBe(KINDS[error.code] ?? 'state');
          expect(unfilled(error)).toEqual([]);
          return error.code;
        }
      });
      expect(found).toEqual(STAGES.map((stage) => expected[stage] ?? OTHERWISE[stage]));
    });
  }

  test('the table has every act', () => {
    const acts = new Set(TABLE.map(([, { type }]) => type));
    expect([...acts].sort()).toEqual([...Object.keys(ACTS), 'FireTimer'].sort());
  });
});
