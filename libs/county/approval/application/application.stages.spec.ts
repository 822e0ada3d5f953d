import { RuleViolation } from '#libs/engine/event-sourcing';
import { withMeta } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { STAGES } from '../core/stage.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import { commands, decider, played, unfilled, WAYS } from '../testing/cases.js';
import { ACTS } from './application.acts.js';
import { type ApplicationCommand } from './application.commands.js';
import { type FireTimer, type Timer } from './timers.js';

// What each act does at each stage: the event it makes, or the code it is refused with.
const E = 'application.ended';

const W = 'application.wrong-stage';

const N = 'application.not-submitted';

const A = 'application.already-submitted';

// Cases here have no statutory term, no suspension and no level: those have their own tests.
const T = 'application.no-term';

const S = 'application.not-suspended';

const L = 'application.not-escalated';

/** Of a lamp that never was. */
const stale: Timer = { name: 'yellow', at: '2026-11-01T16:00:00.000Z' };

const supplemented = 'SupplementSubmitted';

const resubmitted = 'ApplicationResubmitted';

const withdrawn = 'ApplicationWithdrawn';

const escalated = 'ApplicationEscalated';

const stepped = 'StepRecorded';

const transferred = 'ApplicationTransferred';

const AS = 'application.not-consulted';

const NO = 'application.no-consultation';

const NI = 'application.no-such-issue';

const raised = 'IssueRaised';

const NC = 'application.no-commitment';

const closed = 'ApplicationClosed';

const committed = 'CommitmentMade';

const varied = 'SpecialHandlingApproved';

const fast = 'FastTrackGranted';

/** The same at every stage but the first. */
const always = (what: string) => STAGES.slice(1).map(() => what);

