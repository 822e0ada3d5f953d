/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const SELF_INSPECTION_MESSAGES = {
  'self-inspection.exists': {
    zh: '自查报告 {report} 已经提交',
    en: 'Self-inspection {report} has already been reported',
  },
  'self-inspection.no-department': {
    zh: '{person} 不属于任何部门，不能代表部门自查',
    en: '{person} belongs to no department and cannot report for one',
  },
  'self-inspection.not-a-day': { zh: '日期无效：{value}', en: '{value} is not a valid date' },
  'self-inspection.ends-before-it-begins': {
    zh: '自查期间的截止日期（{to}）不得早于起始日期（{from}）',
    en: 'The period ends on {to}, before it begins on {from}',
  },
  'self-inspection.too-long': {
    zh: '自查期间最长 {days} 天',
    en: 'A period has at most {days} days',
  },
  'self-inspection.not-over': {
    zh: '自查期间至{to}止，尚未届满',
    en: 'The period ends on {to} and is not over yet',
  },
  'self-inspection.span-reported': {
    zh: '{department}的自查报告 {first} 已包含{from}至{to}之间的日期，同一部门的自查期间不得重叠',
    en: 'Self-inspection {first} of {department} already covers days from {from} to {to}; the periods of one department must not overlap',
  },
  'self-inspection.no-figures': {
    zh: '自查报告没有任何数据，无法核对',
    en: 'The report contains no figures, so there is nothing to compare',
  },
} as const;

export type SelfInspectionViolation = keyof typeof SELF_INSPECTION_MESSAGES;
