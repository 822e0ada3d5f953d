/** What is said when an act cannot be rated so. */
export const RATING_MESSAGES = {
  'application.not-a-handling-act': {
    zh: '申请 {application} 的第 {revision} 号记录（{event}）不是部门的办理行为，不能评价',
    en: 'The event {event} with revision {revision} of application {application} is no act of a department to be rated',
  },
  'application.rated-before': {
    zh: '申请 {application} 的第 {revision} 号办理行为已经评价过，每次办理只评价一次',
    en: 'The act with revision {revision} of application {application} is rated already; each is rated once',
  },
} as const;
