/** What the rules of the clock and of the ladder say; part of APPROVAL_MESSAGES. */
export const CLOCK_MESSAGES = {
  'application.suspended': {
    zh: '申请 {application} 正在中止计时（{cause}），应当先恢复计时',
    en: 'The clock of application {application} is suspended ({cause}); resume it first',
  },
  'application.not-suspended': {
    zh: '申请 {application} 没有中止计时',
    en: 'The clock of application {application} is not suspended',
  },
  'application.no-term': {
    zh: '申请 {application} 没有法定时限',
    en: 'Application {application} has no statutory term',
  },
  'application.extended-before': {
    zh: '申请 {application} 已经延期一次，不得再次延期',
    en: 'The term of application {application} was extended before; there is one extension',
  },
  'application.term-over': {
    zh: '申请 {application} 的法定时限已于 {dueAt} 届满，不能再延期',
    en: 'The statutory term of application {application} ended at {dueAt} and can no longer be extended',
  },
  'application.extension-too-long': {
    zh: '申请 {application} 最多可以延期 {most} 天，不能延期 {days} 天',
    en: 'Application {application} may be extended by {most} days at most, not by {days}',
  },
  'application.level-skipped': {
    zh: '申请 {application} 提级越过 {skipped}，应当写明越级理由',
    en: 'The escalation of application {application} passes over {skipped}: skipReason must say why',
  },
  'application.not-escalated': {
    zh: '申请 {application} 没有提级',
    en: 'Application {application} has not been escalated',
  },
  'application.level-not-lower': {
    zh: '申请 {application} 目前在“{level}”，只能退回更低层级',
    en: 'Application {application} stands at level {level}; it can only be sent lower',
  },
  'application.not-the-clock': {
    zh: '{person} 不能代替时钟办理申请 {application}',
    en: '{person} may not fire a timer of application {application}',
  },
} as const;
