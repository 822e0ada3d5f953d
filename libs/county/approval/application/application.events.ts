import { type ClockEvent } from '../clock/clock.events.js';
import { type ConsultationEvent } from '../consultation/consultation.events.js';
import { type DecisionEvent } from '../decision/decision.events.js';
import { type EscalationEvent } from '../escalation/escalation.events.js';
import { type HandlingEvent } from '../handling/handling.events.js';
import { type HandoverEvent } from '../handling/handover.events.js';
import { type IssueEvent } from '../handling/issue.events.js';
import { type FileEvent } from '../intake/file.events.js';
import { type IntakeEvent } from '../intake/intake.events.js';
import { type JurisdictionEvent } from '../jurisdiction/jurisdiction.state.js';
import { type PermitEvent } from '../permit/permit.events.js';
import { type WorksEvent } from '../permit/works.events.js';
import { type ServiceRated } from '../record/rating.events.js';
import { type ImportedCaseCorrected } from '../record/imported-case.events.js';
import { type RecordEvent } from '../record/record.events.js';
import { type SignalEvent } from '../signals/signals.events.js';
import { type CommitmentEvent } from '../ways/commitment.events.js';
import { type DeficiencyEvent } from '../ways/deficiency.events.js';
import { type WayEvent } from '../ways/ways.events.js';

/** Everything that can happen to an application. */
export type ApplicationEvent =
  | IntakeEvent
  | FileEvent
  | HandlingEvent
  | HandoverEvent
  | IssueEvent
  | DecisionEvent
  | ClockEvent
  | EscalationEvent
  | ConsultationEvent
  | PermitEvent
  | WorksEvent
  | RecordEvent
  | ImportedCaseCorrected
  | ServiceRated
  | WayEvent
  | DeficiencyEvent
  | CommitmentEvent
  | JurisdictionEvent
  | SignalEvent;
