import { type ProjectionDefinition, type Recorded } from '#libs/engine/event-sourcing';
import { type ConsultationEvent } from '../consultation/consultation.events.js';
import { afterConsultation, openConsultation } from '../consultation/consultation.state.js';
import { type IssueEvent } from '../handling/issue.events.js';
import { afterIssue } from '../handling/issue.state.js';
import { type PermitEvent } from '../permit/permit.events.js';
import { withoutRenewal, withRenewal } from '../permit/permit.state.js';
import { type WorksEvent } from '../permit/works.events.js';
import { stopAfter } from '../permit/works.state.js';
import { type ServiceRated } from '../record/rating.events.js';
import { type RecordCorrected, type RecordEvent } from '../record/record.events.js';
import { type CommitmentEvent } from '../ways/commitment.events.js';
import { afterCommitment } from '../ways/commitment.state.js';
import { type DeficiencyEvent } from '../ways/deficiency.events.js';
import { afterDeficiency } from '../ways/deficiency.state.js';
import { type WayEvent } from '../ways/ways.events.js';
import { custodyFields, withDue } from './application.custody.js';
import { type ApplicationDocument, type Opinion } from './application.document.js';

/** An event that changes only the revision. */
function revisionOnly(
  document: ApplicationDocument,
  { revision }: { readonly revision: bigint },
): ApplicationDocument {
  return { ...document, revision: revision.toString() };
}

/** The number of the permit from now on; null leaves it. */
const permitNumberIs = (permit: string | null) => (permit === null ? {} : { permitNumber: permit });

/** A correction of an act whose number an amendment has replaced since then changes nothing of the present one. */
function correctedNumber({ permitNumber }: ApplicationDocument, { data }: Recorded<RecordCorrected>) {
  const isPresent = data.before === null || data.before === permitNumber;
  return data.field === 'permit' && isPresent ? permitNumberIs(data.after) : {};
}

/** A document whose permit was recalled, revoked or cancelled. */
function withPermitStage(
  document: ApplicationDocument,
  event: { readonly revision: bigint },
  stage: 'recalled' | 'revoked' | 'cancelled',
): ApplicationDocument {
  return { ...revisionOnly(document, event), stage, outcome: stage };
}

const stopped = (document: ApplicationDocument, event: Recorded<WorksEvent>): ApplicationDocument => ({
  ...revisionOnly(document, event),
  ...stopAfter(document, event),
});

/** The opinions of the consultation that runs: a new one begins without any. */
function opinionsAfter(
  { consultation }: ApplicationDocument,
  { type, data, metadata }: Recorded<ConsultationEvent>,
): readonly Opinion[] {
  if (type === 'ConsultationRequested') return [];
  const before = consultation?.opinions ?? [];
  if (type === 'ConsultationOverdue') return before;
  const { department, agrees, late, workingDays } = data;
  return [...before, { department, agrees, late, workingDays, answeredAt: metadata.occurredAt }];
}

function consulted(document: ApplicationDocument, event: Recorded<ConsultationEvent>): ApplicationDocument {
  const { consultation } = afterConsultation(document, event);
  const awaiting = document.open ? (openConsultation({ consultation })?.outstanding ?? []) : [];
  return {
    ...document,
    ...custodyFields(document, event),
    consultation: { ...consultation, opinions: opinionsAfter(document, event) },
    awaiting,
  };
}

type Event =
  | WayEvent
  | DeficiencyEvent
  | CommitmentEvent
  | ConsultationEvent
  | PermitEvent
  | WorksEvent
  | RecordEvent
  | IssueEvent
  | ServiceRated;

/** What ways through, opinions, and what comes after the end change in an application's document. */
export const WAY_UPDATES: Required<ProjectionDefinition<ApplicationDocument, Event>['update']> = {
  SpecialHandlingApproved: (document, event) => ({
    ...revisionOnly(document, event),
    variedRules: [...(document.variedRules ?? []), event.data.rule],
  }),
  FastTrackGranted: (document, event) =>
    withDue(
      {
        ...revisionOnly(document, event),
        fastTrack: true,
        terms: { ...document.terms, promised: event.data.promised },
      },
      event.data.due,
    ),
  AcceptedWithDeficiency: (document, event) => ({
    ...revisionOnly(document, event),
    ...afterDeficiency(document, event),
  }),
  DeficiencyFulfilled: (document, event) => ({
    ...revisionOnly(document, event),
    ...afterDeficiency(document, event),
  }),
  DeficiencyLapsed: (document, event) => ({
    ...revisionOnly(document, event),
    ...afterDeficiency(document, event),
  }),
  PermitIssued: (document, event) => ({
    ...revisionOnly(document, event),
    validUntil: event.data.validUntil,
  }),
  PermitEndAnnounced: revisionOnly,
  PermitRenewalApplied: (document, event) => ({ ...revisionOnly(document, event), ...withRenewal(event) }),
  PermitRenewalRefused: (document, event) => ({
    ...revisionOnly(document, event),
    ...withoutRenewal(document),
  }),
  PermitUsePostponed: revisionOnly,
  PermitLapsed: (document, event) => ({ ...revisionOnly(document, event), lapsedOn: event.data.lastDay }),
  PermitAmended: (document, event) => ({
    ...revisionOnly(document, event),
    ...permitNumberIs(event.data.permit),
  }),
  PermitRenewed: (document, event) => ({
    ...revisionOnly(document, event),
    ...withoutRenewal(document),
    validUntil: event.data.validUntil,
  }),
  PermitUsed: ({ lapsedOn: _, ...document }, event) => ({
    ...revisionOnly(document, event),
    usedOn: event.data.on,
  }),
  WorksStopped: stopped,
  WorksStopFound: stopped,
  WorksStopUnreported: stopped,
  PermitVerificationOwed: stopped,
  PermitVerified: stopped,
  WorksResumed: stopped,
  PermitRecalled: (document, event) => withPermitStage(document, event, 'recalled'),
  PermitRevoked: (document, event) => withPermitStage(document, event, 'revoked'),
  PermitCancelled: (document, event) => withPermitStage(document, event, 'cancelled'),
  IssueRaised: (document, event) => ({ ...revisionOnly(document, event), ...afterIssue(document, event) }),
  IssueOptionProposed: (document, event) => ({
    ...revisionOnly(document, event),
    ...afterIssue(document, event),
  }),
  IssueDecided: (document, event) => ({ ...revisionOnly(document, event), ...afterIssue(document, event) }),
  RecordCorrected: (document, event) => ({
    ...revisionOnly(document, event),
    ...correctedNumber(document, event),
  }),
  ServiceRated: revisionOnly,
  BackEntryRecorded: (document, event) => ({
    ...revisionOnly(document, event),
    backEntries: (document.backEntries ?? 0) + 1,
  }),
  ConsultationRequested: consulted,
  ConsultationAnswered: consulted,
  ConsultationOverdue: consulted,
  CommitmentMade: (document, event) => ({
    ...revisionOnly(document, event),
    ...afterCommitment(document, event),
  }),
  CommitmentVerified: (document, event) => ({
    ...revisionOnly(document, event),
    ...afterCommitment(document, event),
  }),
  CommitmentBreached: (document, event) => ({
    ...revisionOnly(document, event),
    ...afterCommitment(document, event),
  }),
};
