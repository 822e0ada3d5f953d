/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const MANDATE_MESSAGES = {
  'mandate.exists': { zh: '委托 {mandate} 已经登记', en: 'Mandate {mandate} already exists' },
  'mandate.unknown': { zh: '委托 {mandate} 不存在', en: 'There is no mandate {mandate}' },
  'mandate.not-yours': {
    zh: '委托 {mandate} 与 {person} 无关',
    en: 'Mandate {mandate} does not concern {person}',
  },
  'mandate.not-an-agent': {
    zh: '{agent} 不是代办员账号',
    en: '{agent} is not the account of an agent',
  },
  'mandate.not-an-applicant': {
    zh: '{applicant} 不是申请人账号',
    en: '{applicant} is not the account of an applicant',
  },
  'mandate.not-a-day': { zh: '日期无效：{value}', en: '{value} is not a valid date' },
  'mandate.ends-in-the-past': {
    zh: '委托的最后一日（{lastDay}）已经过去',
    en: 'The last day of the mandate, {lastDay}, is in the past',
  },
  'mandate.expired': {
    zh: '委托 {mandate} 已于{lastDay}到期',
    en: 'Mandate {mandate} expired at the end of {lastDay}',
  },
  'mandate.revoked': { zh: '委托 {mandate} 已经撤销', en: 'Mandate {mandate} has been revoked' },
  'mandate.not-confirmed': {
    zh: '委托 {mandate} 尚未经申请人或者第二名工作人员确认',
    en: 'Mandate {mandate} has not yet been confirmed by the applicant or by a second person',
  },
  'mandate.second-person': {
    zh: '委托 {mandate} 由 {person} 登记，应当由本部门另一名工作人员核对后确认',
    en: 'Mandate {mandate} was recorded by {person}; another person of the department must confirm it',
  },
  'mandate.paper-missing': {
    zh: '委托 {mandate} 登记时未注明委托书，只能由申请人确认',
    en: 'Mandate {mandate} was recorded without naming the signed paper, so only the applicant can confirm it',
  },
  'mandate.not-their-project': {
    zh: '项目 {project} 不是申请人 {applicant} 的项目',
    en: 'Project {project} does not belong to the applicant {applicant}',
  },
  'mandate.other-project': {
    zh: '委托 {mandate} 仅限于项目 {project}',
    en: 'Mandate {mandate} covers project {project} only',
  },
} as const;

export type MandateViolation = keyof typeof MANDATE_MESSAGES;
