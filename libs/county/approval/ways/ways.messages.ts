/** What is said when a way through is refused. */
export const WAYS_MESSAGES = {
  'application.not-a-grantor': {
    zh: '{person} 无权对申请 {application} 批准快速通道或者特事特办',
    en: '{person} may not open a fast track or approve special handling for application {application}',
  },
  'application.rule-not-variable': {
    zh: '“{ruleZh}”由法律规定，申请 {application} 不能以特事特办突破',
    en: 'The rule {rule} stands in a statute: no special handling may vary it for application {application}',
  },
  'application.rule-varied-already': {
    zh: '申请 {application} 已对规则 {rule} 批准特事特办',
    en: 'The rule {rule} is varied for application {application} already',
  },
  'application.fast-track-already': {
    zh: '申请 {application} 已进入快速通道',
    en: 'Application {application} is on the fast track already',
  },
} as const;
