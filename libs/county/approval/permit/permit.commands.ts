import { licensing } from '#libs/law/citations';
import {
  AnyText,
  Cites,
  Day,
  Ground,
  HttpCommand,
  Name,
  OptionalName,
  OptionalText,
  Text,
} from '#libs/shell/nest';
import { IsBoolean, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import {
  CANCELLATION_GROUNDS,
  type CancellationGround,
  RECALL_GROUNDS,
  type RecallGround,
  REVOCATION_GROUNDS,
  type RevocationGround,
} from './permit.events.js';
import { type Prerequisite } from '../core/terms.js';
import { ApplicationAct } from '../core/application-act.js';
import { PERMIT_ACTS } from './permit.table.js';

@ApplicationAct(PERMIT_ACTS.AmendPermit)
export class AmendPermit extends HttpCommand {
  declare readonly type: 'AmendPermit';
  /** What is different from now on. */
  @Text()
  change!: string;
  @Text()
  reason!: string;
  /** Its new number, where it gets one. */
  @OptionalName()
  permit?: string;
}

@ApplicationAct(PERMIT_ACTS.RenewPermit)
export class RenewPermit extends HttpCommand {
  declare readonly type: 'RenewPermit';
  @Day()
  validUntil!: string;
  @Text()
  reason!: string;
}

@ApplicationAct(PERMIT_ACTS.ApplyForRenewal)
export class ApplyForRenewal extends HttpCommand {
  declare readonly type: 'ApplyForRenewal';
  @Day()
  validUntil!: string;
  @Text()
  reason!: string;
}

@ApplicationAct(PERMIT_ACTS.RefuseRenewal)
export class RefuseRenewal extends HttpCommand {
  declare readonly type: 'RefuseRenewal';
  @Cites('reference')
  @Name()
  article!: string;
  @Ground(licensing(38))
  reason!: string;
  /** As in `RefuseApplication`. */
  @Cites('remedies')
  @OptionalText()
  remedies?: string;
}

@ApplicationAct(PERMIT_ACTS.PostponeUse)
export class PostponeUse extends HttpCommand {
  declare readonly type: 'PostponeUse';
  @Max(120)
  @Min(1)
  @IsInt()
  months!: number;
  @Text()
  reason!: string;
}

@ApplicationAct(PERMIT_ACTS.RecallPermit)
export class RecallPermit extends HttpCommand {
  declare readonly type: 'RecallPermit';
  @IsIn(RECALL_GROUNDS)
  ground!: RecallGround;
  @Ground(licensing(8))
  reason!: string;
  /** How the holder's loss is compensated; required even when there is none. */
  @AnyText()
  compensation!: string;
}

@ApplicationAct(PERMIT_ACTS.RevokePermit)
export class RevokePermit extends HttpCommand {
  declare readonly type: 'RevokePermit';
  @IsIn(Object.keys(REVOCATION_GROUNDS))
  ground!: RevocationGround;
  @Ground(licensing(69))
  reason!: string;
  /**
   * Whether revoking may do great harm to the public interest: then it is not revoked (行政许可法 Art. 69 para. 3). A rule asks
   * for it, so that a retry of a body from before still gets its first answer.
   */
  @IsBoolean()
  @IsOptional()
  publicHarm?: boolean;
  /** How the holder's loss is made good, required even when there is none; not where the permit was got by deception. */
  @AnyText()
  @IsOptional()
  compensation?: string;
  /** Required for deception: how it was found. */
  @OptionalText()
  finding?: string;
  /** As in `RefuseApplication`. */
  @Cites('remedies')
  @OptionalText()
  remedies?: string;
}

@ApplicationAct(PERMIT_ACTS.CancelPermit)
export class CancelPermit extends HttpCommand {
  declare readonly type: 'CancelPermit';
  @IsIn(Object.keys(CANCELLATION_GROUNDS))
  ground!: CancellationGround;
  @Ground(licensing(70))
  reason!: string;
}

/** What is looked up for the first use of a permit. */
export type UseFacts = {
  /** Of a construction permit: what has to be granted before works begin, and is not. */
  readonly missing: readonly Prerequisite[];
};

@ApplicationAct(PERMIT_ACTS.ReportPermitUse)
export class ReportPermitUse extends HttpCommand<UseFacts> {
  declare readonly type: 'ReportPermitUse';
  /** The legal day of it. */
  @Day()
  on!: string;
  @OptionalText()
  note?: string;
}

export const PERMIT_COMMANDS = [
  AmendPermit,
  RenewPermit,
  ApplyForRenewal,
  RefuseRenewal,
  RecallPermit,
  RevokePermit,
  CancelPermit,
  ReportPermitUse,
  PostponeUse,
] as const;
export type PermitCommand = InstanceType<(typeof PERMIT_COMMANDS)[number]>;
