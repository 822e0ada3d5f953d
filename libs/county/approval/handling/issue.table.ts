import { CASE_WORKERS } from '#libs/shell/roles';
import { actRows, UNDECIDED } from '../core/act-row.js';

export const ISSUE_ACTS = actRows({
  RaiseIssue: {
    path: 'issues',
    roles: ['applicant', 'agent', ...CASE_WORKERS, 'campaign-office'],
    by: 'anyone-concerned',
    stages: UNDECIDED,
    article: null,
    zh: '提出难点',
    en: 'Raise an issue that blocks the case',
    whileSuspended: true,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
  ProposeIssueOption: {
    path: 'issue-options',
    roles: CASE_WORKERS,
    by: 'department',
    stages: UNDECIDED,
    article: null,
    zh: '提出解决方案',
    en: 'Propose a solution for an issue',
    whileSuspended: true,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
  DecideIssue: {
    path: 'issue-decisions',
    roles: ['department-head'],
    by: 'department',
    stages: UNDECIDED,
    article: null,
    zh: '决定解决方案',
    en: 'Choose one of the proposed solutions',
    whileSuspended: true,
    whileDisputed: false,
    window: null,
    inLogs: false,
  },
});
