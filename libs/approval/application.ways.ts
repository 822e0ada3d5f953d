import { type ProjectionDefinition, type Recorded } from '#libs/event-sourcing';
import { type ApplicationDocument, dueAt, noted, passed } from './application.document.js';
import { type CommitmentEvent } from './commitment.events.js';
import { afterCommitment } from './commitment.state.js';
import { type ConsultationEvent } from './consultation.events.js';
import { afterConsultation, openConsultation } from './consultation.state.js';
import { type DeficiencyEvent } from './deficiency.events.js';
import { afterDeficiency } from './deficiency.state.js';
import { deadlineDays } from './open-deadlines.js';
import { type PermitEvent } from './permit.events.js';
import { type RecordEvent } from './record.events.js';
import { type WayEvent } from './ways.events.js';

/** What a permit comes to after the end of its case. */
function after(
  document: ApplicationDocument,
  event: { readonly revision: bigint },
  stage: 'recalled' | 'revoked' | 'cancelled',
): ApplicationDocument {
  return { ...noted(document, event), stage, outcome: stage };
}

function consulted(document: ApplicationDocument, event: Recorded<ConsultationEvent>): ApplicationDocument {
  const { consultation } = afterConsultation(document, event);
  const awaiting = document.open ? (openConsultation({ consultation })?.outstanding ?? []) : [];
  return { ...document, ...passed(document, event), consultation, awaiting };
}

type Event = WayEvent | DeficiencyEvent | CommitmentEvent | ConsultationEvent | PermitEvent | RecordEvent;

/** What ways through, opinions, and what comes after the end change in an application's document. */
export const WAY_UPDATES: Required<ProjectionDefinition<ApplicationDocument, Event>['update']> = {
  SpecialHandlingApproved: (document, event) => ({
    ...noted(document, event),
    variedRules: [...(document.variedRules ?? []), event.data.rule],
  }),
  FastTrackGranted: (document, event) => ({
    ...noted(document, event),
    fastTrack: true,
    terms: { ...document.terms, promised: event.data.promised },
    due: event.data.due,
    dueAt: dueAt(event.data.due),
    deadline: deadlineDays(event.data.due),
  }),
  AcceptedWithDeficiency: (document, event) => ({
    ...noted(document, event),
    ...afterDeficiency(document, event),
  }),
  DeficiencyFulfilled: (document, event) => ({
    ...noted(document, event),
    ...afterDeficiency(document, event),
  }),
  DeficiencyLapsed: (document, event) => ({ ...noted(document, event), ...afterDeficiency(document, event) }),
  PermitIssued: (document, event) => ({
    ...noted(document, event),
    validUntil: event.data.validUntil,
  }),
  PermitAmended: noted,
  PermitRenewed: (document, event) => ({
    ...noted(document, event),
    validUntil: event.data.validUntil,
  }),
  PermitRecalled: (document, event) => after(document, event, 'recalled'),
  PermitRevoked: (document, event) => after(document, event, 'revoked'),
  PermitCancelled: (document, event) => after(document, event, 'cancelled'),
  RecordCorrected: noted,
  BackEntryRecorded: (document, event) => ({
    ...noted(document, event),
    backEntries: (document.backEntries ?? 0) + 1,
  }),
  ConsultationRequested: consulted,
  ConsultationAnswered: consulted,
  ConsultationOverdue: consulted,
  CommitmentMade: (document, event) => ({ ...noted(document, event), ...afterCommitment(document, event) }),
  CommitmentVerified: (document, event) => ({
    ...noted(document, event),
    ...afterCommitment(document, event),
  }),
  CommitmentBreached: (document, event) => ({
    ...noted(document, event),
    ...afterCommitment(document, event),
  }),
};
