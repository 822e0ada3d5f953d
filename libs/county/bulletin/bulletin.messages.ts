/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const BULLETIN_MESSAGES = {
  'bulletin.not-a-period': {
    zh: '{bulletin} 不是半月的首日（每月 1 日或 16 日，YYYY-MM-DD）',
    en: '{bulletin} is not the first day of a half month (the 1st or the 16th, YYYY-MM-DD)',
  },
  'bulletin.period-not-over': {
    zh: '该半月至 {to} 止，今日 {today}，尚不能通报',
    en: 'The half month lasts until {to}, and today is {today}: there is nothing to report yet',
  },
  'bulletin.published-already': {
    zh: '{bulletin} 的通报已经发布，不得更改',
    en: 'The bulletin {bulletin} is published already, and is not changed',
  },
  'bulletin.diagnostics-missing': {
    zh: '通报须有责任、程序、效率三项诊断，{field} 缺：{missing}',
    en: 'A bulletin has all three diagnostics; {field} lacks: {missing}',
  },
  'bulletin.diagnostic-twice': {
    zh: '{field} 中诊断 {diagnostic} 出现两次',
    en: 'The diagnostic {diagnostic} stands twice in {field}',
  },
} as const;

export type BulletinViolation = keyof typeof BULLETIN_MESSAGES;
