/** What is said when a record cannot be corrected or completed so. */
export const RECORD_MESSAGES = {
  'application.no-such-record': {
    zh: '申请 {application} 没有第 {revision} 号记录',
    en: 'Application {application} has no event with revision {revision}',
  },
  'application.nothing-to-correct': {
    zh: '申请 {application} 的第 {revision} 号记录（{event}）没有可以更正的 {field}',
    en: 'The event {event} with revision {revision} of application {application} has no text {field}',
  },
  'application.correction-changes-nothing': {
    zh: '申请 {application} 的记录已是“{text}”，更正没有任何变化',
    en: 'The record of application {application} reads "{text}" already; the correction changes nothing',
  },
  'application.not-happened-yet': {
    zh: '申请 {application} 补录的发生时间 {occurredAt} 还没有到',
    en: 'What is entered for application {application} is said to happen at {occurredAt}, which is still to come',
  },
  'application.no-back-entry': {
    zh: '申请 {application} 的 {occurredAt} 距今不足一个工作日，应当按环节记录，不是补录',
    en: 'What happened at {occurredAt} in application {application} is less than a working day old: no back-entry',
  },
} as const;
