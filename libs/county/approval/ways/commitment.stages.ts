import { type ActRule } from '../application/application.acts.js';
import { type CommitmentCommand } from './commitment.commands.js';

export const COMMITMENT_ACTS: Record<CommitmentCommand['type'], ActRule> = {
  MakeCommitment: {
    zh: '作出承诺',
    stages: ['submitted', 'supplement-requested'],
    article: null,
    by: 'applicant',
  },
  CheckCommitment: { zh: '核查承诺', stages: ['accepted', 'decided', 'delivered', 'closed'], article: null },
};
