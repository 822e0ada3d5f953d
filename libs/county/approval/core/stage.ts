/** How officials call each stage. */
export const STAGE_ZH: Record<Stage, string> = {
  absent: '未提交',
  submitted: '已提交',
  'supplement-requested': '待补正',
  accepted: '审查中',
  returned: '已退回申请人',
  decided: '已决定',
  delivered: '已送达',
  closed: '已办结',
  'not-accepted': '不予受理',
  withdrawn: '已撤回申请',
  revoked: '已撤销',
  recalled: '已撤回',
  cancelled: '已注销',
};

/** The same in English. */
export const STAGE_EN: Record<Stage, string> = {
  absent: 'Not submitted',
  submitted: 'Submitted',
  'supplement-requested': 'Waiting for corrections',
  accepted: 'Under review',
  returned: 'Returned to the applicant',
  decided: 'Decided',
  delivered: 'Delivered',
  closed: 'Closed',
  'not-accepted': 'Acceptance refused',
  withdrawn: 'Withdrawn',
  revoked: 'Permit revoked',
  recalled: 'Permit recalled',
  cancelled: 'Permit cancelled',
};

export const OVER: readonly Stage[] = [
  'decided',
  'delivered',
  'closed',
  'not-accepted',
  'withdrawn',
  'revoked',
  'recalled',
  'cancelled',
];

export const STAGES = [
  'absent',
  'submitted',
  'supplement-requested',
  'accepted',
  'returned',
  'decided',
  'delivered',
  'closed',
  'not-accepted',
  'withdrawn',
  'revoked',
  'recalled',
  'cancelled',
] as const;

/** Where an application stands. `accepted` is under review; `decided` waits for delivery. */
export type Stage = (typeof STAGES)[number];
