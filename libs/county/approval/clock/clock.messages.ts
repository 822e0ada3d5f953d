/** Refusal messages about suspension and extension. */
export const CLOCK_MESSAGES = {
  'application.not-suspended': {
    zh: '申请 {application} 目前没有进行特别程序',
    en: 'The clock of application {application} is not suspended',
  },
  'application.no-term': {
    zh: '申请 {application} 没有法定时限',
    en: 'Application {application} has no statutory time limit',
  },
  'application.extended-before': {
    zh: '申请 {application} 已经延期一次，不得再次延期',
    en: 'The time limit of application {application} has already been extended; it can be extended only once',
  },
  'application.term-over': {
    zh: '申请 {application} 的法定时限已于{dueAt}届满，不能再延期',
    en: 'The statutory time limit of application {application} ended at {dueAt} and can no longer be extended',
  },
  'application.procedure-not-excluded': {
    zh: '申请 {application} 所属事项的办理期限不扣除“{causeZh}”所需时间，可以扣除的有：{allowedZh}',
    en: 'The law of the matter of application {application} does not take {cause} out of its term; it takes out: {allowed}',
  },
  'application.suspension-too-long': {
    zh: '申请 {application} 的“{causeZh}”最多还可以用 {most}{unitZh}，不能用 {days}{unitZh}',
    en: 'The procedure {cause} of application {application} may take {most} more {unit}, not {days}',
  },
  'application.leave-owed': {
    zh: '申请 {application} 的该项决定须经{leaveZh}批准，由其办理',
    en: 'This needs the leave of the head of the organ ({leave}), who decides it for application {application}',
  },
  'application.no-extension': {
    zh: '申请 {application} 所属事项的法律没有规定可以延期',
    en: 'The law of the matter of application {application} knows no extension',
  },
  'application.extension-by-other-law': {
    zh: '申请 {application} 的延期依据是{law}，不是{article}',
    en: 'Application {application} is extended by {law}, not by {article}',
  },
  'application.extension-too-long': {
    zh: '申请 {application} 最多可以延期 {most} 日，不能延期 {days} 日',
    en: 'Application {application} may be extended by at most {most} days, not by {days}',
  },
} as const;
