/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const LIVE_MESSAGES = {
  'stream.too-many-own': {
    zh: '同时打开的实时推送不得超过 {most} 个，请关闭其他页面',
    en: 'You may follow at most {most} streams at a time; close other pages',
  },
  'stream.too-many': {
    zh: '实时推送连接已满，请稍后再试',
    en: 'Too many streams are open at the moment; try again later',
  },
} as const;
