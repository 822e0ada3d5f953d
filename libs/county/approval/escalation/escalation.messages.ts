/** Refusal messages about the way up and down the levels. */
export const ESCALATION_MESSAGES = {
  'application.level-not-higher': {
    zh: '申请 {application} 已提级至{level}，只能再向上提级',
    en: 'Application {application} is at level {level}; it can only be escalated to a higher level',
  },
  'application.level-skipped': {
    zh: '申请 {application} 越过{skipped}提级，应当写明越级理由',
    en: 'The escalation of application {application} skips {skipped}; give the reason in skipReason',
  },
  'application.not-escalated': {
    zh: '申请 {application} 尚未提级',
    en: 'Application {application} has not been escalated',
  },
  'application.level-not-lower': {
    zh: '申请 {application} 目前提级至{level}，只能退回更低层级',
    en: 'Application {application} is at level {level}; it can only be sent to a lower level',
  },
} as const;
