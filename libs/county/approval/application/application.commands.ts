import { type CommandMeta } from '#libs/engine/event-sourcing';
import {
  Act,
  Cites,
  EachOnce,
  HttpCommand,
  Name,
  OptionalDay,
  OptionalName,
  OptionalNames,
  OptionalText,
  Text,
  RefersTo,
} from '#libs/shell/nest';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { type ClockCommand } from '../clock/clock.commands.js';
import {
  ESCALATION_LEVELS,
  type EscalationLevel,
  type Prerequisite,
  type Terms,
} from './application.events.js';
import { type CommitmentCommand } from '../ways/commitment.commands.js';
import { type Asked } from '../consultation/consultation.acts.js';
import { type ConsultationCommand } from '../consultation/consultation.commands.js';
import { type DeficiencyCommand } from '../ways/deficiency.commands.js';
import { type CompleteImmediately } from '../decision/immediate.commands.js';
import { type IssueCommand } from '../handling/issue.commands.js';
import { type PermitCommand } from '../permit/permit.commands.js';
import { type RateService } from '../record/rating.commands.js';
import { type RecordCommand } from '../record/record.commands.js';
import { type RefuseAcceptance, type RefuseApplication } from '../decision/refusal.commands.js';
import { type WayCommand } from '../ways/ways.commands.js';

export * from '../decision/refusal.commands.js';

const CASE_WORKERS = ['window', 'reviewer', 'department-head'] as const;

/** What the project and the catalogue say about an application, looked up before `decide` sees the command. */
export interface Opening {
  readonly project: string;
  readonly projectName: string;
  readonly region: string;
  readonly matter: string;
  readonly matterName: string;
  readonly matterVersion: number;
  readonly department: string | null;
  readonly applicant: string;
  readonly terms: Terms;
  readonly prerequisites: readonly Prerequisite[];
}

/** 提交申请; on a returned application it is the resubmission. */
@Act({
  type: 'SubmitApplication',
  path: 'submission',
  roles: ['applicant', 'agent', 'window'],
  summary: '提交申请 Submit an application',
})
export class SubmitApplication extends HttpCommand {
  declare readonly type: 'SubmitApplication';
  @OptionalNames(200)
  materials?: string[];
  @OptionalName()
  channel?: string;
  /** Account of the applicant, where the window hands in for somebody whom the project does not name yet. */
  @RefersTo({ to: 'account', roles: ['applicant'] })
  @OptionalName()
  applicant?: string;

  /** Looked up by the handler, never sent by the caller. */
  declare opening: Opening;
  /** An end promised by an imported log. */
  declare promisedEnd: string | null;
  /** Whom to consult at once, where a whole stage is submitted and this is its lead's application. */
  declare consult?: Asked;
}

export class SupplementItem {
  @Name()
  material!: string;
  @Text()
  reason!: string;
}

@Act({
  type: 'RequestSupplement',
  path: 'supplement-request',
  roles: ['window'],
  summary: '一次告知 Tell the applicant once everything to correct',
  article: '行政许可法 Art. 32(4)',
})
export class RequestSupplement extends HttpCommand {
  declare readonly type: 'RequestSupplement';
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @EachOnce('material')
  @Type(() => SupplementItem)
  items!: SupplementItem[];

  /** Names of the materials that the matter's catalogue asks for, looked up by the handler; none when it has no list. */
  declare knownMaterials?: readonly string[];
}

@Act({
  type: 'SubmitSupplement',
  path: 'supplement',
  roles: ['applicant', 'agent', 'window'],
  summary: '补正 Hand in what was asked for',
})
export class SubmitSupplement extends HttpCommand {
  declare readonly type: 'SubmitSupplement';
  @OptionalNames(200)
  materials?: string[];
}

@Act({
  type: 'AcceptApplication',
  path: 'acceptance',
  roles: ['window'],
  summary: '受理 Accept',
  article: '行政许可法 Art. 32',
})
export class AcceptApplication extends HttpCommand {
  declare readonly type: 'AcceptApplication';
  @OptionalText()
  note?: string;
}

@Act({
  type: 'AssignReviewer',
  path: 'assignment',
  roles: ['window', 'department-head'],
  summary: '派件 Assign a reviewer',
})
export class AssignReviewer extends HttpCommand {
  declare readonly type: 'AssignReviewer';
  @RefersTo({ to: 'staff', of: 'actor', roles: CASE_WORKERS })
  @Name()
  person!: string;
  @RefersTo({ to: 'post', person: 'person' })
  @OptionalName()
  post?: string;
}

