/**
 * Why an application has stalled while it is the government's turn, the most specific cause first: when several fit, the first
 * applies. It is a sign for supervision to examine, never a finding against anybody.
 */
export const STALL_CAUSES = {
  'decision-undelivered': '决定作出后迟迟未送达',
  'opinion-late': '征求意见迟迟未反馈',
  'jurisdiction-dispute': '职能争议久拖不裁',
  'buck-passing': '部门之间来回推诿',
  'transferred-and-idle': '移送后接收单位未办理',
  'same-reason-twice': '以同一理由两次退回后搁置',
  'returned-without-article': '无法律依据退回后搁置',
  'repeated-supplement': '多次要求补正后搁置',
  'acceptance-undecided': '收件后迟迟不作受理决定',
  'resumed-and-idle': '特别程序结束后搁置',
  'extended-and-idle': '延期后搁置',
  'sent-back': '内部退回后搁置',
  'mid-level-desk': '中层岗位审批搁置（中梗阻）',
  'prerequisite-missing': '前置审批事项未办，未予告知',
  unassigned: '受理后未分办',
  'reviewer-idle': '审查岗搁置',
} as const;

/** Why a project stands still. */
export type StallCause = keyof typeof STALL_CAUSES;
