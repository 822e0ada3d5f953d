/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const CHALLENGE_MESSAGES = {
  'challenge.exists': {
    zh: '异议 {challenge} 已经提出',
    en: 'Challenge {challenge} has already been raised',
  },
  'challenge.unknown': { zh: '异议 {challenge} 不存在', en: 'There is no challenge {challenge}' },
  'challenge.unknown-matter': { zh: '事项“{matter}”不存在', en: 'There is no matter {matter}' },
  'challenge.matter-abolished': {
    zh: '事项“{matter}”已经取消，不再有任何办理条件',
    en: 'Matter {matter} has been abolished and no longer has any conditions',
  },
  'challenge.no-such-condition': {
    zh: '事项“{matter}”没有名为“{name}”的{kindZh}；对目录以外的办理条件提出异议请选择 other',
    en: 'Matter {matter} has no {kind} with the name "{name}"; for a condition outside the catalogue use other',
  },
  'challenge.closed': {
    zh: '异议 {challenge} 已经办结',
    en: 'Challenge {challenge} has already been dealt with',
  },
  'challenge.other-department': {
    zh: '异议 {challenge} 由{department}答复',
    en: 'Challenge {challenge} is to be answered by {department}',
  },
  'challenge.withdrawal-without-article': {
    zh: '提出取消异议 {challenge} 所涉条件，应当写明所依据的法律条款（article）',
    en: 'Who proposes to withdraw the condition of challenge {challenge} must cite the law that allows it (article)',
  },
  'challenge.withdrawal-not-proposed': {
    zh: '异议 {challenge} 所涉条件尚未有人提出取消，无需确认',
    en: 'Nobody has proposed to withdraw the condition of challenge {challenge}',
  },
  'challenge.withdrawal-by-one': {
    zh: '取消办理条件应当由两人分别提出和确认，{person} 不能确认自己的提议',
    en: 'A condition is withdrawn by two persons: {person} proposed it and may not confirm it',
  },
  'challenge.not-overdue': {
    zh: '异议 {challenge} 的答复期限（{dueAt}）尚未届满，不得提级',
    en: 'The department may answer challenge {challenge} until {dueAt}; it cannot be escalated before',
  },
} as const;

export type ChallengeViolation = keyof typeof CHALLENGE_MESSAGES;
