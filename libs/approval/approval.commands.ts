import { Act, HttpCommand } from '#libs/nest';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { ESCALATION_LEVELS, type EscalationLevel, type Prerequisite, type Terms } from './approval.events.js';

const NAME = 200;
const TEXT = 4000;
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
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(NAME, { each: true })
  materials?: string[];
  @IsOptional()
  @IsString()
  @MaxLength(NAME)
  channel?: string;

  /** Looked up by the handler, never sent by the caller. */
  declare opening: Opening;
  /** An end promised by an imported log. */
  declare promisedEnd: string | null;
}

export class SupplementItem {
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  material!: string;
  @IsString()
  @IsNotEmpty()
  @MaxLength(TEXT)
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
  @Type(() => SupplementItem)
  items!: SupplementItem[];
}

@Act({
  type: 'SubmitSupplement',
  path: 'supplement',
  roles: ['applicant', 'agent', 'window'],
  summary: '补正 Hand in what was asked for',
})
export class SubmitSupplement extends HttpCommand {
  declare readonly type: 'SubmitSupplement';
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(NAME, { each: true })
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
  @IsOptional()
  @IsString()
  @MaxLength(TEXT)
  note?: string;
}

@Act({
  type: 'RefuseAcceptance',
  path: 'acceptance-refusal',
  roles: ['window'],
  summary: '不予受理 Refuse to accept',
  article: '行政许可法 Art. 32',
})
export class RefuseAcceptance extends HttpCommand {
  declare readonly type: 'RefuseAcceptance';
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  article!: string;
  @IsString()
  @IsNotEmpty()
  @MaxLength(TEXT)
  reason!: string;
  @IsString()
  @IsNotEmpty()
  @MaxLength(TEXT)
  remedies!: string;
}

@Act({
  type: 'AssignReviewer',
  path: 'assignment',
  roles: ['window', 'department-head'],
  summary: '派件 Assign a reviewer',
})
export class AssignReviewer extends HttpCommand {
  declare readonly type: 'AssignReviewer';
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  person!: string;
  @IsOptional()
  @IsString()
  @MaxLength(NAME)
  post?: string;
}

@Act({ type: 'RecordStep', path: 'steps', roles: CASE_WORKERS, summary: '环节 Record a step that was done' })
export class RecordStep extends HttpCommand {
  declare readonly type: 'RecordStep';
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  step!: string;
  @IsOptional()
  @IsString()
  @MaxLength(TEXT)
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
  @IsString()
  @IsNotEmpty()
  @MaxLength(TEXT)
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
  @IsString()
  @IsNotEmpty()
  @MaxLength(TEXT)
  reason!: string;
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  article?: string;
}

@Act({
  type: 'ApproveApplication',
  path: 'approval',
  roles: ['department-head'],
  summary: '准予 Approve',
  article: '行政许可法 Art. 38',
})
export class ApproveApplication extends HttpCommand {
  declare readonly type: 'ApproveApplication';
  @IsOptional()
  @IsString()
  @MaxLength(NAME)
  permit?: string;
  @IsOptional()
  @IsString()
  @MaxLength(TEXT)
  opinion?: string;

  /** Prerequisites not granted at this moment, looked up by the handler. */
  declare missing: readonly Prerequisite[];
}

@Act({
  type: 'RefuseApplication',
  path: 'refusal',
  roles: ['department-head'],
  summary: '不予许可 Refuse',
  article: '行政许可法 Art. 38',
})
export class RefuseApplication extends HttpCommand {
  declare readonly type: 'RefuseApplication';
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  article!: string;
  @IsString()
  @IsNotEmpty()
  @MaxLength(TEXT)
  reason!: string;
  @IsString()
  @IsNotEmpty()
  @MaxLength(TEXT)
  remedies!: string;
}

@Act({
  type: 'WithdrawApplication',
  path: 'withdrawal',
  roles: ['applicant', 'agent'],
  summary: '撤件 Withdraw',
})
export class WithdrawApplication extends HttpCommand {
  declare readonly type: 'WithdrawApplication';
  @IsOptional()
  @IsString()
  @MaxLength(TEXT)
  reason?: string;
}

@Act({ type: 'TransferApplication', path: 'transfer', roles: CASE_WORKERS, summary: '转办/移送 Transfer' })
export class TransferApplication extends HttpCommand {
  declare readonly type: 'TransferApplication';
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  department!: string;
  @IsOptional()
  @IsString()
  @MaxLength(NAME)
  post?: string;
  @IsOptional()
  @IsString()
  @MaxLength(NAME)
  person?: string;
  @IsString()
  @IsNotEmpty()
  @MaxLength(TEXT)
  reason!: string;

  /** Whether the receiving department exists, looked up by the handler. */
  declare departmentKnown: boolean;
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
  @IsString()
  @IsNotEmpty()
  @MaxLength(TEXT)
  reason!: string;
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
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  method?: string;
  @IsOptional()
  @IsString()
  @MaxLength(NAME)
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
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME)
  outcome!: string;
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
  | CloseApplication;
