import { type ActRule } from '../core/act-rule.js';
import { type PermitCommand } from './permit.commands.js';

export const PERMIT_ACTS: Record<PermitCommand['type'], ActRule> = {
  AmendPermit: { zh: '变更许可', stages: ['delivered'], article: 'Art. 49' },
  RenewPermit: { zh: '延续许可', stages: ['delivered'], article: 'Art. 50' },
  RecallPermit: { zh: '撤回许可', stages: ['delivered'], article: 'Art. 8' },
  RevokePermit: { zh: '撤销许可', stages: ['delivered'], article: 'Art. 69', by: 'organ-or-superior' },
  ReportPermitUse: { zh: '报告开工', stages: ['delivered'], article: null, by: 'applicant' },
  CancelPermit: { zh: '注销许可', stages: ['delivered', 'revoked', 'recalled'], article: 'Art. 70' },
};
