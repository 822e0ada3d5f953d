import { Act, Cites, Day, HttpCommand, OptionalName, OptionalText, Text } from '#libs/shell/nest';
import { IsIn } from 'class-validator';
import {
  CANCELLATION_GROUNDS,
  type CancellationGround,
  RECALL_GROUNDS,
  type RecallGround,
  REVOCATION_GROUNDS,
  type RevocationGround,
} from './permit.events.js';

@Act({
  type: 'AmendPermit',
  path: 'permit-amendment',
  roles: ['department-head'],
  summary: '变更许可 Amend the permit at its holder’s request',
  article: '行政许可法 Art. 49',
})
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

@Act({
  type: 'RenewPermit',
  path: 'permit-renewal',
  roles: ['department-head'],
  summary: '延续许可 Renew the permit',
  article: '行政许可法 Art. 50',
})
export class RenewPermit extends HttpCommand {
  declare readonly type: 'RenewPermit';
  @Day()
  validUntil!: string;
  @Text()
  reason!: string;
}

@Act({
  type: 'RecallPermit',
  path: 'permit-recall',
  roles: ['department-head'],
  summary: '撤回许可 Recall a lawful permit because the law or the facts have changed',
  article: '行政许可法 Art. 8',
})
export class RecallPermit extends HttpCommand {
  declare readonly type: 'RecallPermit';
  @IsIn(RECALL_GROUNDS)
  ground!: RecallGround;
  @Text()
  reason!: string;
  /** How the holder's loss is made good; that there is none is said, too. */
  @Text()
  compensation!: string;
}

@Act({
  type: 'RevokePermit',
  path: 'permit-revocation',
  roles: ['department-head', 'leader'],
  summary: '撤销许可 Revoke a permit that should not have been granted',
  article: '行政许可法 Art. 69',
})
export class RevokePermit extends HttpCommand {
  declare readonly type: 'RevokePermit';
  @IsIn(Object.keys(REVOCATION_GROUNDS))
  ground!: RevocationGround;
  @Text()
  reason!: string;
  /** As in `RefuseApplication`. */
  @Cites('remedies')
  @OptionalText()
  remedies?: string;
}

@Act({
  type: 'CancelPermit',
  path: 'permit-cancellation',
  roles: ['department-head'],
  summary: '注销许可 Strike the permit off the register',
  article: '行政许可法 Art. 70',
})
export class CancelPermit extends HttpCommand {
  declare readonly type: 'CancelPermit';
  @IsIn(Object.keys(CANCELLATION_GROUNDS))
  ground!: CancellationGround;
  @Text()
  reason!: string;
}

@Act({
  type: 'ReportPermitUse',
  path: 'permit-use',
  roles: ['applicant', 'agent'],
  summary: '报告开工 Report the first use of the permit: the works have begun',
  article: '建筑法 Art. 9',
})
export class ReportPermitUse extends HttpCommand {
  declare readonly type: 'ReportPermitUse';
  /** The legal day of it. */
  @Day()
  on!: string;
  @OptionalText()
  note?: string;
}

export type PermitCommand =
  AmendPermit | RenewPermit | RecallPermit | RevokePermit | CancelPermit | ReportPermitUse;
