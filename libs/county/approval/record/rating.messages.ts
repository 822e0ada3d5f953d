/** Refusal messages about ratings. */
export const RATING_MESSAGES = {
  'application.not-a-handling-act': {
    zh: '申请 {application} 的第 {revision} 号记录不是部门的办理行为，不能评价',
    en: 'Event {revision} of application {application} is not an act of a department and cannot be rated',
  },
  'application.rated-before': {
    zh: '申请 {application} 的第 {revision} 号办理行为已经评价，每次办理只能评价一次',
    en: 'Event {revision} of application {application} has already been rated; each act is rated once',
  },
} as const;
