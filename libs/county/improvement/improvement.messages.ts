/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const IMPROVEMENT_MESSAGES = {
  'improvement.exists': {
    zh: '改进建议 {improvement} 已经提出',
    en: 'Improvement {improvement} was proposed already',
  },
  'improvement.unknown': { zh: '没有改进建议 {improvement}', en: 'There is no improvement {improvement}' },
  'improvement.unknown-matter': { zh: '没有事项 {matter}', en: 'There is no matter {matter}' },
  'improvement.matter-abolished': {
    zh: '事项 {matter} 已经取缔，没有可以改进的',
    en: 'Matter {matter} was abolished: there is nothing left to improve',
  },
  'improvement.other-department': {
    zh: '改进建议 {improvement} 由“{department}”决定',
    en: 'Improvement {improvement} is for {department} to decide',
  },
  'improvement.not-a-day': {
    zh: '试行日期 {day} 不存在',
    en: 'The trial is said to begin on {day}, which is not a day',
  },
  'improvement.trial-before-proposal': {
    zh: '改进建议 {improvement} 于 {proposed} 提出，不能自 {day} 起试行',
    en: 'Improvement {improvement} was proposed on {proposed}; its trial cannot begin on {day}',
  },
  'improvement.no-such-version': {
    zh: '事项 {matter} 没有第 {version} 版',
    en: 'Matter {matter} has no version {version}',
  },
  'improvement.other-first-day': {
    zh: '事项 {matter} 的第 {version} 版自 {first} 起施行，试行须自同日开始',
    en: 'Version {version} of matter {matter} is in force from {first}: its trial begins on that day',
  },
  'improvement.on-trial': {
    zh: '改进建议 {improvement} 已经在试行',
    en: 'Improvement {improvement} is on trial already',
  },
  'improvement.not-on-trial': {
    zh: '改进建议 {improvement} 尚未试行，不能采纳',
    en: 'Improvement {improvement} was not tried and cannot be adopted',
  },
  'improvement.nothing-measured': {
    zh: '改进建议 {improvement} 自 {from} 起试行，还没有可以比较的整日',
    en: 'Improvement {improvement} is tried from {from}: no whole day of it can be compared yet',
  },
  'improvement.decided': {
    zh: '改进建议 {improvement} 已有结论',
    en: 'Improvement {improvement} has been decided on',
  },
} as const;

export type ImprovementViolation = keyof typeof IMPROVEMENT_MESSAGES;
