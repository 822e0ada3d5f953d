/** Refusal messages about immediate cases. */
export const IMMEDIATE_MESSAGES = {
  'application.not-immediate': {
    zh: '申请 {application} 的承诺时限为 {days} 天，不属于即办件',
    en: 'Application {application} is promised in {days} days, so it is not an immediate case',
  },
} as const;
