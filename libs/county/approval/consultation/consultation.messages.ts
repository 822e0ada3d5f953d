/** What is said when an opinion is owed, not asked for, or given already. */
export const CONSULTATION_MESSAGES = {
  'application.consults-itself': {
    zh: '申请 {application} 由“{department}”办理，不必向本部门征求意见',
    en: 'Application {application} is handled by {department}, which cannot consult itself',
  },
  'application.consultation-open': {
    zh: '申请 {application} 正在征求意见，尚未回复：{departments}',
    en: 'Application {application} is in consultation already; not answered yet: {departments}',
  },
  'application.not-consulted': {
    zh: '申请 {application} 没有征求“{department}”的意见',
    en: '{department} was not asked for its opinion on application {application}',
  },
  'application.opinion-given': {
    zh: '“{department}”已对申请 {application} 回复意见',
    en: '{department} has given its opinion on application {application} already',
  },
  'application.no-consultation': {
    zh: '申请 {application} 没有在等的意见',
    en: 'Application {application} waits for no opinion',
  },
  'application.consultation-not-due': {
    zh: '申请 {application} 征求意见的期限为 {answerBy}，尚未届满',
    en: 'The departments consulted on application {application} have until {answerBy} to answer',
  },
  'application.opinions-outstanding': {
    zh: '申请 {application} 尚未收齐意见：{departments}，期限 {answerBy}',
    en: 'Application {application} still waits for the opinion of {departments}, until {answerBy}',
  },
} as const;
