/** Refusal messages about opinions of other departments. */
export const CONSULTATION_MESSAGES = {
  'application.consults-itself': {
    zh: '申请 {application} 由{department}办理，无需向本部门征求意见',
    en: 'Application {application} is handled by {department}, which cannot consult itself',
  },
  'application.consultation-open': {
    zh: '申请 {application} 正在征求意见，尚未回复：{departments}',
    en: 'Application {application} is already under consultation; no opinion yet from {departments}',
  },
  'application.not-consulted': {
    zh: '申请 {application} 没有征求{department}的意见',
    en: '{department} was not consulted on application {application}',
  },
  'application.opinion-given': {
    zh: '{department}已对申请 {application} 回复意见',
    en: '{department} has already given its opinion on application {application}',
  },
  'application.no-consultation': {
    zh: '申请 {application} 没有待回复的征求意见',
    en: 'Application {application} has no open consultation',
  },
  'application.consultation-not-due': {
    zh: '申请 {application} 征求意见的期限为{answerBy}，尚未届满',
    en: 'The departments consulted on application {application} may answer until {answerBy}',
  },
  'application.opinions-outstanding': {
    zh: '申请 {application} 尚未收齐意见：{departments}，期限为{answerBy}',
    en: 'Application {application} is waiting for the opinions of {departments}, due by {answerBy}',
  },
} as const;
