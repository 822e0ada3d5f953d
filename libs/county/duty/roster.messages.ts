/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const ROSTER_MESSAGES = {
  'roster.not-your-department': {
    zh: '只能管理本部门的窗口名册，不能管理{department}的窗口名册',
    en: 'A department head can keep only the roster of their own department, not that of {department}',
  },
  'roster.not-a-day': {
    zh: '{field}无效：{day}',
    en: '{field} is not a valid date: {day}',
  },
  'roster.ends-before-it-begins': {
    zh: '截止日期（{until}）不得早于起始日期（{from}）',
    en: "'until' ({until}) is before 'from' ({from})",
  },
  'roster.backdated': {
    zh: '起始日期（{from}）不得早于今日（{today}）',
    en: "'from' ({from}) is before today ({today}); backdating is not allowed",
  },
  'roster.not-window-staff': {
    zh: '{person} 在{day}不是{department}的窗口人员（应当为窗口人员账号，并在本部门任职）',
    en: '{person} is not window staff of {department} on {day}: this needs an account with role window and a post there',
  },
  'roster.posted-already': {
    zh: '{person} 自{from}起已在窗口“{window}”',
    en: '{person} is already at window {window} from {from}',
  },
  'roster.window-closed': {
    zh: '窗口“{window}”自{from}起已撤销',
    en: 'Window {window} is closed from {from}',
  },
  'roster.window-unknown': { zh: '窗口“{window}”不存在', en: 'There is no window {window}' },
  'roster.window-occupied': {
    zh: '{from}起窗口“{window}”仍有 {person}，应当先撤出',
    en: '{person} is still at window {window} on or after {from} and must leave it first',
  },
  'roster.not-at-a-window': {
    zh: '{person} 在{day}不在任何窗口',
    en: '{person} is not at any window on {day}',
  },
  'roster.delegation-exists': {
    zh: '授权 {delegation} 已经登记',
    en: 'Delegation {delegation} already exists',
  },
  'roster.delegation-unknown': { zh: '授权 {delegation} 不存在', en: 'There is no delegation {delegation}' },
  'roster.scope-unclear': {
    zh: '请选择全权授权，或者列明授权的事项和权限',
    en: 'Either give full authorisation, or list the acts and matters that the delegation covers',
  },
  'roster.unknown-matters': {
    zh: '事项不存在：{matters}',
    en: 'These matters are not in the catalogue: {matters}',
  },
  'roster.not-after': {
    zh: '自{latest}起已另有规定，新的规定不得早于该日，不能自{from}起',
    en: 'Another rule applies from {latest}; the new one cannot begin before that day, on {from}',
  },
  'delegation.missing': {
    zh: '{person} 在{day}没有对事项“{matter}”作出“{actZh}”的授权',
    en: '{person} holds no delegation on {day} that covers the act "{actEn}" on matter {matter}',
  },
} as const;

export type RosterViolation = keyof typeof ROSTER_MESSAGES;
