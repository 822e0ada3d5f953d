/**
 * How an application may leave the process that its project was registered under (项目审批工作流程). Each is a fact of the log with
 * the events that show it, for supervision to look at; it is not a finding against anybody until a person has made one.
 */
export const DEVIATIONS = {
  'submitted-before-prerequisite': {
    aspect: 'order',
    zh: '前一阶段的前置审批事项尚未批准，即已提交',
    en: 'was submitted before a prerequisite of an earlier stage was granted',
  },
  'granted-before-prerequisite': {
    aspect: 'prerequisite',
    zh: '前置审批事项尚未批准，即已办结',
    en: 'was granted or completed before a prerequisite was granted',
  },
  'decided-by-other-department': {
    aspect: 'role',
    zh: '由非该事项审批部门作出决定，且无管辖裁定',
    en: 'was decided by a department that is not competent for the matter, without a ruling',
  },
  'decided-without-office': {
    aspect: 'role',
    zh: '由无决定权的人员作出决定',
    en: 'was decided by a person without the power to decide',
  },
  'returned-after-acceptance': {
    aspect: 'step',
    zh: '受理后退回申请人，没有该事项法律依据，时限照常计算',
    en: 'was returned to the applicant after acceptance without an article of its own law; the time runs on',
  },
  'promise-overrun': { aspect: 'limit', zh: '超过承诺时限办结', en: 'ended after its promised time limit' },
  'statutory-overrun': {
    aspect: 'limit',
    zh: '超过法定时限办结',
    en: 'ended after its statutory time limit',
  },
  'running-overdue': {
    aspect: 'limit',
    zh: '超过时限仍未办结',
    en: 'is past its time limit and has not ended',
  },
  'acceptance-skipped': {
    aspect: 'step',
    zh: '未经受理环节即已办结',
    en: 'ended without the acceptance that its matter provides for',
  },
  'review-skipped': {
    aspect: 'step',
    zh: '未经审查环节即已办结',
    en: 'ended without the review that its matter provides for',
  },
} as const;

/** How a project left the way of its template. */
export type DeviationCode = keyof typeof DEVIATIONS;
/** What a deviation is about: the order of submissions, prerequisites, who decided, terms, steps left out. */
export type DeviationAspect = (typeof DEVIATIONS)[DeviationCode]['aspect'];

export const DEVIATION_CODES = Object.keys(DEVIATIONS) as readonly DeviationCode[];
