/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const IMPROVEMENT_MESSAGES = {
  'improvement.exists': {
    zh: '改进建议 {improvement} 已经提出',
    en: 'Improvement {improvement} has already been proposed',
  },
  'improvement.unknown': { zh: '改进建议 {improvement} 不存在', en: 'There is no improvement {improvement}' },
  'improvement.unknown-matter': { zh: '事项“{matter}”不存在', en: 'There is no matter {matter}' },
  'improvement.matter-abolished': {
    zh: '事项“{matter}”已取消，不再受理改进建议',
    en: 'Matter {matter} has been abolished; improvements are no longer accepted',
  },
  'improvement.other-department': {
    zh: '改进建议 {improvement} 由{department}决定',
    en: 'Improvement {improvement} is to be decided by {department}',
  },
  'improvement.not-a-day': {
    zh: '试行日期无效：{day}',
    en: 'The first day of the trial is not a valid date: {day}',
  },
  'improvement.trial-before-proposal': {
    zh: '改进建议 {improvement} 于{proposed}提出，不能自{day}起试行',
    en: 'Improvement {improvement} was proposed on {proposed}; its trial cannot begin on {day}',
  },
  'improvement.no-such-version': {
    zh: '事项“{matter}”没有第 {version} 版',
    en: 'Matter {matter} has no version {version}',
  },
  'improvement.other-first-day': {
    zh: '事项“{matter}”的第 {version} 版自{first}起施行，试行应当自同日开始',
    en: 'Version {version} of matter {matter} is in force from {first}; its trial must begin on that day',
  },
  'improvement.on-trial': {
    zh: '改进建议 {improvement} 已经在试行',
    en: 'Improvement {improvement} is already on trial',
  },
  'improvement.not-on-trial': {
    zh: '改进建议 {improvement} 尚未试行，不能采纳',
    en: 'Improvement {improvement} has not been tried and cannot be adopted',
  },
  'improvement.nothing-measured': {
    zh: '改进建议 {improvement} 自{from}起试行，试行不足一日，暂无可比数据',
    en: 'Improvement {improvement} has been on trial since {from}, for less than a whole day: there is nothing to compare yet',
  },
  'improvement.decided': {
    zh: '改进建议 {improvement} 已有结论',
    en: 'Improvement {improvement} has already been decided',
  },
} as const;

export type ImprovementViolation = keyof typeof IMPROVEMENT_MESSAGES;
