import {
  Act,
  Cites,
  HttpCommand,
  Name,
  OptionalDay,
  OptionalName,
  OptionalText,
  Text,
} from '#libs/shell/nest';
import { type Prerequisite } from '../core/terms.js';

@Act({
  type: 'ApproveApplication',
  path: 'approval',
  roles: ['window', 'department-head'],
  summary: '准予许可 Approve',
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
  summary: '撤回申请 Withdraw',
})
export class WithdrawApplication extends HttpCommand {
  declare readonly type: 'WithdrawApplication';
  @OptionalText()
  reason?: string;
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
  summary: '办结 Close a case that needs no decision on a permit',
})
export class CloseApplication extends HttpCommand {
  declare readonly type: 'CloseApplication';
  @Name()
  outcome!: string;
}

@Act({
  type: 'RefuseApplication',
  path: 'refusal',
  roles: ['window', 'department-head'],
  summary: '不予许可 Refuse',
  article: '行政许可法 Art. 38',
})
export class RefuseApplication extends HttpCommand {
  declare readonly type: 'RefuseApplication';
  @Cites('reference')
  @Name()
  article!: string;
  @Text()
  reason!: string;
  /** 救济途径; left out: as the law has them. */
  @Cites('remedies')
  @OptionalText()
  remedies?: string;

  /** As in `ApproveApplication`. */
  declare needsReview?: boolean;
}
