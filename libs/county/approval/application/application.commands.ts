import { type CommitmentCommand } from '../ways/commitment.commands.js';
import { type ClockCommand } from '../clock/clock.commands.js';
import { type ConsultationCommand } from '../consultation/consultation.commands.js';
import { type DecisionCommand } from '../decision/decision.commands.js';
import { type EscalationCommand } from '../escalation/escalation.commands.js';
import { type HandlingCommand } from '../handling/handling.commands.js';
import { type HandoverCommand } from '../handling/handover.commands.js';
import { type IssueCommand } from '../handling/issue.commands.js';
import { type FileCommand } from '../intake/file.commands.js';
import { type IntakeCommand } from '../intake/intake.commands.js';
import { type CorrectApplicationApplicant } from '../jurisdiction/applicant-correction.commands.js';
import { type JurisdictionCommand } from '../jurisdiction/disputes.commands.js';
import { type TakeOverApplication } from '../jurisdiction/succession.commands.js';
import { type PermitCommand } from '../permit/permit.commands.js';
import { type WorksCommand } from '../permit/works.commands.js';
import { type CorrectImportedCase } from '../record/imported-case.commands.js';
import { type RateService } from '../record/rating.commands.js';
import { type RecordCommand } from '../record/record.commands.js';
import { type FlagIdleHolder } from '../signals/signals.commands.js';
import { type DeficiencyCommand } from '../ways/deficiency.commands.js';
import { type WayCommand } from '../ways/ways.commands.js';
import { type FireTimer } from './timers.js';

/** What people do, each with a row in a table of acts. */
export type ApplicationCommand =
  | IntakeCommand
  | FileCommand
  | HandlingCommand
  | IssueCommand
  | DecisionCommand
  | ClockCommand
  | EscalationCommand
  | ConsultationCommand
  | PermitCommand
  | WorksCommand
  | RecordCommand
  | RateService
  | WayCommand
  | DeficiencyCommand
  | CommitmentCommand;

/** What follows from something else: a policy or another area sends it, never a person over HTTP. */
export type FollowUp =
  | FireTimer
  | FlagIdleHolder
  | JurisdictionCommand
  | TakeOverApplication
  | HandoverCommand
  | CorrectApplicationApplicant
  | CorrectImportedCase;
