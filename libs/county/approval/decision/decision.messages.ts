/** Refusal messages about decisions, those given at once included. */
export const DECISION_MESSAGES = {
  'application.prerequisites-not-granted': {
    zh: '前置审批事项尚未办结（取得批准）：{missing}',
    en: 'Prerequisites not granted yet: {missing}',
  },
  'application.prerequisites-not-in-force': {
    zh: '前置审批事项的许可已经失效（期限届满、撤销或者注销）：{missing}',
    en: 'What was granted for these prerequisites is not in force any more: {missing}',
  },
  'application.decision-owed': {
    zh: '申请 {application} 属于行政许可，应当作出准予或者不予许可的决定，不能直接办结',
    en: 'Application {application} is for a licence, so a decision is required; it cannot simply be closed',
  },
  'application.result-owed': {
    zh: '申请 {application} 属于行政确认，应当作出确认或者不予确认的决定，不能直接办结',
    en: 'Application {application} is for a confirmation, so a result is required; it cannot simply be closed',
  },
  'application.filing-not-decided': {
    zh: '{application} 属于备案，材料齐全即为备案，不作准予或者不予许可的决定；材料不全的指导补正，不属于备案范围的书面告知',
    en: '{application} is a filing: received in full, it is filed, and nothing is granted or refused; incomplete, it is supplemented, and outside the scope of filing, the applicant is told so',
  },
  'application.outcome-of-a-licence': {
    zh: '{application} 属于备案，办理结果不得写作“{outcome}”',
    en: '{application} is a filing, so its outcome cannot be {outcome}',
  },
  'application.reviewer-decides': {
    zh: '{person} 参与了申请 {application} 的审查，不得同时作出决定',
    en: '{person} took part in the review of application {application} and may not also decide it',
  },
  'application.review-missing': {
    zh: '申请 {application} 尚未分办审查，也没有审查环节的记录，不得作出决定',
    en: 'Application {application} has not been assigned to a reviewer and has no review step on record, so it cannot be decided',
  },
  'application.on-site-pair-missing': {
    zh: '申请 {application} 须经两名以上工作人员现场核查，尚无两人核查的记录，不得作出决定',
    en: 'Application {application} needs an on-site check by two officials; none is on record, so it cannot be decided',
  },
  'application.interested-parties-not-heard': {
    zh: '申请 {application} 直接关系他人重大利益，尚无听取利害关系人意见的记录，不得作出决定',
    en: 'Application {application} concerns others’ major interests; they have not been heard on record, so it cannot be decided',
  },
  'application.hearing-not-told': {
    zh: '申请 {application} 尚无告知申请人、利害关系人听证权利的记录，不得作出决定',
    en: 'The right to a hearing on application {application} has not been told on record, so it cannot be decided',
  },
  'application.not-immediate': {
    zh: '申请 {application} 的承诺时限为 {days} 天，不属于即办件',
    en: 'Application {application} is promised in {days} days, so it is not an immediate case',
  },
} as const;
