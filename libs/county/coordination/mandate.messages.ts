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
  'mandate.not-confirmed': {
    zh: '委托 {mandate} 尚未经申请人或第二名工作人员确认',
    en: 'Mandate {mandate} was not confirmed yet by the applicant or a second person',
  },
  'mandate.second-person': {
    zh: '委托 {mandate} 由 {person} 登记，须由本部门另一人核对后确认',
    en: 'Mandate {mandate} was recorded by {person}: another person of the department has to confirm it',
  },
  'mandate.paper-missing': {
    zh: '委托 {mandate} 登记时未注明委托书，只能由申请人确认',
    en: 'Mandate {mandate} was recorded without naming the signed paper: only its applicant can confirm it',
  },
  'mandate.not-their-project': {
    zh: '项目 {project} 不是申请人 {applicant} 的项目',
    en: 'Project {project} is not one of the applicant {applicant}',
  },
  'mandate.other-project': {
    zh: '委托 {mandate} 只限于项目 {project}',
    en: 'Mandate {mandate} is for project {project} only',
  },
} as const;

export type MandateViolation = keyof typeof MANDATE_MESSAGES;
