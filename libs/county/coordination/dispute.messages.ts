/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const DISPUTE_MESSAGES = {
  'dispute.exists': { zh: '争议 {dispute} 已经提出', en: 'Dispute {dispute} has been raised already' },
  'dispute.unknown': { zh: '没有争议 {dispute}', en: 'There is no dispute {dispute}' },
  'dispute.unknown-application': {
    zh: '申请 {application} 尚未提交',
    en: 'Application {application} has not been submitted',
  },
  'dispute.not-with-a-department': {
    zh: '申请 {application} 现不在任何部门手中，没有职能争议可言',
    en: 'Application {application} is with no department now: there is nothing to dispute',
  },
  'dispute.joint-matter': {
    zh: '申请 {application} 为联办事项，各部门均可办理',
    en: 'Application {application} is of a joint matter, which is every department’s',
  },
  'dispute.open-already': {
    zh: '申请 {application} 已有未裁定的争议 {dispute}',
    en: 'Application {application} is in dispute {dispute} already',
  },
  'dispute.not-a-party': {
    zh: '“{department}”不是争议 {dispute} 的当事部门',
    en: 'Department {department} is no party to dispute {dispute}',
  },
  'dispute.no-other-party': {
    zh: '争议 {dispute} 没有其他部门',
    en: 'Dispute {dispute} names no other department',
  },
  'dispute.unknown-department': {
    zh: '没有部门“{department}”',
    en: 'There is no department {department}',
  },
  'dispute.ruled-already': {
    zh: '争议 {dispute} 已裁定由“{department}”办理',
    en: 'Dispute {dispute} has been ruled on: it is for {department}',
  },
  'dispute.judge-is-party': {
    zh: '“{department}”是当事部门，不能裁定争议 {dispute}',
    en: 'Department {department} is a party and cannot rule on dispute {dispute}',
  },
} as const;

export type DisputeViolation = keyof typeof DISPUTE_MESSAGES;
