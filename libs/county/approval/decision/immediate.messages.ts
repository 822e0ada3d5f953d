/** What is said when a case is no immediate one. */
export const IMMEDIATE_MESSAGES = {
  'application.not-immediate': {
    zh: '申请 {application} 的承诺时限为 {days} 天，不是即办件',
    en: 'Application {application} is promised in {days} days and is no immediate case',
  },
} as const;
