/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const BULLETIN_MESSAGES = {
  'bulletin.not-a-period': {
    zh: '“{bulletin}”不是半月的首日（每月 1 日或者 16 日，格式为 YYYY-MM-DD）',
    en: '{bulletin} is not the first day of a half-month (the 1st or the 16th, YYYY-MM-DD)',
  },
  'bulletin.period-not-over': {
    zh: '该半月至{to}结束，今日为{today}，尚不能发布通报',
    en: 'The half-month ends on {to} and today is {today}; it cannot be reported on yet',
  },
  'bulletin.published-already': {
    zh: '{bulletin}起的半月通报已经发布，不得更改',
    en: 'Bulletin {bulletin} has already been published and cannot be changed',
  },
  'bulletin.diagnostics-missing': {
    zh: '通报应当包括责任意识、程序繁简、办事效率三项诊断，{field}缺少：{missing}',
    en: 'A bulletin must have all three diagnostics; {field} lacks: {missing}',
  },
  'bulletin.diagnostic-twice': {
    zh: '{field}中“{diagnostic}”重复',
    en: 'The diagnostic {diagnostic} is listed twice in {field}',
  },
} as const;

export type BulletinViolation = keyof typeof BULLETIN_MESSAGES;
