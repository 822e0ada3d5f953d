/** Refusal messages about corrections and back-entries. */
export const RECORD_MESSAGES = {
  'application.no-such-record': {
    zh: '申请 {application} 没有第 {revision} 号记录',
    en: 'Application {application} has no event with revision {revision}',
  },
  'application.nothing-to-correct': {
    zh: '申请 {application} 的第 {revision} 号记录没有可以更正的{field}',
    en: 'Event {revision} of application {application} has no text {field} to correct',
  },
  'application.correction-changes-nothing': {
    zh: '更正内容与原记录一致：申请 {application} 的记录已是“{text}”',
    en: 'The record of application {application} already reads "{text}"; the correction changes nothing',
  },
  'application.not-happened-yet': {
    zh: '申请 {application} 补录的发生时间（{occurredAt}）尚未到来',
    en: 'The back-entry of application {application} is dated {occurredAt}, which is in the future',
  },
  'application.no-back-entry': {
    zh: '申请 {application} 的发生时间（{occurredAt}）距今不足一个工作日，应当按环节记录，不属于补录',
    en: 'What happened at {occurredAt} in application {application} is less than a working day old; record it as a step, not as a back-entry',
  },
  'application.cannot-be-reread': {
    zh: '该办件中的 {event} 记录不能由导入更正',
    en: 'The case holds an event ({event}) that an import cannot correct',
  },
} as const;