@Act({ type: 'RecordStep', path: 'steps', roles: CASE_WORKERS, summary: '环节 Record a step that was done' })
export class RecordStep extends HttpCommand {
  declare readonly type: 'RecordStep';
  @Name()
  step!: string;
  @OptionalText()
  note?: string;

  /** Id of the row it was imported from; null for live work. */
  declare source: string | null;
}

@Act({
  type: 'SendBackApplication',
  path: 'send-back',
  roles: ['department-head'],
  summary: '内部退回 Send back to the reviewer',
})
export class SendBackApplication extends HttpCommand {
  declare readonly type: 'SendBackApplication';
  @Text()
  reason!: string;
}

@Act({
  type: 'ReturnApplication',
  path: 'return',
  roles: CASE_WORKERS,
  summary: '退件 Return to the applicant',
})
export class ReturnApplication extends HttpCommand {
  declare readonly type: 'ReturnApplication';
  @Text()
  reason!: string;
  @Cites('reference')
  @OptionalName()
  article?: string;
}

@Act({
  type: 'ApproveApplication',
  path: 'approval',
  roles: ['window', 'department-head'],
  summary: '准予 Approve',
  article: '行政许可法 Art. 38',
})
export class ApproveApplication extends HttpCommand {
  declare readonly type: 'ApproveApplication';
  @OptionalName()
  permit?: string;
  @OptionalText()
  opinion?: string;
  /** Last day of a permit that is valid for a time. */
  @OptionalDay()
  validUntil?: string;

  /** Prerequisites not granted at this moment, looked up by the handler. */
  declare missing: readonly Prerequisite[];
  /** The others, with when they were granted. */
  declare granted?: readonly (Prerequisite & { readonly grantedAt: string })[];
  /** Whether the matter, as it was in force at receipt, provides for a review; looked up by the handler, left out: it does. */
  declare needsReview?: boolean;
}

@Act({
  type: 'WithdrawApplication',
  path: 'withdrawal',
  roles: ['applicant', 'agent'],
  summary: '撤件 Withdraw',
})
export class WithdrawApplication extends HttpCommand {
  declare readonly type: 'WithdrawApplication';
  @OptionalText()
  reason?: string;
}

@Act({ type: 'TransferApplication', path: 'transfer', roles: CASE_WORKERS, summary: '转办/移送 Transfer' })
export class TransferApplication extends HttpCommand {
  declare readonly type: 'TransferApplication';
  @Name()
  department!: string;
  /** Needs `person`: the post is the one that they hold. */
  @RefersTo({ to: 'post', person: 'person' })
  @OptionalName()
  post?: string;
  @RefersTo({ to: 'staff', of: { field: 'department' }, roles: CASE_WORKERS })
  @OptionalName()
  person?: string;
  @Text()
  reason!: string;

  /** Whether the receiving department exists, looked up by the handler. */
  declare departmentKnown: boolean;
  /** Id of the event that gave the application to its first department, looked up by the handler. */
  declare openedBy?: string;
}

@Act({
  type: 'EscalateApplication',
  path: 'escalation',
  roles: ['applicant', 'agent', ...CASE_WORKERS, 'supervisor', 'campaign-office'],
  summary: '提级 Escalate',
})
export class EscalateApplication extends HttpCommand {
  declare readonly type: 'EscalateApplication';
  /** Default: the next level up. */
  @IsOptional()
  @IsIn(ESCALATION_LEVELS)
  level?: EscalationLevel;
  @Text()
  reason!: string;
  /** Why a level is passed over; needed where one is. */
  @OptionalText()
  skipReason?: string;
}

@Act({
  type: 'DeliverDecision',
  path: 'delivery',
  roles: ['window'],
  summary: '送达 Deliver the decision',
  article: '行政许可法 Art. 44',
})
export class DeliverDecision extends HttpCommand {
  declare readonly type: 'DeliverDecision';
  @OptionalName()
  method?: string;
  @OptionalName()
  recipient?: string;
}

@Act({
  type: 'CloseApplication',
  path: 'closure',
  roles: ['window', 'department-head'],
  summary: '办结 Close a case that needs no licence decision',
})
export class CloseApplication extends HttpCommand {
  declare readonly type: 'CloseApplication';
  @Name()
  outcome!: string;
}

/** Says that a case stands still; sent by the policy over idle holders, never by a person. */
export interface FlagIdleHolder {
  readonly type: 'FlagIdleHolder';
  readonly id: string;
  /** The last act that the watch saw, by its id, and when it took effect (ISO instant). */
  readonly lastEvent: string;
  readonly since: string;
  /** Working days without an act that make a standstill. */
  readonly idleWorkingDays: number;
  readonly meta: CommandMeta;
}

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
