/** Refusal messages about missing material. */
export const DEFICIENCY_MESSAGES = {
  'application.deficiency-too-long': {
    zh: '申请 {application} 的容缺期限最长 {most} 个工作日，不能是 {days} 个工作日',
    en: 'Application {application} may lack material for at most {most} working days, not for {days}',
  },
  'application.material-handed-in': {
    zh: '申请 {application} 已经提交材料“{material}”，不属于容缺材料',
    en: '{material} has already been handed in for application {application}; it is not missing',
  },
  'application.material-not-missing': {
    zh: '“{material}”不是申请 {application} 的容缺材料',
    en: 'The material {material} is not missing from application {application}',
  },
  'application.no-deficiency': {
    zh: '申请 {application} 没有待补交的容缺材料',
    en: 'No material is missing from application {application}',
  },
  'application.deficiency-lapsed': {
    zh: '申请 {application} 的容缺补交期限（{handInBy}）已过，逾期已经记录',
    en: 'The deadline {handInBy} for the missing material of application {application} has passed, and this is on record',
  },
  'application.deficiency-not-due': {
    zh: '申请 {application} 的容缺补交期限为{handInBy}，尚未届满',
    en: 'The missing material of application {application} can be handed in until {handInBy}',
  },
  'application.deficiency-outstanding': {
    zh: '申请 {application} 尚未补交容缺材料：{missing}',
    en: 'Application {application} still lacks {missing}',
  },
} as const;
