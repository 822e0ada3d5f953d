/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const MANDATE_MESSAGES = {
  'mandate.exists': { zh: '委托 {mandate} 已经存在', en: 'Mandate {mandate} exists already' },
  'mandate.unknown': { zh: '没有委托 {mandate}', en: 'There is no mandate {mandate}' },
  'mandate.not-yours': {
    zh: '委托 {mandate} 与 {person} 无关',
    en: 'Mandate {mandate} is none of {person}',
  },
  'mandate.not-an-agent': {
    zh: '{agent} 不是代办员账户',
    en: '{agent} is not the account of an agent',
  },
  'mandate.not-an-applicant': {
    zh: '{applicant} 不是申请人账户',
    en: '{applicant} is not the account of an applicant',
  },
  'mandate.not-a-day': { zh: '{value} 不是有效日期', en: '{value} is not a day of the calendar' },
  'mandate.ends-in-the-past': {
    zh: '委托的最后一日 {lastDay} 已经过去',
    en: 'The last day {lastDay} of the mandate is over',
  },
  'mandate.expired': {
    zh: '委托 {mandate} 已于 {lastDay} 到期',
    en: 'Mandate {mandate} expired with {lastDay}',
  },
  'mandate.revoked': { zh: '委托 {mandate} 已被撤销', en: 'Mandate {mandate} was revoked' },
  'mandate.other-project': {
    zh: '委托 {mandate} 只限于项目 {project}',
    en: 'Mandate {mandate} is for project {project} only',
  },
} as const;

export type MandateViolation = keyof typeof MANDATE_MESSAGES;
