/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const REQUEST_MESSAGES = {
  'request.exists': { zh: '诉求 {request} 已经提出', en: 'Request {request} has been raised already' },
  'request.unknown': { zh: '没有诉求 {request}', en: 'There is no request {request}' },
  'request.unknown-department': {
    zh: '没有部门“{department}”',
    en: 'There is no department {department}',
  },
  'request.mandate-missing': {
    zh: '代办员 {agent} 没有出示委托，不能提出诉求',
    en: 'Agent {agent} shows no mandate and cannot raise a request',
  },
  'request.other-department': {
    zh: '诉求 {request} 应由“{department}”答复',
    en: 'Request {request} is for {department} to answer',
  },
  'request.answered-already': {
    zh: '诉求 {request} 已经答复',
    en: 'Request {request} has been answered already',
  },
  'request.not-answered': {
    zh: '诉求 {request} 尚未答复，不能评价',
    en: 'Request {request} has not been answered: there is nothing to rate',
  },
  'request.rated-already': {
    zh: '诉求 {request} 已经评价',
    en: 'Request {request} has been rated already',
  },
  'request.not-yours': {
    zh: '诉求 {request} 不是 {person} 提出的',
    en: 'Request {request} was not raised by {person}',
  },
} as const;

export type RequestViolation = keyof typeof REQUEST_MESSAGES;
