/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const DISPUTE_MESSAGES = {
  'dispute.exists': { zh: '职能争议 {dispute} 已经提出', en: 'Dispute {dispute} has already been raised' },
  'dispute.unknown': { zh: '职能争议 {dispute} 不存在', en: 'There is no dispute {dispute}' },
  'dispute.unknown-application': {
    zh: '申请 {application} 尚未提交',
    en: 'Application {application} has not been submitted',
  },
  'dispute.not-with-a-department': {
    zh: '申请 {application} 目前不在部门办理环节，不存在职能争议',
    en: 'Application {application} is not with a department now, so there is nothing to dispute',
  },
  'dispute.joint-matter': {
    zh: '申请 {application} 属于联办事项，各部门均可办理',
    en: 'Application {application} is for a joint matter, which every department may handle',
  },
  'dispute.open-already': {
    zh: '申请 {application} 已有尚未裁定的职能争议 {dispute}',
    en: 'Application {application} is already in dispute {dispute}',
  },
  'dispute.not-a-party': {
    zh: '{department}不是职能争议 {dispute} 的当事部门',
    en: 'Department {department} is not a party to dispute {dispute}',
  },
  'dispute.no-other-party': {
    zh: '职能争议 {dispute} 没有列明其他部门',
    en: 'Dispute {dispute} names no other department',
  },
  'dispute.unknown-department': {
    zh: '部门“{department}”不存在',
    en: 'There is no department {department}',
  },
  'dispute.ruled-already': {
    zh: '职能争议 {dispute} 已裁定由{department}办理',
    en: 'Dispute {dispute} has already been ruled on: the application belongs to {department}',
  },
  'dispute.judge-is-party': {
    zh: '{department}是职能争议 {dispute} 的当事部门，不能裁定',
    en: 'Department {department} is a party to dispute {dispute} and cannot rule on it',
  },
} as const;

export type DisputeViolation = keyof typeof DISPUTE_MESSAGES;