const TABLE: readonly (readonly [string, BareApplicationCommand, readonly string[]])[] = [
  // Stages in order: absent, submitted, supplement-requested, accepted, returned, decided, delivered, closed,
  // not-accepted, withdrawn, revoked, recalled, cancelled
  [
    'submit',
    commands.submit(),
    ['ApplicationSubmitted', A, supplemented, A, resubmitted, E, E, E, E, E, E, E, E],
  ],
  [
    'request a supplement',
    commands.requestSupplement(),
    [N, 'SupplementRequested', W, W, W, E, E, E, E, E, E, E, E],
  ],
  ['supplement', commands.supplement(), [N, W, supplemented, W, resubmitted, E, E, E, E, E, E, E, E]],
  ['accept', commands.accept(), [N, 'ApplicationAccepted', W, W, W, E, E, E, E, E, E, E, E]],
  [
    'refuse acceptance',
    commands.refuseAcceptance(),
    [N, 'AcceptanceRefused', W, W, W, E, E, E, E, E, E, E, E],
  ],
  [
    'assign',
    commands.assign({ person: 'another' }),
    [N, W, W, 'ReviewerAssigned', W, E, E, E, E, E, E, E, E],
  ],
  ['record a step', commands.step(), [N, stepped, stepped, stepped, stepped, E, E, E, E, E, E, E, E]],
  [
    'record an imported step',
    commands.step({ source: 'row-1' }),
    [
      N,
      stepped,
      stepped,
      stepped,
      stepped,
      stepped,
      stepped,
      stepped,
      stepped,
      stepped,
      stepped,
      stepped,
      stepped,
    ],
  ],
  ['send back', commands.sendBack(), [N, W, W, 'ApplicationSentBack', W, E, E, E, E, E, E, E, E]],
  ['return', commands.returnToApplicant(), [N, W, W, 'ApplicationReturned', W, E, E, E, E, E, E, E, E]],
  ['approve', commands.approve(), [N, W, W, 'ApplicationApproved', W, E, E, E, E, E, E, E, E]],
  ['refuse', commands.refuse(), [N, W, W, 'ApplicationRefused', W, E, E, E, E, E, E, E, E]],
  ['withdraw', commands.withdraw(), [N, withdrawn, withdrawn, withdrawn, withdrawn, E, E, E, E, E, E, E, E]],
  ['transfer', commands.transfer(), [N, transferred, W, transferred, W, E, E, E, E, E, E, E, E]],
  [
    'escalate',
    commands.escalate(),
    [N, escalated, escalated, escalated, escalated, escalated, E, E, E, E, E, E, E],
  ],
  ['deliver', commands.deliver(), [N, W, W, W, W, 'DecisionDelivered', E, E, E, E, E, E, E]],
  ['close', commands.close(), [N, closed, closed, closed, closed, E, E, E, E, E, E, E, E]],
  [
    'special handling',
    commands.specialHandling(),
    [N, varied, varied, varied, varied, E, E, E, E, E, E, E, E],
  ],
  ['fast track', commands.fastTrack(), [N, fast, fast, fast, fast, E, E, E, E, E, E, E, E]],
  [
    'accept with a deficiency',
    commands.acceptWithDeficiency(),
    [N, 'ApplicationAccepted, AcceptedWithDeficiency', W, W, W, E, E, E, E, E, E, E, E],
  ],
  [
    'fulfil a deficiency',
    commands.fulfilDeficiency(),
    [N, W, W, 'application.no-deficiency', W, E, E, E, E, E, E, E, E],
  ],
  [
    'lapse a deficiency',
    commands.lapseDeficiency(),
    [N, W, W, 'application.no-deficiency', W, E, E, E, E, E, E, E, E],
  ],
  ['consult', commands.consult(), [N, W, W, 'ConsultationRequested', W, E, E, E, E, E, E, E, E]],
  ['answer a consultation', commands.answer(), [N, AS, AS, AS, AS, AS, AS, AS, AS, AS, AS, AS, AS]],
  ['close a consultation', commands.closeConsultation(), [N, NO, W, NO, NO, E, E, E, E, E, E, E, E]],
  ['amend', commands.amend(), [N, W, W, W, W, E, 'PermitAmended', E, E, E, E, E, E]],
  ['renew', commands.renew(), [N, W, W, W, W, E, 'PermitRenewed', E, E, E, E, E, E]],
  ['report first use', commands.reportUse(), [N, W, W, W, W, E, 'PermitUsed', E, E, E, E, E, E]],
  ['recall', commands.recall(), [N, W, W, W, W, E, 'PermitRecalled', E, E, E, E, E, E]],
  ['revoke', commands.revoke(), [N, W, W, W, W, E, 'PermitRevoked', E, E, E, E, E, E]],
  [
    'cancel',
    commands.cancel(),
    [N, W, W, W, W, E, 'PermitCancelled', E, E, E, 'PermitCancelled', 'PermitCancelled', E],
  ],
  ['raise an issue', commands.raiseIssue(), [N, raised, raised, raised, raised, E, E, E, E, E, E, E, E]],
  ['propose an option', commands.proposeOption(), [N, NI, NI, NI, NI, E, E, E, E, E, E, E, E]],
  ['decide an issue', commands.decideIssue(), [N, NI, NI, NI, NI, E, E, E, E, E, E, E, E]],
  ['correct the record', commands.correct(), [N, ...always('RecordCorrected')]],
  ['enter afterwards', commands.backEntry(), [N, ...always('BackEntryRecorded')]],
  ['rate', commands.rate(), [N, ...always('ServiceRated')]],
  ['commit', commands.makeCommitment(), [N, committed, committed, W, W, E, E, E, E, E, E, E, E]],
  ['check a commitment', commands.checkCommitment(), [N, W, W, NC, W, NC, NC, NC, E, E, E, E, E]],
  [
    'complete immediately',
    commands.completeImmediately(),
    [N, 'application.not-immediate', W, W, W, E, E, E, E, E, E, E, E],
  ],
  ['suspend the clock', commands.suspend(), [N, W, W, T, W, E, E, E, E, E, E, E, E]],
  ['resume it', commands.resume(), [N, W, W, S, W, E, E, E, E, E, E, E, E]],
  ['extend the term', commands.extend(), [N, W, W, T, W, E, E, E, E, E, E, E, E]],
  ['send down', commands.sendDown(), [N, L, L, L, L, L, E, E, E, E, E, E, E]],
  ['fire a timer', commands.fire(stale, '2026-12-31T00:00:00.000Z'), [N, ...always('')]],
];

/** What is not a matter of the stage. */
const KINDS: Record<string, string> = { [N]: 'absent', [AS]: 'permission', [NI]: 'input' };

describe('each act at each stage', () => {
  for (const [name, command, expected] of TABLE) {
    test(name, () => {
      const found = STAGES.map((stage) => {
        const { state } = played(...WAYS[stage]);
        expect(state.at).toBe(stage);
        try {
          const events = decider.decide(state, withMeta<ApplicationCommand | FireTimer>(command));
          return events.map(({ type }) => type).join(', ');
        } catch (error) {
          if (!(error instanceof RuleViolation)) throw error;
          expect(error.kind).toBe(KINDS[error.code] ?? 'state');
          expect(unfilled(error)).toEqual([]);
          return error.code;
        }
      });
      expect(found).toEqual(expected);
    });
  }

  test('the table has every act', () => {
    const acts = new Set(TABLE.map(([, { type }]) => type));
    expect([...acts].sort()).toEqual([...Object.keys(ACTS), 'FireTimer'].sort());
  });
});
