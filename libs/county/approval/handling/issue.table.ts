import { type ActRule } from '../core/act-rule.js';
import { type Stage } from '../core/stage.js';
import { type IssueCommand } from './issue.commands.js';

const OPEN: readonly Stage[] = ['submitted', 'supplement-requested', 'accepted', 'returned'];

export const ISSUE_ACTS: Record<IssueCommand['type'], ActRule> = {
  RaiseIssue: { zh: '提出难点', stages: OPEN, article: null, by: 'anyone-concerned' },
  ProposeIssueOption: { zh: '提出解决方案', stages: OPEN, article: null },
  DecideIssue: { zh: '决定解决方案', stages: OPEN, article: null },
};
