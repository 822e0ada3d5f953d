/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const REQUEST_MESSAGES = {
  'request.exists': { zh: '诉求 {request} 已经提出', en: 'Request {request} has already been raised' },
  'request.unknown': { zh: '诉求 {request} 不存在', en: 'There is no request {request}' },
  'request.unknown-department': {
    zh: '部门“{department}”不存在',
    en: 'There is no department {department}',
  },
  'request.mandate-missing': {
    zh: '代办员 {agent} 没有出示委托，不能提出诉求',
    en: 'Agent {agent} has shown no mandate and cannot raise a request',
  },
  'request.other-department': {
    zh: '诉求 {request} 应当由{department}答复',
    en: 'Request {request} is to be answered by {department}',
  },
  'request.answered-already': {
    zh: '诉求 {request} 已经答复',
    en: 'Request {request} has already been answered',
  },
  'request.not-answered': {
    zh: '诉求 {request} 尚未答复，不能评价',
    en: 'Request {request} has not been answered yet and cannot be rated',
  },
  'request.rated-already': {
    zh: '诉求 {request} 已经评价',
    en: 'Request {request} has already been rated',
  },
  'request.not-yours': {
    zh: '诉求 {request} 不是 {person} 提出的',
    en: 'Request {request} was not raised by {person}',
  },
} as const;

export type RequestViolation = keyof typeof REQUEST_MESSAGES;
