/** What is said when there is no permit, or no ground to touch it. */
export const PERMIT_MESSAGES = {
  'application.no-permit': {
    zh: '申请 {application} 没有准予的许可',
    en: 'Application {application} was not granted: there is no permit',
  },
  'application.not-a-day': {
    zh: '申请 {application} 的有效期“{day}”不是存在的日期',
    en: 'The permit of application {application} cannot end on {day}: there is no such day',
  },
  'application.day-not-ahead': {
    zh: '申请 {application} 的有效期 {day} 应当在今日之后',
    en: 'The permit of application {application} cannot end on {day}, which is not ahead',
  },
  'application.permit-expired': {
    zh: '申请 {application} 的许可已于 {validUntil} 届满，不能再延续',
    en: 'The permit of application {application} ended on {validUntil} and can no longer be renewed',
  },
  'application.renewal-not-longer': {
    zh: '申请 {application} 的许可有效期至 {validUntil}，延续至 {day} 没有延长',
    en: 'The permit of application {application} is valid until {validUntil}: {day} is no renewal',
  },
  'application.permit-used-already': {
    zh: '申请 {application} 已报告于 {usedOn} 开工',
    en: 'First use of the permit of application {application} was reported for {usedOn} already',
  },
  'application.not-a-day-of-use': {
    zh: '申请 {application} 的开工日期 {on} 应当在送达之日 {delivered} 至今日 {today} 之间',
    en: 'The permit of application {application} cannot be first used on {on}: it has to be a day from {delivered} to {today}',
  },
  'application.no-breach': {
    zh: '申请 {application} 的承诺没有经核查认定不实',
    en: 'No check has found the commitment of application {application} broken',
  },
  'application.permit-not-expired': {
    zh: '申请 {application} 的许可有效期（{validUntil}）没有届满',
    en: 'The permit of application {application} has not ended (valid until {validUntil})',
  },
  'application.permit-not-withdrawn': {
    zh: '申请 {application} 的许可没有被撤销或者撤回',
    en: 'The permit of application {application} was neither revoked nor recalled',
  },
} as const;
