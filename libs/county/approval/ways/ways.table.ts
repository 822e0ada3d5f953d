import { type ActRule } from '../core/act-rule.js';
import { type CommitmentCommand } from './commitment.commands.js';
import { type DeficiencyCommand } from './deficiency.commands.js';
import { type WayCommand } from './ways.commands.js';

export const COMMITMENT_ACTS: Record<CommitmentCommand['type'], ActRule> = {
  MakeCommitment: {
    zh: '作出承诺',
    stages: ['submitted', 'supplement-requested'],
    article: null,
    by: 'applicant',
  },
  CheckCommitment: { zh: '核查承诺', stages: ['accepted', 'decided', 'delivered', 'closed'], article: null },
};

export const DEFICIENCY_ACTS: Record<DeficiencyCommand['type'], ActRule> = {
  AcceptWithDeficiency: { zh: '容缺受理', stages: ['submitted'], article: 'Art. 32' },
  FulfilDeficiency: { zh: '补交容缺材料', stages: ['accepted'], article: null, by: 'hand-in' },
  LapseDeficiency: { zh: '记录容缺逾期', stages: ['accepted'], article: null },
};

export const WAY_ACTS: Record<WayCommand['type'], ActRule> = {
  ApproveSpecialHandling: {
    zh: '特事特办',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned'],
    article: null,
    by: 'grantor',
  },
  GrantFastTrack: {
    zh: '进入快速通道',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned'],
    article: null,
    by: 'grantor',
  },
};
