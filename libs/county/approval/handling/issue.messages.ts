/** Refusal messages about the issues of a difficult case. */
export const ISSUE_MESSAGES = {
  'application.no-such-issue': {
    zh: '申请 {application} 没有第 {issue} 号难点',
    en: 'Application {application} has no issue {issue}',
  },
  'application.issue-decided': {
    zh: '申请 {application} 的第 {issue} 号难点已有决定',
    en: 'Issue {issue} of application {application} has already been decided',
  },
  'application.no-such-option': {
    zh: '申请 {application} 的第 {issue} 号难点没有第 {option} 号方案',
    en: 'Issue {issue} of application {application} has no option {option}',
  },
  'application.issues-open': {
    zh: '申请 {application} 的难点尚未解决：{issues}，不得以难度大为由不予许可',
    en: 'Application {application} still has open issues ({issues}); it may not be refused for being difficult',
  },
} as const;
