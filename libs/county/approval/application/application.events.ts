import { type ClockEvent } from '../clock/clock.events.js';
import { type ConsultationEvent } from '../consultation/consultation.events.js';
import {
  type ApplicationApproved,
  type ApplicationClosed,
  type ApplicationRefused,
  type ApplicationWithdrawn,
  type DecisionDelivered,
} from '../decision/decision.events.js';
import { type ApplicationEscalated } from '../escalation/escalation.events.js';
import {
  type ApplicationReturned,
  type ApplicationSentBack,
  type ApplicationTransferred,
  type ReviewerAssigned,
  type StepRecorded,
} from '../handling/handling.events.js';
import { type IssueEvent } from '../handling/issue.events.js';
import {
  type AcceptanceRefused,
  type ApplicationAccepted,
  type ApplicationResubmitted,
  type ApplicationSubmitted,
  type SupplementRequested,
  type SupplementSubmitted,
} from '../intake/intake.events.js';
import { type ApplicationApplicantCorrected } from '../jurisdiction/applicant-correction.events.js';
import { type DisputedEvent } from '../jurisdiction/disputes.events.js';
import { type ApplicationTakenOver } from '../jurisdiction/succession.events.js';
import { type PermitEvent } from '../permit/permit.events.js';
import { type ServiceRated } from '../record/rating.events.js';
import { type RecordEvent } from '../record/record.events.js';
import { type SignalEvent } from '../signals/signals.events.js';
import { type CommitmentEvent } from '../ways/commitment.events.js';
import { type DeficiencyEvent } from '../ways/deficiency.events.js';
import { type WayEvent } from '../ways/ways.events.js';

export type ApplicationEvent =
  | ApplicationSubmitted
  | SupplementRequested
  | SignalEvent
  | DisputedEvent
  | ApplicationTakenOver
  | ApplicationApplicantCorrected
  | SupplementSubmitted
  | ApplicationAccepted
  | AcceptanceRefused
  | ReviewerAssigned
  | StepRecorded
  | ApplicationSentBack
  | ApplicationReturned
  | ApplicationResubmitted
  | ApplicationApproved
  | ApplicationRefused
  | ApplicationWithdrawn
  | ApplicationTransferred
  | ApplicationEscalated
  | DecisionDelivered
  | ApplicationClosed
  | ClockEvent
  | WayEvent
  | DeficiencyEvent
  | CommitmentEvent
  | ConsultationEvent
  | PermitEvent
  | RecordEvent
  | IssueEvent
  | ServiceRated;
