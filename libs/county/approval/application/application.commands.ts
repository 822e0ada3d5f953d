import { type ClockCommand } from '../clock/clock.commands.js';
import { type ConsultationCommand } from '../consultation/consultation.commands.js';
import {
  type ApproveApplication,
  type CloseApplication,
  type DeliverDecision,
  type RefuseApplication,
  type WithdrawApplication,
} from '../decision/decision.commands.js';
import { type CompleteImmediately } from '../decision/immediate.commands.js';
import { type EscalateApplication } from '../escalation/escalation.commands.js';
import {
  type AssignReviewer,
  type RecordStep,
  type ReturnApplication,
  type SendBackApplication,
  type TransferApplication,
} from '../handling/handling.commands.js';
import { type IssueCommand } from '../handling/issue.commands.js';
import {
  type AcceptApplication,
  type RefuseAcceptance,
  type RequestSupplement,
  type SubmitApplication,
  type SubmitSupplement,
} from '../intake/intake.commands.js';
import { type PermitCommand } from '../permit/permit.commands.js';
import { type RateService } from '../record/rating.commands.js';
import { type RecordCommand } from '../record/record.commands.js';
import { type CommitmentCommand } from '../ways/commitment.commands.js';
import { type DeficiencyCommand } from '../ways/deficiency.commands.js';
import { type WayCommand } from '../ways/ways.commands.js';

export type ApplicationCommand =
  | SubmitApplication
  | RequestSupplement
  | SubmitSupplement
  | AcceptApplication
  | RefuseAcceptance
  | AssignReviewer
  | RecordStep
  | SendBackApplication
  | ReturnApplication
  | ApproveApplication
  | RefuseApplication
  | WithdrawApplication
  | TransferApplication
  | EscalateApplication
  | DeliverDecision
  | CloseApplication
  | ClockCommand
  | WayCommand
  | DeficiencyCommand
  | CommitmentCommand
  | CompleteImmediately
  | ConsultationCommand
  | PermitCommand
  | RecordCommand
  | IssueCommand
  | RateService;
