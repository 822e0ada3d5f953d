/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const SELF_INSPECTION_MESSAGES = {
  'self-inspection.exists': {
    zh: '自查报告 {report} 已经提交',
    en: 'Self-inspection {report} has been reported already',
  },
  'self-inspection.no-department': {
    zh: '“{person}”不属于任何部门，不能代表部门自查',
    en: '{person} belongs to no department and cannot report for one',
  },
  'self-inspection.not-a-day': { zh: '“{value}”不是日期', en: '{value} is not a day' },
  'self-inspection.ends-before-it-begins': {
    zh: '自查期间止于 {to}，早于起始日 {from}',
    en: 'The span ends on {to}, before it begins on {from}',
  },
  'self-inspection.too-long': {
    zh: '自查期间最长 {days} 天',
    en: 'A span has {days} days at the most',
  },
  'self-inspection.not-over': {
    zh: '自查期间止于 {to}，尚未结束',
    en: 'The span ends on {to} and is not over',
  },
  'self-inspection.span-reported': {
    zh: '“{department}”的自查报告 {first} 已包含 {from} 至 {to} 之间的日期，同一部门的自查期间不得重叠',
    en: 'Self-inspection {first} of {department} covers days of {from} to {to} already: spans of one department do not overlap',
  },
  'self-inspection.no-figures': {
    zh: '自查报告没有任何数据，无从核对',
    en: 'The report claims no figure: there is nothing to compare',
  },
} as const;

export type SelfInspectionViolation = keyof typeof SELF_INSPECTION_MESSAGES;
