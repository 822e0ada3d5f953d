/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const CHALLENGE_MESSAGES = {
  'challenge.exists': { zh: '质疑 {challenge} 已经提出', en: 'Challenge {challenge} was made already' },
  'challenge.unknown': { zh: '没有质疑 {challenge}', en: 'There is no challenge {challenge}' },
  'challenge.unknown-matter': { zh: '没有事项 {matter}', en: 'There is no matter {matter}' },
  'challenge.matter-abolished': {
    zh: '事项 {matter} 已经取缔，不再有任何门槛',
    en: 'Matter {matter} was abolished and asks for nothing any more',
  },
  'challenge.no-such-condition': {
    zh: '事项 {matter} 没有“{name}”这一{kindZh}；目录之外的门槛请用 other',
    en: 'Matter {matter} has no {kind} of that name ({name}); for a threshold outside the catalogue use other',
  },
  'challenge.closed': {
    zh: '质疑 {challenge} 已经办结',
    en: 'Challenge {challenge} has been dealt with',
  },
  'challenge.other-department': {
    zh: '质疑 {challenge} 由“{department}”答复',
    en: 'Challenge {challenge} is for {department} to answer',
  },
  'challenge.not-overdue': {
    zh: '质疑 {challenge} 的答复期限 {dueAt} 未到，不得提级',
    en: 'The department has until {dueAt} to answer challenge {challenge}; it cannot be escalated before',
  },
} as const;

export type ChallengeViolation = keyof typeof CHALLENGE_MESSAGES;
